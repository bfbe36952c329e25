// What the pictures of expressions stand on: the program runs as it does without them, and arguments find their slots
// as Python binds them.

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldBy, slotText } from '../../site/figure/binding/steps.ts';
import { gradingOf } from '../../src/lesson/lesson-model.ts';
import type { Python, RunOptions } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import { bindingsOf, valuesAtStart, type Binding } from '../../src/python/binding.ts';
import type { Trace } from '../../src/python/trace.ts';
import type { View } from '../../src/python/views.ts';
import { readCatalogue } from './catalogue.ts';
import { seen } from './seen.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

function traced(code: string, view: View, options: RunOptions = {}): Promise<RunResult> {
  return python.run(code, { ...options, watch: { view, of: null } });
}

async function traceOf(code: string, view: View): Promise<Trace> {
  const { trace } = await traced(code, view);
  if (trace === null) throw new Error('The program left no trace.');
  return trace;
}

const HARD = [
  'def gen(n):\n    for i in range(n):\n        got = yield i * 2\n        print(got)\ng = gen(3)\nprint(next(g), g.send("x"), *g)',
  'class A:\n    x = [i for i in range(3)]\n    def __init__(self, *a, **k):\n        self.a = a\n    def __getattr__(self, name):\n        return name * 2\nclass B(A):\n    def __init__(self):\n        super().__init__(1, *[2], k=3)\nprint(B().a, B().zz)',
  'a, *b = [1, 2, 3]\nb[0] += a\n(c := a + 1)\ndel b[0]\nprint(a, b, c, -a, not a, a < 2 < 3, a and b or c)',
  'try:\n    [1, 2][5]\nexcept (IndexError, KeyError) as e:\n    print(type(e).__name__, e)\nfinally:\n    print("done")',
  'match [1, {"k": 2}]:\n    case [x, {"k": y}] if x < y:\n        print(x + y)\n    case _:\n        print("no")',
  'x = 5\nprint(f"{x!r:>{x + 1}} {x + 1:.2f} {\'a\' + \'b\'}", "%d" % x)\nprint(*(n for n in range(3)), sep="-")',
  'def f(n=[], *, k=len("ab")):\n    n.append(k)\n    return n\nprint(f(), f(), f.__defaults__)',
  'with open("a.txt", "w") as file:\n    file.write("a" * 3)\nprint(open("a.txt").read())',
  'def f(x: int, y: "str" = "a") -> bool:\n    z: list[int] = [x]\n    return bool(z)\nprint(f(1), f.__annotations__)',
  'import functools\n@functools.lru_cache(maxsize=2)\ndef fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(10), fib.cache_info())',
  'def f(n):\n    return f(n + 1)\nf(0)',
  'x = 1\ndef f():\n    print(x)\n    x = 2\nf()',
  'f = lambda a, b=2, *c: (a, b, c)\nprint(f(1), f(1, 3, 4), (lambda: 5)(), sorted([3, 1], key=lambda v: -v))',
  'print(locals() is globals(), sorted(n for n in dir() if n[:2] != "__"))',
  'total = 0\nfor i, (a, b) in enumerate([(1, 2), (3, 4)]):\n    total += a * b + i\nelse:\n    total -= 1\nprint(total)\nwhile total > 10: total //= 2\nprint(total)',
  'async def main():\n    return 1 + await sub()\nasync def sub():\n    return 2\nimport asyncio\nprint(asyncio.run(main()))',
  'raise ValueError("a" + "b") from KeyError("k")',
];

describe('A program whose expressions are seen', () => {
  it.each(HARD)('runs as it does otherwise: %j', async (code) => {
    expect(seen(await traced(code, 'expression'))).toEqual(seen(await traced(code, 'environment')));
  });

  it.each(readCatalogue().map(({ name, lesson }) => ({ name, lesson })))(
    'runs as it does otherwise: every answer of $name',
    async ({ lesson }) => {
      const blocks = lesson.pages.flatMap(({ blocks: each }) => each);
      for (const block of blocks) {
        if (block.kind !== 'exercise') continue;
        const test = block.tests.find(({ call }) => call !== undefined);
        const check = [test?.setup, test?.call].filter((part) => part !== undefined);
        for (const answer of [block.solution, ...block.wrong]) {
          const whole = [answer.code, ...check].join('\n');
          const options = gradingOf(block, answer);
          const [plain, own] = [
            await traced(whole, 'environment', options),
            await traced(whole, 'expression', options),
          ];
          expect(seen(own), whole).toEqual(seen(plain));
        }
      }
    },
  );

  it('leaves nothing behind', async () => {
    await traced('print(1 + 1)', 'expression');
    const { text } = await python.run(
      'import builtins\nprint([n for n in dir(builtins) if "stack" in n])',
    );
    expect(text).toBe('[]\n');
  });
});

const SEED = 20_261_126;
const CALLS = 300;

/** A signature and a call for it, as text; values are numbers that all differ. */
const signature = fc.record({
  first: fc.integer({ min: 0, max: 2 }),
  usual: fc.integer({ min: 0, max: 2 }),
  named: fc.integer({ min: 0, max: 2 }),
  rest: fc.boolean(),
  namedRest: fc.boolean(),
  defaults: fc.integer({ min: 0, max: 4 }),
  namedDefault: fc.boolean(),
});
const callShape = fc.record({
  places: fc.integer({ min: 0, max: 4 }),
  star: fc.integer({ min: 0, max: 3 }),
  names: fc.uniqueArray(fc.constantFrom('a0', 'b0', 'b1', 'k0', 'k1', 'z'), { maxLength: 3 }),
  mapping: fc.uniqueArray(fc.constantFrom('m0', 'b1', 'k1'), { maxLength: 2 }),
});

function parametersOf(shape: typeof signature extends fc.Arbitrary<infer T> ? T : never): string {
  const count = shape.first + shape.usual;
  const withDefault = (name: string, at: number): string =>
    count - at <= shape.defaults ? `${name}=${900 + at}` : name;
  const first = Array.from({ length: shape.first }, (_, at) => withDefault(`a${at}`, at));
  const usual = Array.from({ length: shape.usual }, (_, at) =>
    withDefault(`b${at}`, shape.first + at),
  );
  const named = Array.from({ length: shape.named }, (_, at) =>
    shape.namedDefault && at === 0 ? `k${at}=950` : `k${at}`,
  );
  return [
    ...first,
    ...(first.length > 0 ? ['/'] : []),
    ...usual,
    ...(shape.rest ? ['*rest'] : named.length > 0 ? ['*'] : []),
    ...named,
    ...(shape.namedRest ? ['**more'] : []),
  ].join(', ');
}

function argumentsOf(shape: typeof callShape extends fc.Arbitrary<infer T> ? T : never): string {
  const star = Array.from({ length: shape.star }, (_, at) => 200 + at);
  const names: readonly string[] = shape.names;
  const mapping = shape.mapping.filter((name) => !names.includes(name));
  return [
    ...Array.from({ length: shape.places }, (_, at) => String(100 + at)),
    ...(star.length > 0 ? [`*[${star.join(', ')}]`] : []),
    ...shape.names.map((name, at) => `${name}=${300 + at}`),
    ...(mapping.length > 0
      ? [`**{${mapping.map((name, at) => `'${name}': ${400 + at}`).join(', ')}}`]
      : []),
  ].join(', ');
}

describe('Arguments', () => {
  it(`find the slots that inspect finds for them, ${CALLS} times`, async () => {
    console.log(`seed ${SEED}`);
    const shapes = fc.sample(fc.tuple(signature, callShape), { numRuns: CALLS, seed: SEED });
    const lines = shapes.map(([left, right], at) => {
      const [parameters, given] = [parametersOf(left), argumentsOf(right)];
      return `def f${at}(${parameters}): pass\ntry: f${at}(${given})\nexcept TypeError: pass\ntold(f${at}, ${given})`;
    });
    const head = `import inspect
def told(*given, **named):
    f, *rest = given
    try:
        bound = inspect.signature(f).bind(*rest, **named)
        bound.apply_defaults()
        print({name: repr(each) for name, each in bound.arguments.items()})
    except TypeError:
        print("TypeError")
`;
    // The calls and what inspect says run apart: a signature without room for them would mix the two.
    const calls = lines.map((each) => each.split('\ntold(')[0]).join('\n');
    const trace = await traceOf(calls, 'binding');
    const asked = await python.run(
      `${head}${lines
        .map((each) => each.replace(/\ntry: .*\nexcept TypeError: pass/, ''))
        .join('\n')
        .replaceAll(', )', ')')}`,
    );
    const expected = asked.text.trim().split('\n');
    const bindings = bindingsOf(trace, null);
    expect(bindings.length).toBe(CALLS);
    bindings.forEach((binding, at) => {
      const hint = lines[at];
      if (expected[at] === 'TypeError') expect(binding.error?.type, hint).toBe('TypeError');
      else {
        expect(binding.error, hint).toBeNull();
        expect(slotsOf(binding), hint).toEqual(parse(expected[at] ?? ''));
        expect(atStart(trace, binding), hint).toEqual(parse(expected[at] ?? ''));
      }
    });
    // Both kinds are really there.
    expect(expected.filter((each) => each === 'TypeError').length).toBeGreaterThan(CALLS / 10);
    expect(expected.filter((each) => each !== 'TypeError').length).toBeGreaterThan(CALLS / 10);
  });

  it('of methods, classes and C code are shown as far as they are known', async () => {
    const trace = await traceOf(
      'class A:\n    def __init__(self, x): self.x = x\n    def get(self, y=1): return self.x + y\nA(1).get()\nsorted([2], key=lambda v: v)',
      'binding',
    );
    const told = bindingsOf(trace, null).map(({ function: { name }, fillings }) =>
      [name, ...fillings.map(({ value, origin }) => `${value.text}:${origin.from}`)].join(' '),
    );
    expect(told).toEqual([
      '__init__ the new object:self 1:position',
      'get the object:self 1:default',
    ]);
  });

  it('that fail say why in the words of Python', async () => {
    const trace = await traceOf(
      'def f(a, /, b): pass\ntry: f(a=1, b=2)\nexcept TypeError: pass\nf(1)',
      'binding',
    );
    const [first, second] = bindingsOf(trace, 'f');
    expect(first?.error?.message).toContain('positional-only arguments passed as keyword');
    expect(first?.failedSlots).toEqual([0]);
    expect(second?.error?.message).toContain("missing 1 required positional argument: 'b'");
    expect(second?.failedSlots).toEqual([1]);
  });
});

function slotsOf(binding: Binding): Record<string, string> {
  return Object.fromEntries(
    binding.slots.map(({ name }, at) => {
      const held = heldBy(binding, at, binding.fillings.length);
      return [name, (slotText(binding, at, held) ?? 'empty').replace(/^\(,?\)$/, '()')];
    }),
  );
}

function atStart(trace: Trace, binding: Binding): Record<string, string> {
  const values = valuesAtStart(trace, binding.call);
  return Object.fromEntries([...values].map(([name, { text }]) => [name, text]));
}

/** A dict of texts, as Python prints it. */
function parse(text: string): Record<string, string> {
  const found = [...text.matchAll(/'(\w+)': (?:'([^']*)'|"([^"]*)")/g)];
  return Object.fromEntries(found.map(([, name = '', one, two]) => [name, one ?? two ?? '']));
}
