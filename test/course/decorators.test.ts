// Decorator layers in words, for programs that a learner may write: the text twin is compared with what Python did.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decoratorsPicture } from '../../site/figure/decorators/picture.tsx';
import type { Picture } from '../../site/figure/picture.ts';
import { plainText } from '../../site/figure/step-words.ts';
import type { Python } from '../../src/python/client.ts';
import type { Trace } from '../../src/python/trace.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

async function traceOf(code: string, of: string | null): Promise<Trace> {
  const { trace } = await python.run(code, { watch: { view: 'decorators', of } });
  if (trace === null) throw new Error('The program left no trace.');
  return trace;
}

async function pictureOf(code: string, of: string | null = null): Promise<Picture> {
  return decoratorsPicture(await traceOf(code, of), of, code);
}

/** The words at every position, as one list of lists. */
function allWords({ stops, words }: Picture): readonly (readonly string[])[] {
  return stops.map((_, at) => words(at));
}

function sentences({ stops, sentence }: Picture): readonly string[] {
  return stops.map((_, at) => plainText(sentence(at)));
}

describe('Decorator layers', () => {
  it.each([
    [
      'from dataclasses import dataclass\n@dataclass\nclass a:\n    "A point."\n    x: int',
      '<class a>: the class itself; __name__ a, docstring "A point.".',
      '<class a>: layer 1, made by @dataclass, the same object as below; __name__ a, docstring "A point.".',
    ],
    [
      'def single(kind):\n    made = {}\n    def get(): return made.setdefault(kind, 1)\n    return get\n@single\nclass a: pass',
      '<class a>: the class itself; __name__ a, no docstring.',
      'get of single (line 3): layer 1, made by @single, holds the one below; __name__ get, no docstring.',
    ],
    [
      'def more(kind):\n    class b(kind): pass\n    return b\n@more\nclass a: pass',
      '<class a>: the class itself; __name__ a, no docstring.',
      '<class b>: layer 1, made by @more, holds the one below; __name__ b, no docstring.',
    ],
    [
      'def lose(kind): return 5\n@lose\nclass a: pass',
      '<class a>: the class itself; __name__ a, no docstring.',
      '5: layer 1, made by @lose, does not hold the one below, cannot be called; an object of the type int.',
    ],
  ])('of a class: %j', async (code, below, above) => {
    const picture = await pictureOf(code, 'a');
    expect(allWords(picture).at(-1)?.slice(1, 3)).toEqual([below, above]);
  });

  const STACKED = `from functools import wraps
def outer(f):
    @wraps(f)
    def o(n): return f(n)
    return o
def times(k):
    def around(f):
        def t(n): return f(n) * k
        return t
    return around
@times(3)
@outer
def double(n):
    "Twice."
    return n * 2
double(5)`;

  it('come from the bottom, after their lines were worked out from the top', async () => {
    const picture = await pictureOf(STACKED, 'double');
    expect(sentences(picture)).toEqual([
      'There is no name double yet.',
      '@times(3) begins with a call: times(3) gives <function around>.',
      '@outer is worked out: <function outer>.',
      'double (line 13) is made; it has no name yet.',
      'outer is called with double (line 13), and gives o of outer (line 4), which calls itself double.',
      '<function around>, which times(3) gave, is called with o of outer (line 4), and gives t of around (line 8).',
      'The name double is bound to t of around (line 8).',
      't is called: the outermost layer.',
      'o is called: the layer of @outer.',
      'double is called: the function itself.',
      'double hands 10 back.',
      'o hands 10 back.',
      't hands 30 back.',
    ]);
  });

  it('say what each holds, what it says of itself, and which runs', async () => {
    const picture = await pictureOf(STACKED, 'double');
    expect(picture.words(9)).toEqual([
      '@times(3): called, gave <function around>.',
      '@outer: worked out, <function outer>.',
      'double (line 13): the function itself, runs now; __name__ double, docstring "Twice.".',
      'o of outer (line 4), calls itself double: layer 1, made by @outer, holds the one below, waits; __name__ double, docstring "Twice.", __wrapped__ is double (line 13).',
      't of around (line 8): layer 2, made by @times(3), holds the one below, waits; __name__ t, no docstring.',
      'The name double points to t of around (line 8).',
    ]);
  });

  it.each([
    [
      'names = []\ndef keep(f):\n    names.append(f)\n    return f\n@keep\ndef a(): pass',
      'the same object as below',
    ],
    [
      'def lose(f):\n    def new(): pass\n    return new\n@lose\ndef a(): pass',
      'does not hold the one below',
    ],
    ['def none(f): pass\n@none\ndef a(): pass', 'None: layer 1, made by @none, does not hold'],
    [
      'class Count:\n    def __init__(self, f): self.f = f\n@Count\ndef a(): pass',
      'holds the one below',
    ],
    ['import functools\n@functools.cache\ndef a(): pass', 'holds the one below'],
  ])('of %j: %s', async (code, words) => {
    const picture = await pictureOf(code, 'a');
    expect(allWords(picture).at(-1)?.join('\n')).toContain(words);
  });

  it('of a program without decorators say so', async () => {
    const picture = await pictureOf('def f(): pass');
    expect(picture.words(0)).toEqual(['No decorated definition ran.']);
  });
});

const NOTED = `def noted(f):
    def wrapper(*given): return f(*given)
    return wrapper
`;
const COUNT = `class Count:
    def __init__(self, f):
        self.f = f
        self.n = 0
    def __call__(self, *given):
        self.n += 1
        return self.f(*given)
`;

describe('A class as a decorator', () => {
  it('makes an object: its __call__ is the layer that runs, then the function', async () => {
    const picture = await pictureOf(`${COUNT}@Count\ndef pulse(n): return n\npulse(4)`, 'pulse');
    expect(sentences(picture).slice(3)).toEqual([
      'Count is called with pulse (line 9), and gives the Count object.',
      'The name pulse is bound to the Count object.',
      '__call__ of the Count object is called: the outermost layer.',
      'pulse is called: the function itself.',
      'pulse hands 4 back.',
      '__call__ of the Count object hands 4 back.',
    ]);
    const object = allWords(picture).map((words) => words[2] ?? '');
    expect(object[5]).toContain('runs now; it is <Count f=<function pulse> n=0>');
    expect(object[6]).toContain('waits; it is <Count f=<function pulse> n=1>');
  });

  it('tells two objects of one class apart', async () => {
    const code = `${COUNT}@Count\n@Count\ndef pulse(): pass\npulse()`;
    const words = allWords(await pictureOf(code, 'pulse'));
    const running = words.map((each) => each.findIndex((word) => word.includes('runs now')));
    // The outer object, the inner one, the function.
    expect(running.filter((at) => at >= 0).slice(0, 3)).toEqual([4, 3, 2]);
  });

  it('with arguments gives an object, whose __call__ gives the wrapper', async () => {
    const code = `class Limit:
    def __init__(self, most): self.most = most
    def __call__(self, f):
        def wrapper(): return f()
        return wrapper
@Limit(3)
def pulse(): return 1
pulse()`;
    expect(sentences(await pictureOf(code, 'pulse')).slice(1, 7)).toEqual([
      '@Limit(3) begins with a call: Limit(3) gives <Limit most=3>.',
      'pulse (line 7) is made; it has no name yet.',
      '<Limit most=3>, which Limit(3) gave, is called with pulse (line 7), and gives wrapper of __call__ (line 4).',
      'The name pulse is bound to wrapper of __call__ (line 4).',
      'wrapper is called: the outermost layer.',
      'pulse is called: the function itself.',
    ]);
  });

  it('without __call__ leaves a name that cannot be called', async () => {
    const code = 'class Keep:\n    def __init__(self, f): self.f = f\n@Keep\ndef pulse(): pass';
    expect(sentences(await pictureOf(code)).at(-1)).toBe(
      'The name pulse is bound to the Keep object. It cannot be called.',
    );
  });

  it('that takes the name over with update_wrapper still shows its state', async () => {
    const code = `from functools import update_wrapper
${COUNT.replace('self.n = 0', 'self.n = 0; update_wrapper(self, f)')}@Count
def pulse(): pass
pulse()`;
    const last = allWords(await pictureOf(code)).at(-1)?.[2];
    expect(last).toContain('the Count object, calls itself pulse: layer 1');
    expect(last).toContain('it is <Count f=<function pulse> n=1>');
  });
});

describe('A name that a later line binds', () => {
  it('gets one more layer, decorated before or not', async () => {
    const bound = 'pulse = noted(pulse)\npulse()';
    const twice = await pictureOf(`${NOTED}@noted\ndef pulse(): return 1\n${bound}`, 'pulse');
    expect(sentences(twice).slice(-7)).toEqual([
      'Line 6, pulse = noted(pulse): the name pulse is bound to wrapper of noted (line 2), which holds the one below.',
      'wrapper of noted (line 2) is called: the outermost layer.',
      'wrapper of noted (line 2) is called: the layer of @noted.',
      'pulse is called: the function itself.',
      'pulse hands 1 back.',
      'wrapper of noted (line 2) hands 1 back.',
      'wrapper of noted (line 2) hands 1 back.',
    ]);
    const once = await pictureOf(`${NOTED}def pulse(): return 1\n${bound}`, 'pulse');
    expect(once.words(once.stops.length - 1)).toEqual([
      'pulse (line 4): the function itself; __name__ pulse, no docstring.',
      'wrapper of noted (line 2): layer 1, bound in line 5, pulse = noted(pulse), holds the one below, hands 1 back; __name__ wrapper, no docstring.',
      'The name pulse points to wrapper of noted (line 2).',
    ]);
  });

  it.each([
    [
      'first = pulse\npulse = noted(pulse)\npulse = first',
      'is bound to pulse (line 4) again.',
      'points to pulse (line 4).',
    ],
    ['pulse = 5', 'is bound to 5, which does not hold what it', 'points to 5.'],
    ['pulse = pulse', 'is bound to pulse (line 4), which it pointed to before.', 'points to pulse'],
    ['a, pulse = 1, noted(pulse)', 'which holds the one below.', 'points to wrapper of noted'],
    ['pulse = 2; del pulse', 'there is no name pulse any more.', 'no name pulse any more.'],
    ['[(pulse := noted(pulse)) for n in [1]]', 'which holds the one below.', 'points to wrapper'],
    [
      'def change():\n    global pulse\n    pulse = noted(pulse)\nchange()',
      'Line 7, pulse = noted(pulse): the name pulse is bound to wrapper',
      'points to wrapper',
    ],
  ])('%j', async (lines, sentence, name) => {
    const picture = await pictureOf(`${NOTED}def pulse(): pass\n${lines}`, 'pulse');
    expect(sentences(picture).at(-1)).toContain(sentence);
    expect(allWords(picture).at(-1)?.at(-1)).toContain(name);
  });

  it('is not bound by a comprehension that has a name like it', async () => {
    const code = `${NOTED}@noted\ndef pulse(): pass\nx = [pulse for pulse in (1, 2)]`;
    expect(sentences(await pictureOf(code)).at(-1)).toBe(
      'The name pulse is bound to wrapper of noted (line 2).',
    );
  });

  it('in a function and in a class', async () => {
    const made = 'def pulse(*a): return 1\n    pulse = noted(pulse)';
    for (const code of [
      `${NOTED}def outer():\n    ${made}\n    return pulse()\nouter()`,
      `${NOTED}class Bed:\n    ${made}\nBed().pulse()`,
    ])
      expect(sentences(await pictureOf(code, 'pulse')).at(-1)).toBe('wrapper hands 1 back.');
  });

  it('as often as boxes fit into one another', async () => {
    const code = `${NOTED}def pulse(): pass\nfor n in range(30): pulse = noted(pulse)`;
    expect((await pictureOf(code, 'pulse')).cut).toBe(
      'The picture stops here: it holds 8 layers. The program itself ran on.',
    );
  });
});

describe('A decorator at work', () => {
  it('calls its wrapper itself: what the wrapper gave gets the name', async () => {
    const code =
      'def marked(f):\n    def wrapper(): return f() + 1\n    return wrapper()\n@marked\ndef free(): return 2';
    const picture = await pictureOf(code);
    expect(sentences(picture).slice(3)).toEqual([
      'marked is called with free (line 5).',
      'wrapper of marked is called: @marked does that itself, while it is applied.',
      'free is called: the function itself.',
      'free hands 2 back.',
      'wrapper of marked hands 3 back.',
      'marked is called with free (line 5), and gives 3.',
      'The name free is bound to 3. It cannot be called.',
    ]);
    expect(picture.words(5)).toEqual([
      '@marked: worked out, <function marked>.',
      '@marked is being applied.',
      'wrapper of marked: called by @marked, waits.',
      'free (line 5): the function itself, runs now; __name__ free, no docstring.',
      'There is no name free yet.',
    ]);
  });

  it.each([
    [
      'def bad(f): raise ValueError("no")\n@bad\ndef a(): pass',
      'bad is called with a (line 3), and ends in ValueError: no. The name a is not bound.',
    ],
    [
      'a = 7\n@a\ndef a(): pass',
      "a is called with a (line 3), and ends in TypeError: 'int' object is not callable. The name a still points to 7.",
    ],
    [
      '@missing\ndef a(): pass',
      "@missing cannot be worked out: it ends in NameError: name 'missing' is not defined. The name a is not bound.",
    ],
    [
      'def d(f): return f\n@d\ndef a(n=1/0): pass',
      'a is not made: its definition ends in ZeroDivisionError: division by zero. The name a is not bound.',
    ],
    [
      'def d(f): return f\n@d\nclass a:\n    n = 1/0',
      'a is not made: its definition ends in ZeroDivisionError: division by zero. The name a is not bound.',
    ],
    [
      'def bad(f): raise ValueError\ndef d(f): return f\n@bad\n@d\ndef a(): pass',
      'bad is called with a (line 5), and ends in ValueError. The name a is not bound.',
    ],
  ])('ends in an exception: %j', async (code, sentence) => {
    expect(sentences(await pictureOf(code, 'a')).at(-1)).toBe(sentence);
  });

  it('is shown in the run that binds the name, when it is tried again', async () => {
    const code = `tries = []
def once(f):
    tries.append(1)
    if len(tries) == 1: raise ValueError
    return f
for n in (1, 2):
    try:
        @once
        def a(): pass
    except ValueError: pass`;
    expect(sentences(await pictureOf(code)).at(-1)).toBe('The name a is bound to a (line 9).');
  });
});

describe('What is told of a layer', () => {
  it.each([
    `${NOTED}@noted\n@noted\ndef pulse(n): return pulse(n - 1) if n else 0\npulse(2)`,
    `${COUNT}@Count\ndef pulse(n): return pulse(n - 1) if n else 0\npulse(2)`,
    `${NOTED}@noted\ndef pulse():\n    yield 1\n    yield 2\nlist(pulse())`,
    `${NOTED}@noted\ndef pulse(): raise ValueError\ntry: pulse()\nexcept ValueError: pass`,
  ])('is lit while its frame runs: %j', async (code) => {
    const trace = await traceOf(code, 'pulse');
    const picture = decoratorsPicture(trace, 'pulse', code);
    const own = new Set(['wrapper', '__call__', 'pulse']);
    picture.stops.forEach((stop, at) => {
      const step = trace.steps[stop];
      const frame = trace.frames.find(({ id }) => id === step?.frameId);
      if (step?.kind !== 'call' || frame === undefined || !own.has(frame.name)) return;
      const lit = picture.words(at).filter((words) => words.includes('runs now'));
      expect(lit).toHaveLength(1);
      expect(lit[0]).toContain(frame.name === '__call__' ? 'the Count object' : `${frame.name} `);
    });
    expect(picture.words(picture.stops.length - 1).join()).not.toContain('waits');
    expect(picture.stops).toEqual(picture.stops.toSorted((one, other) => one - other));
  });

  it('says of what Python brings that its steps are not seen', async () => {
    const code = 'import functools\n@functools.cache\ndef a(): pass\na()';
    expect(allWords(await pictureOf(code)).at(-1)?.[2]).toContain('its own steps are not seen');
  });

  it('says which layer is which, where wraps gives both one name', async () => {
    const code = `from functools import wraps
def noted(f):
    @wraps(f)
    def wrapper(): return f()
    return wrapper
@noted
def pulse(): pass`;
    const words = allWords(await pictureOf(code)).at(-1);
    expect(words?.slice(1, 3).map((each) => each.split(':')[0])).toEqual([
      'pulse (line 7)',
      'wrapper of noted (line 4), calls itself pulse',
    ]);
  });
});
