// Values inside of expressions are read while the program runs as it is: watched and unwatched do the same.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import { timesInTier } from '../tools/tier.ts';
import { makeProgram, PRELUDE } from './random-programs.ts';
import { seen, withoutPlaces } from './seen.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => {
  python.close();
});

async function bothWays(code: string): Promise<readonly [watched: RunResult, plain: RunResult]> {
  return [
    await python.run(code, { watch: { view: 'expression', of: null } }),
    await python.run(code, { watch: { view: 'environment', of: null } }),
  ];
}

/** `text -> value` of everything that was worked out. */
async function valuesOf(code: string): Promise<readonly string[]> {
  const { trace } = await python.run(code, { watch: { view: 'expression', of: null } });
  const { nodes = [], evaluations = [] } = trace?.expressions ?? {};
  return evaluations.map(([number, , , value]) => {
    const node = nodes[number];
    const text = 'error' in value ? value.error.type : value.text;
    return `${code.slice(node?.start, node?.end)} -> ${text}`;
  });
}

const COUNTED = `class Told:
    def __init__(self, name, truth=True): self.name, self.truth = name, truth
    def __bool__(self):
        print(self.name, end=" ")
        return self.truth
    def __eq__(self, other): return Told(self.name + "=", self.truth)
    def __lt__(self, other): return Told(self.name + "<", self.truth)
    def __contains__(self, other):
        print("in", end=" ")
        return self.truth
a, b, c = Told("a"), Told("b", False), Told("c")
`;

describe('A watched program', () => {
  it.each([
    [
      'spreads a defaultdict',
      'from collections import defaultdict\ndef f(**k): print(k)\nf(**defaultdict(int, a=1))',
    ],
    [
      'asks a mapping for its keys as often as else',
      'class M:\n    def keys(self):\n        print("keys")\n        return iter("ab")\n    def __getitem__(self, key):\n        print(key)\n        return key * 2\ndef f(**k): print(k)\nf(**M(), z=1)',
    ],
    [
      'spreads an iterator once',
      'class I:\n    n = 0\n    def __iter__(self):\n        print("iter")\n        return self\n    def __next__(self):\n        self.n += 1\n        print("next", self.n)\n        if self.n > 2: raise StopIteration\n        return self.n\ndef f(*a): print(a)\nf(0, *I(), 9, *I())',
    ],
    [
      'fails to spread a number as else',
      'def f(*a, **k): pass\nfor make in (lambda: f(*5), lambda: f(**5), lambda: f(**{1: 2})):\n    try: make()\n    except TypeError as e: print(e)',
    ],
    [
      'has no name of ours anywhere',
      'import builtins\nprint([n for n in [*dir(builtins), *vars(builtins)] if "stack" in n])\ndef f(a): return a + 1\nc = f.__code__\nprint(c.co_consts, c.co_names, c.co_stacksize, c.co_code)',
    ],
    [
      'lets a __del__, an atexit function and a generator finish after the end',
      'import atexit\nclass D:\n    def __del__(self): print("del", [n + 1 for n in (1, 2)])\ndef g():\n    try: yield 1\n    finally: print("finally", 1 + len("ab"))\nd, it = D(), g()\nnext(it)\natexit.register(lambda: print("atexit", d is not None and 1 + 1))',
    ],
    ['adds 150 numbers', `n = 1\nprint(${Array(150).fill('n').join(' + ')})`],
    ['adds 350 numbers', `n = 1\nprint(${Array(350).fill('n').join(' + ')})`],
    ['chains 90 methods', `print("a"${'.strip()'.repeat(90)})`],
    ['joins 300 conditions', `n = 1\nprint(${Array(300).fill('n').join(' and ')})`],
    ['nests 60 brackets', `n = 1\nprint(${'-('.repeat(60)}n${')'.repeat(60)})`],
    [
      'reaches the same depth',
      'def f(n):\n    global deepest\n    deepest = n\n    return 1 + f(n + 1)\ntry: f(0)\nexcept RecursionError as e: print(deepest, e)',
    ],
    [
      'goes over several lines with the same steps',
      'def f(*a): return sum(\n    a\n)\nprint(\n    f(\n        1,\n        2\n    )\n    +\n    f(3)\n    .bit_length()\n)\nx = {\n    "a": f(\n        1),\n    **{\n        "b": f(2)\n    },\n}\nif (x\n    and f(4)\n    or f(5)):\n    print("yes")',
    ],
  ])('%s', async (_, code) => {
    const [watched, plain] = await bothWays(code);
    expect(seen(watched)).toEqual(seen(plain));
    expect(watched.trace?.expressions?.cut).toBeNull();
  });

  it.each([
    'if a and b or c: print("yes")',
    'if not (a and b): print("yes")',
    'if a < b < c: print("yes")',
    'x = a < b < c',
    'x = a and b or c',
    'x = not (a and b)',
    'x = a if b and c else b',
    'print([n for n in (1, 2) if a and not b])',
    'assert a or b',
    'while not (b or not a) and len(str(a)) > 1: break',
    'match 1:\n    case n if a and b: pass\n    case n if c == n: print("yes")',
    'x = 1 in b or 2 not in a',
    'x = (y := b) or a',
    'print(any(x for x in (b, a)), all(x for x in (a, b)), len([*filter(None, (a, b))]))',
    'if (a if b else c): print("yes")',
    'if a == b and a != c: print("yes")',
  ])('asks for truth as often as else: %s', async (line) => {
    const [watched, plain] = await bothWays(COUNTED + line);
    expect(watched.text).not.toBe('');
    expect(seen(watched)).toEqual(seen(plain));
  });
});

describe('The values', () => {
  it.each([
    [
      'a = 0\nif not (a and 1 < 2): pass',
      ['a -> 0', 'a and 1 < 2 -> 0', 'not (a and 1 < 2) -> True'],
    ],
    ['a = None\nif a is None: pass', ['a -> None', 'a is None -> True']],
    ['a = 1\nif 0 < a < 1: pass', ['a -> 1', '0 < a < 1 -> False']],
    [
      'def f(a, b): return b, a\nf(1, 2)',
      ['b -> 2', 'a -> 1', 'b, a -> (2, 1)', 'f(1, 2) -> (2, 1)'],
    ],
    [
      'def f(x): return [n for n in x], x\nf([])',
      [
        '[] -> []',
        'x -> []',
        '[n for n in x] -> []',
        'x -> []',
        '[n for n in x], x -> ([], [])',
        'f([]) -> ([], [])',
      ],
    ],
    [
      'x = any(n for n in (0, 2))',
      [
        '(0, 2) -> (0, 2)',
        '(n for n in (0, 2)) -> <generator>',
        'n -> 0',
        'n -> 2',
        'any(n for n in (0, 2)) -> True',
      ],
    ],
    [
      'a = 5\nx = (a\n  .real\n  .bit_length())',
      ['a -> 5', 'a\n  .real -> 5', 'a\n  .real\n  .bit_length() -> 3'],
    ],
    [
      'a, b = 1, 0\nx = (a and b) and (\na)',
      ['a -> 1', 'b -> 0', 'a and b -> 0', '(a and b) and (\na) -> 0'],
    ],
    [
      'try:\n    if 1 < 2 and [n for n in (1,) if 1 / 0]: pass\nexcept: pass',
      ['1 < 2 -> True', '(1,) -> (1,)', '1 / 0 -> ZeroDivisionError'],
    ],
    ['x = "%s-%s" % (~0, 1)', ['~0 -> -1', '"%s-%s" % (~0, 1) -> \'-1-1\'']],
    [
      'try: x = [1][1]\nexcept IndexError: pass',
      ['[1] -> [1]', '[1][1] -> IndexError', 'IndexError -> <class IndexError>'],
    ],
  ])('of %j', async (code, told) => {
    expect(await valuesOf(code)).toEqual(told);
  });

  it('are cut where there are too many, and the program runs on', async () => {
    const { trace, text } = await python.run('print(sum([n for n in range(30_000)]))', {
      watch: { view: 'expression', of: null },
    });
    expect(text).toBe('449985000\n');
    expect(trace?.expressions?.cut).toContain('20 000 values');
    expect(trace?.expressions?.evaluations.length).toBe(20_000);
  });
});

/**
 * The same values found in another way, for programs whose values tell nothing of being looked at: a changed tree in
 * which every expression passes through a function.
 */
const ORACLE = `import ast, asyncio, contextlib, io, json, warnings
warnings.simplefilter("ignore")
SHOWN = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp,
    ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.JoinedStr,
    ast.TemplateStr, ast.NamedExpr, ast.Lambda, ast.Await, ast.Yield, ast.YieldFrom)
class Wrap(ast.NodeTransformer):
    def visit(self, node):
        for field, held in ast.iter_fields(node):
            if field in ("annotation", "returns"): continue
            if isinstance(node, ast.Call) and field == "func" and isinstance(held, ast.Name): continue
            if isinstance(node, ast.Call) and field == "func" and isinstance(held, ast.Attribute) or field == "format_spec" and held:
                ast.NodeTransformer.generic_visit(self, held)
            elif isinstance(held, list): held[:] = [self.visit(each) if isinstance(each, ast.AST) else each for each in held]
            elif isinstance(held, ast.AST): setattr(node, field, self.visit(held))
        if not isinstance(node, SHOWN) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load): return node
        place = [node.lineno, node.col_offset, node.end_lineno, node.end_col_offset]
        return ast.copy_location(ast.Call(ast.Name("__seen__", ast.Load()), [ast.Constant(tuple(place)), node], []), node)
told = []
def seen(place, value, type=type, repr=repr):
    kind = type(value).__name__
    told.append([place, kind, repr(value) if kind in ("int", "str", "bool", "NoneType", "float") else ""])
    return value
starts = [0]
for line in SOURCE.split("\\n"): starts.append(starts[-1] + len(line) + 1)
code = compile(ast.fix_missing_locations(Wrap().visit(ast.parse(SOURCE))), "main.py", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
with contextlib.redirect_stdout(io.StringIO()):
    started = eval(code, {"__name__": "__main__", "__seen__": seen})
    # With an await outside of functions the whole program is a coroutine.
    if started is not None: asyncio.run(started)
print(json.dumps([[starts[p[0] - 1] + p[1], starts[p[2] - 1] + p[3], kind, text] for p, kind, text in told]))
`;

type Told = readonly [start: number, end: number, type: string, text: string];

async function oracle(program: string): Promise<readonly Told[]> {
  const { text, ending } = await python.run(`SOURCE = ${JSON.stringify(program)}\n${ORACLE}`);
  if (ending.error !== null) throw new Error(ending.error.traceback);
  return JSON.parse(text) as readonly Told[];
}

const COMPARED = ['int', 'str', 'bool', 'NoneType', 'float'];

function told({ trace }: RunResult): readonly Told[] {
  const { nodes = [], evaluations = [] } = trace?.expressions ?? {};
  return evaluations.flatMap(([number, , , value]): readonly Told[] => {
    const node = nodes[number];
    if (node === undefined || 'error' in value) return [];
    const text = COMPARED.includes(value.type) ? value.text : '';
    return [[node.start, node.end, value.type, text]];
  });
}

const SEED = 20_261_127;
const PROGRAMS = 1_200;
/** On a machine that does other things too. */
const PROGRAMS_MS_MAX = 900_000;

describe('Programs from a seed', () => {
  it(
    `run watched as they run unwatched, and tell what Python worked out, ${timesInTier(PROGRAMS)} times`,
    async () => {
      console.log(`seed ${SEED}`);
      let compared = 0;
      for (let at = 0; at < timesInTier(PROGRAMS); at += 1) {
        const isTold = at % 2 === 0;
        const program = makeProgram(SEED + at, isTold);
        const [watched, plain] = await bothWays(program);
        const hint = `seed ${SEED + at}\n${program.slice(PRELUDE.length)}`;
        expect(seen(watched), hint).toEqual(seen(plain));
        if (isTold || watched.trace?.expressions?.cut !== null || watched.trace.cut !== null)
          continue;
        const unseen = new Set(
          watched.trace.expressions.nodes
            .filter(({ isUnseen }) => isUnseen === true)
            .map(({ start, end }) => `${start} ${end}`),
        );
        const expected = (await oracle(program)).filter(
          ([start, end]) => !unseen.has(`${start} ${end}`),
        );
        const shown = (all: readonly Told[]): readonly string[] =>
          all.map(([start, end, type, text]) =>
            withoutPlaces(`${program.slice(start, end)} -> ${type} ${text}`),
          );
        expect(shown(told(watched)), hint).toEqual(shown(expected));
        compared += expected.length;
      }
      console.log(`${compared} values compared`);
      expect(compared).toBeGreaterThan(0);
    },
    PROGRAMS_MS_MAX,
  );
});
