// Where Python finds each name of a line, and why: programs run in the real Python, and their lines are asked.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import { namesAt } from '../../src/python/name-verdicts.ts';
import type { Trace } from '../../src/python/trace.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

async function traced(code: string): Promise<Trace> {
  const { trace, ending } = await python.run(code, { watch: { view: 'environment', of: null } });
  if (trace === null) throw new Error(`No trace: ${ending.words} ${ending.error?.traceback ?? ''}`);
  return trace;
}

/** `x G` and the reasons of a line, each time that it runs. */
function asked(trace: Trace, line: number, kind = 'line'): readonly (readonly string[])[] {
  return trace.steps.flatMap((step, index) => {
    if (step.line !== line || step.kind !== kind) return [];
    const names = namesAt(trace, index)?.names ?? [];
    return [names.map(({ name, verdict, why }) => `${name} ${verdict}: ${why}`)];
  });
}

const letters = (rows: readonly string[] = []): string =>
  rows.map((row) => row.slice(0, row.indexOf(':'))).join(', ');

describe('the names of a line', () => {
  it('are judged by the rule local, enclosing, Global, built-in, with the reason', async () => {
    const trace = await traced(`limit = 10
def make_counter(count):
    def step():
        nonlocal count
        count = count + 1
        print(count, limit)
        return count
    return step
step = make_counter(0)
step()
`);
    expect(asked(trace, 2, 'call')).toEqual([
      ['count L: a parameter of make_counter, so it is local; 0 now.'],
    ]);
    expect(asked(trace, 5)).toEqual([
      [
        'count E: line 4 says nonlocal, and make_counter (f1) around it binds it; its cell holds 0 now.',
      ],
    ]);
    expect(asked(trace, 6)).toEqual([
      [
        'print B: neither step nor a function around it binds it; Global does not have it; it is built in.',
        'count E: line 4 says nonlocal, and make_counter (f1) around it binds it; its cell holds 1 now.',
        'limit G: neither step nor a function around it binds it, Global does; 10 now.',
      ],
    ]);
    expect(asked(trace, 9)).toEqual([
      [
        'step G: line 9 binds it in Global; this line gives it a value.',
        'make_counter G: the def in line 2 binds it in Global; the function make_counter now.',
      ],
    ]);
  });

  it('says why a local name has no value yet', async () => {
    const trace = await traced(`total = 5
def add(n):
    total = total + n
    return total
try:
    add(1)
except UnboundLocalError as e:
    print(e)
print(missing)
`);
    expect(asked(trace, 3)[0]).toEqual([
      'total L: line 3 binds it in add, so it is local everywhere in it; it has no value yet (UnboundLocalError).',
      'n L: a parameter of add, so it is local; 1 now.',
    ]);
    expect(letters(asked(trace, 7)[0])).toBe('UnboundLocalError B, e G');
    expect(asked(trace, 9)[0]).toEqual([
      'print B: Global does not have it; it is built in.',
      'missing unbound: Global does not have it, and it is not built in (NameError).',
    ]);
  });

  it('know what Global had before and lost again', async () => {
    const trace = await traced(`e = "none"
try:
    int("x")
except ValueError as e:
    pass
try:
    print(e)
    print(later)
except NameError:
    later = 1
`);
    expect(asked(trace, 7)[0]?.[1]).toContain('Global does not have it any more, and it is not');
    const early = await traced('try:\n    print(later)\nexcept NameError:\n    later = 1\n');
    expect(asked(early, 2)[0]?.[1]).toContain('Global does not have it yet');
  });

  it('follows global, del, for, with, imports, := and patterns', async () => {
    const trace = await traced(`import math as m
from io import StringIO
calls = 0
def count(items):
    global calls
    calls += 1
    for at, item in enumerate(items):
        if (size := item * 2) > m.pi:
            del item
    with StringIO() as out:
        out.write('x')
    match items:
        case [first, *rest]:
            pass
    try:
        item
    except NameError as e:
        e
    try:
        e
    except UnboundLocalError:
        pass
    return at
count([1, 2])
`);
    expect(asked(trace, 6)[0]).toEqual(['calls G: line 5 says global; 0 now.']);
    expect(letters(asked(trace, 7)[0])).toBe('at L, item L, enumerate B, items L');
    expect(asked(trace, 7)[0]?.[0]).toBe(
      'at L: the for in line 7 binds it in count, so it is local everywhere in it; this line gives it a value.',
    );
    expect(letters(asked(trace, 8)[0])).toBe('size L, item L, m G');
    expect(asked(trace, 8)[0]?.[0]).toContain('the := in line 8 binds it in count');
    expect(letters(asked(trace, 10)[0])).toBe('StringIO G, out L');
    expect(letters(asked(trace, 13)[0])).toBe('first L, rest L');
    expect(asked(trace, 16)[0]?.[0]).toContain('it has no value any more (UnboundLocalError)');
    expect(asked(trace, 18)[0]?.[0]).toContain('the except in line 17 binds it until its end');
    expect(asked(trace, 20)[0]?.[0]).toContain('it has no value any more (UnboundLocalError)');
  });

  it('skips class bodies, and keeps the names of comprehensions for themselves', async () => {
    const trace = await traced(`size = 1
class Bed:
    size = 2
    wide = size * 2
    many = [size for _ in range(2)]
    def area(self, k=size):
        ys = [size * k for size in (1, 2)]
        gs = list(size + k for _ in ys)
        f = lambda a, b=k: a + b + size + k
        return f(1)
Bed().area()
`);
    expect(asked(trace, 4)[0]).toEqual([
      'wide class: line 4 binds it in the body of class Bed; this line gives it a value.',
      'size class: line 3 binds it in the body of class Bed; 2 now.',
    ]);
    expect(letters(asked(trace, 5)[0])).toBe('many class, size G, _ L, range B');
    expect(asked(trace, 5)[0]?.[1]).toContain('the class Bed is skipped');
    expect(letters(asked(trace, 6)[0])).toBe('area class, size class');
    expect(letters(asked(trace, 6, 'call')[0])).toBe('self L, k L');
    // The comprehension has a size of its own.
    expect(letters(asked(trace, 7)[0])).toBe('ys L, size L, k L');
    expect(asked(trace, 7)[0]?.[1]).toContain(
      'the comprehension in line 7 binds it for itself alone',
    );
    // The generator expression has a frame of its own; ys is worked out before.
    expect(letters(asked(trace, 8)[0])).toBe('gs L, list B, ys L');
    expect(asked(trace, 8)[1]).toEqual([
      'size G: neither the generator expression nor a function around it binds it, and the class Bed is skipped, Global does; 1 now.',
      'k E: the generator expression does not bind it, area (f2) around it does; its cell holds 2 now.',
      '_ L: the for in line 8 binds it in the generator expression, so it is local everywhere in it; this line gives it a value.',
    ]);
    expect(letters(asked(trace, 9)[0])).toBe('f L, k L');
    expect(letters(asked(trace, 9)[1])).toBe('a L, b L, size G, k E');
    expect(letters(asked(trace, 11)[0])).toBe('Bed G');
  });

  it('takes a statement of several lines as one, and tells lambdas in one line apart', async () => {
    const trace = await traced(`a = 1
def f():
    b = 2
    pick = max(
        a,
        b,
    )
    two = (lambda x: x + a), (lambda y: y + b)
    return two[0](1) + two[1](1)
@str
def g(q=a): return q
f()
`);
    for (const line of [4, 5, 6])
      for (const rows of asked(trace, line)) expect(letters(rows)).toBe('pick L, max B, a G, b L');
    expect(asked(trace, 8).map(letters)).toEqual(['two L', 'x L, a G', 'y L, b E']);
    expect(letters(asked(trace, 10)[0])).toBe('str B, g G, a G');
  });

  it('reads two statements in one line in their order', async () => {
    const trace = await traced(`for i in range(2): print(i)
x = 1; y = x
match [1]:
    case [n] if n: print(n)
del n
try: print(n)
except NameError: pass
print(__name__, __file__)
`);
    expect(letters(asked(trace, 1)[0])).toBe('i G, range B, print B');
    expect(letters(asked(trace, 2)[0])).toBe('x G, y G');
    expect(letters(asked(trace, 4)[0])).toBe('n G, print B');
    expect(asked(trace, 6)[0]?.[1]).toContain('n unbound');
    expect(asked(trace, 8)[0]?.slice(1)).toEqual([
      '__name__ G: Python itself puts it into Global.',
      '__file__ unbound: Global does not have it, and it is not built in (NameError).',
    ]);
  });

  it('knows every name of every line that runs, in programs of every kind', async () => {
    for (const code of PROGRAMS) {
      const trace = await traced(code);
      const text = code.split('\n');
      trace.steps.forEach((step, index) => {
        const frame = trace.frames.find(({ id }) => id === step.frameId);
        // Type parameters have a frame of Python's own.
        const isOwn = frame?.name.startsWith('<generic parameters') === true;
        if (step.kind === 'start' || step.kind === 'end' || isOwn) return;
        const names = namesAt(trace, index);
        expect(names, `${step.kind} ${step.line} of ${code}`).not.toBeNull();
        for (const { name, verdict, why } of names?.names ?? []) {
          expect(why).not.toMatch(/undefined|not known|a scope/);
          if (!why.includes('Error)')) expect(verdict).not.toBe('unbound');
          expect(text.join('\n')).toContain(name.replace(/^_[A-Z]\w*?__/, '__'));
        }
      });
    }
  });
});

const PROGRAMS = [
  `from functools import wraps
def times(n):
    def deco(func):
        @wraps(func)
        def wrapper(*args, **kwargs):
            return [func(*args, **kwargs) for _ in range(n)][-1]
        return wrapper
    return deco
@times(2)
def hello(name, *, mark='!'):
    return f'{name}{mark}'
hello('Ada')
`,
  `def squares(n):
    at = 0
    while at < n:
        sent = yield at * at
        at += 1
numbers = squares(3)
total = sum(x for x in numbers if x)
first, *rest = [lambda: i for i in range(3)]
first()
`,
  `class Node[T]:
    __count = 0
    def __init__(self, value: T, below: 'Node | None' = None):
        self.value, self.below = value, below
        Node.__count += 1
    def deep(self):
        return 1 + (self.below.deep() if self.below else 0)
    @property
    def top(self): return super().__repr__ and self.value
def build[T](n: int) -> Node:
    node: Node
    node = None
    for k in range(n): node = Node(k, node)
    return node
build(3).deep()
build(1).top
type Whole = int
`,
  `def fib(n, seen={}):
    if n in seen: return seen[n]
    seen[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return seen[n]
print(fib(5))
pairs = {k: {k: v for v in range(k)} for k in range(2)}
def outer():
    if any((hit := n) > 1 for n in range(3)): return hit
outer()
def three():
    x = 1
    def two():
        def one():
            nonlocal x
            x += 1
            return lambda: x
        return one()
    return two()()
three()
sorted([3, 1], key=lambda v: -v)
`,
];
