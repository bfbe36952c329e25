// Pictures in words, for programs that a learner may write: the text twin of each is compared with what Python did.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindingPicture } from '../../site/figure/binding/picture.tsx';
import { decoratorsPicture } from '../../site/figure/decorators/picture.tsx';
import { expressionPicture } from '../../site/figure/expression/picture.tsx';
import { modulesPicture } from '../../site/figure/modules/picture.tsx';
import type { MakePicture, Picture } from '../../site/figure/picture.ts';
import { searchPicture } from '../../site/figure/search/picture.tsx';
import { replayPicture } from '../../site/figure/search/replay.tsx';
import { plainText } from '../../site/figure/step-words.ts';
import type { Python } from '../../src/python/client.ts';
import type { View } from '../../src/python/views.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

async function pictureOf(
  view: View,
  make: MakePicture,
  code: string,
  of: string | null = null,
  files: Readonly<Record<string, string>> = {},
): Promise<Picture> {
  const { trace } = await python.run(code, { watch: { view, of }, files });
  if (trace === null) throw new Error('The program left no trace.');
  return make(trace, of, code);
}

/** The words at every position, as one list of lists. */
function allWords({ stops, words }: Picture): readonly (readonly string[])[] {
  return stops.map((_, at) => words(at));
}

function sentences({ stops, sentence }: Picture): readonly string[] {
  return stops.map((_, at) => plainText(sentence(at)));
}

describe('Expression steps', () => {
  it('put one value after the other into the line, the inner ones first', async () => {
    const picture = await pictureOf(
      'expression',
      expressionPicture,
      'def double(n):\n    return n * 2\nw = 4\nprint((2 + 3) * double(w))',
    );
    expect(allWords(picture).at(-1)).toEqual([
      'Line 4:',
      'print((2 + 3) * double(w))',
      'then print(5 * double(w))',
      'then print(5 * double(4))',
      'then print(5 * 8)',
      'then print(40)',
      'then None',
    ]);
    expect(allWords(picture)).toContainEqual([
      'Line 4:',
      'print((2 + 3) * double(w))',
      'then print(5 * double(w))',
      'then print(5 * double(4))',
      'Line 2, in double (f1):',
      'return n * 2',
      'then return 4 * 2',
      'then return 8',
    ]);
  });

  it.each([
    [
      'ok = 1 > 2 and 3 / 0',
      ['ok = 1 > 2 and 3 / 0', 'then ok = False and 3 / 0', 'then ok = False'],
    ],
    [
      'x = [n * 2 for n in (1, 2)]',
      [
        'x = [n * 2 for n in (1, 2)]',
        'then x = [n * 2 for n in (1, 2)]',
        'then x = [1 * 2 for n in (1, 2)]',
        'then x = [2 for n in (1, 2)]',
        'then x = [2 * 2 for n in (1, 2)]',
        'then x = [4 for n in (1, 2)]',
        'then x = [2, 4]',
      ],
    ],
    [
      'n = 3\nwhile n > 1:\n    n = n - 2',
      ['while n > 1:', 'then while 1 > 1:', 'then while False:'],
    ],
    [
      'a = "b"\nprint(f"{a * 2}!", end="")',
      [
        'print(f"{a * 2}!", end="")',
        'then print(f"{\'b\' * 2}!", end="")',
        'then print(f"{\'bb\'}!", end="")',
        'then print(\'bb!\', end="")',
        'then None',
      ],
    ],
    ['x = (-5) ** 2', ['x = (-5) ** 2', 'then x = (-5) ** 2', 'then x = 25']],
    ['a = -5\nx = -a ** 2', ['x = -a ** 2', 'then x = -(-5) ** 2', 'then x = -25', 'then x = -25']],
    [
      'a = 5\nx = (a + 1).real',
      ['x = (a + 1).real', 'then x = (5 + 1).real', 'then x = (6).real', 'then x = 6'],
    ],
    [
      'a = -5\nx = 3 --a-a',
      [
        'x = 3 --a-a',
        'then x = 3 --(-5)-a',
        'then x = 3 -5-a',
        'then x = -2-a',
        'then x = -2-(-5)',
        'then x = 3',
      ],
    ],
    [
      'a = 1\nx = not(a)or(a)if(a)else a',
      [
        'x = not(a)or(a)if(a)else a',
        'then x = not(a)or(a)if 1 else a',
        'then x = not 1 or(a)if 1 else a',
        'then x = False or(a)if 1 else a',
        'then x = False or 1 if 1 else a',
        'then x = 1 if 1 else a',
        'then x = 1',
      ],
    ],
    [
      'x = 2 * (3 + 4) - 1',
      ['x = 2 * (3 + 4) - 1', 'then x = 2 * 7 - 1', 'then x = 14 - 1', 'then x = 13'],
    ],
    [
      'x = sum(n for n in (1, 2))',
      [
        'x = sum(n for n in (1, 2))',
        'then x = sum(n for n in (1, 2))',
        'then x = sum(<generator>)',
        'then x = 3',
      ],
    ],
    ['d = {1: 2}\nx = f"{d}"', ['x = f"{d}"', 'then x = f"{ {1: 2}}"', "then x = '{1: 2}'"]],
    ['z = 1 - 2j\nx = z.real', ['x = z.real', 'then x = (1-2j).real', 'then x = 1.0']],
    [
      't = 1, 2\nx = t + t',
      ['x = t + t', 'then x = (1, 2) + t', 'then x = (1, 2) + (1, 2)', 'then x = (1, 2, 1, 2)'],
    ],
    [
      'a = 1\nx = a or [n for n in (1, 2)]',
      ['x = a or [n for n in (1, 2)]', 'then x = 1 or [n for n in (1, 2)]', 'then x = 1'],
    ],
    ['x = (1 / 0) + 2', ['x = (1 / 0) + 2', 'then x = ZeroDivisionError + 2']],
    [
      'd = {"k": [1, 2]}\ny = d["k"][0] + len(d)',
      [
        'y = d["k"][0] + len(d)',
        'then y = {\'k\': [1, 2]}["k"][0] + len(d)',
        'then y = [1, 2][0] + len(d)',
        'then y = 1 + len(d)',
        "then y = 1 + len({'k': [1, 2]})",
        'then y = 1 + 1',
        'then y = 2',
      ],
    ],
  ])('of %j', async (code, rows) => {
    const picture = await pictureOf('expression', expressionPicture, code);
    expect(allWords(picture).at(-1)?.slice(1)).toEqual(rows);
  });

  it('of a program in which nothing is put together says so', async () => {
    const picture = await pictureOf('expression', expressionPicture, 'x = 1');
    expect(picture.words(0)).toEqual(['Nothing in this program is put together from parts.']);
  });
});

describe('Argument binding', () => {
  it('fills slots by place, then by name, then the rest, then with defaults', async () => {
    const picture = await pictureOf(
      'binding',
      bindingPicture,
      'def f(a, /, b, *rest, c=3, d=4, **more): pass\nf(1, 2, 5, d=9, z=0)',
    );
    expect(sentences(picture)).toEqual([
      'Empty slots: f is called.',
      '1 goes into a: 1st position.',
      '2 goes into b: 2nd position.',
      '5 goes into rest: 3rd position.',
      '9 goes into d: by its name.',
      '0 goes into more: by its name.',
      '3 goes into c: default, made in line 1.',
      'Every slot is full: the body of f begins.',
    ]);
    expect(picture.words(7)).toEqual([
      'Call 1 of 1: f(1, 2, 5, d=9, z=0).',
      'Slot a, by place only: 1, 1st position.',
      'Slot b, by place or name: 2, 2nd position.',
      'Slot rest, takes the places left over: (5,), 3rd position.',
      'Slot c, by name only: 3, default, made in line 1.',
      'Slot d, by name only: 9, by its name.',
      "Slot more, takes the names left over: {'z': 0}, by its name.",
      'The body of f begins.',
    ]);
  });

  it('of a decorator with arguments: first the factory, then what it gave', async () => {
    const picture = await pictureOf(
      'binding',
      bindingPicture,
      'def times(n):\n    def around(f): return f\n    return around\n@times(3)\ndef double(x): pass\ndouble(4)',
    );
    expect(allWords(picture).flatMap(([call = '']) => call)).toEqual([
      ...Array<string>(3).fill('Call 1 of 3: times(3).'),
      ...Array<string>(3).fill('Call 2 of 3: times(3)(<function double>).'),
      ...Array<string>(3).fill('Call 3 of 3: double(4).'),
    ]);
    expect(sentences(picture)).toContain(
      '<function double> goes into f: what stands below @times(3).',
    );
  });

  it.each([
    ['def f(a, b=1): pass\nf(1, 2, 3)', ['1', '2', '3'], 'More places than slots for them. '],
    [
      'def f(a, b=1): pass\nf(c=2)',
      ['2'],
      'No slot has that name; Python did not come to the defaults. ',
    ],
    [
      'def f(a, b=1): pass\nf(1, a=2)',
      ['1', '2'],
      'That slot is full already; Python did not come to the defaults. ',
    ],
    [
      'def f(a, b, c=1): pass\nf(1)',
      ['1'],
      'A slot without a default is empty; Python did not come to the defaults. ',
    ],
    [
      'def f(a=1, *, b, c=2): pass\nf()',
      ['1', '2'],
      'A slot that is filled by name only is empty. ',
    ],
    [
      'def f(a, /, b=1): pass\nf(b=2, a=1)',
      ['2', '1'],
      'A slot that is filled by place only was named. ',
    ],
    ['def f(**k): pass\nf(**{1: 2})', ['2'], 'A key of ** is no text. '],
    // Names are looked at before Python counts the places.
    ['def f(a): pass\nf(1, 2, b=3)', ['1', '2', '3'], 'No slot has that name. '],
  ])(
    'that fails shows which check failed, and what was filled then: %j',
    async (code, values, why) => {
      const picture = await pictureOf('binding', bindingPicture, code);
      const told = sentences(picture);
      expect(told.slice(1, -1).map((each) => each.split(' ')[0])).toEqual(values);
      expect(told.at(-1)).toContain(`${why}TypeError: `);
    },
  );

  it.each([
    ['def f(a): pass\nf(1, 2)', 'No slot for 2.'],
    ['def f(a): pass\nf(1, a=2)', 'The slot a is full already: no room for 2.'],
    ['def f(a): pass\nf(1, b=2)', 'No slot for b=2.'],
    ['def f(a): pass\nf()', 'TypeError: f() missing 1 required positional argument'],
    ['def f(a):\n    yield a\nf(1)', 'f makes a generator; its body has not begun.'],
  ])('of %j: %s', async (code, words) => {
    const picture = await pictureOf('binding', bindingPicture, code);
    expect(allWords(picture).at(-1)?.join('\n')).toContain(words);
  });
});

describe('A picture that holds less than the run', () => {
  it('says so, and where it ends', async () => {
    const long = 'def f(a): pass\nfor n in range(1500): f(n)';
    expect((await pictureOf('binding', bindingPicture, long)).cut).toBe(
      'The picture stops here: it holds 3000 steps. The program itself ran on.',
    );
    const many = 'x = sum([n for n in range(30_000)])';
    const held = 'The picture stops here: it holds 20 000 values. The program itself ran on.';
    expect(
      (
        await pictureOf(
          'decorators',
          decoratorsPicture,
          `def d(f): return f\n@d\ndef g(): pass\n${many}`,
        )
      ).cut,
    ).toBe(held);
    expect((await pictureOf('expression', expressionPicture, many)).cut).toBe(
      'The picture stops here: it holds 5000 parts. The program itself ran on.',
    );
    expect((await pictureOf('expression', expressionPicture, 'x = 1 + 1')).cut).toBeNull();
  });
});

describe('A search tree', () => {
  const DICT = `squares = [r + c for r in "ABCD" for c in "1234"]
start = {s: "1234" for s in squares} | {"A1": "1", "B4": "2"}
def some(tries):
    for each in tries:
        if each: return each
    return False
def put(grid, square, digit):
    if grid["A1"] == digit and square[0] == "A" and square != "A1": return False
    return {**grid, square: digit}
def search(grid):
    if grid is False: return False
    open_squares = [s for s in squares if len(grid[s]) > 1]
    if len(open_squares) < 13: return grid
    s = min(open_squares)
    return some(search(put(grid, s, d)) for d in grid[s])
search(start)`;

  it('names the square and the digit that a generator tries, also where the try was refused', async () => {
    const picture = await pictureOf('searchtree', searchPicture, DICT, 'search');
    const lines = allWords(picture)
      .at(-1)
      ?.filter((line) => line.startsWith('Call '));
    expect(lines).toEqual([
      'Call 1: start leads to the answer.',
      'Call 2, below call 1: A2=1 is refused at once.',
      'Call 3, below call 1: A2=2 leads to the answer.',
      'Call 4, below call 3: A3=1 is refused at once.',
      'Call 5, below call 3: A3=2 leads to the answer.',
    ]);
    expect(picture.words(5)).toContain('1 2 1234 1234');
  });

  it.each([
    [
      'a list of rows that is changed in place',
      'def search(rows):\n    for r in range(4):\n        for c in range(4):\n            if rows[r][c] == 0:\n                for d in (1, 2):\n                    rows[r][c] = d\n                    if r == 0 and c == 1 and d == 1: continue\n                    if search(rows): return True\n                rows[r][c] = 0\n                return False\n    return True\ng = [[1, 0, 1, 1]] + [[1] * 4 for _ in range(3)]\nsearch(g)',
      'Call 2, below call 1: A2=2 leads to the answer.',
    ],
    [
      'an exception',
      'def search(grid):\n    if grid[0] != ".": raise ValueError("no")\n    return search("1" + grid[1:])\nsearch("." * 16)',
      'Call 2, below call 1: A1=1 is left by an exception.',
    ],
    [
      'no grid at all',
      'def search(n):\n    return n > 2 or search(n + 1)\nsearch(0)',
      'Call 4, below call 3: 3 leads to the answer.',
    ],
  ])('of %s', async (_, code, line) => {
    const picture = await pictureOf('searchtree', searchPicture, code, 'search');
    expect(allWords(picture).at(-1)).toContain(line);
  });

  it('is cut at its limit, and says so', async () => {
    const code =
      'def search(n):\n    return n > 0 and (search(n - 1) or search(n - 1))\nsearch(12)\nprint("on")';
    const { trace, text } = await python.run(code, { watch: { view: 'searchtree', of: 'search' } });
    expect(trace?.search?.calls.length).toBe(2000);
    expect(trace?.cut).toContain('it holds 2 000 calls');
    expect(text).toBe('on\n');
  });

  it.each([
    ['0', 'is no answer and no dead end'],
    ['[]', 'neither'],
    ["''", 'nor an empty text'],
  ])('shows that %s came back: it %s', async (value) => {
    const code = `def search(n):\n    return search(n + 1) if n < 2 else ${value}\nsearch(0)`;
    const picture = await pictureOf('searchtree', searchPicture, code, 'search');
    const words = allWords(picture).at(-1);
    expect(words).toContain(`Call 3, below call 2: 2 came back with ${value}.`);
    expect(words).toContain(`3 calls of search, 0 ended at once. It came back with ${value}.`);
  });

  it('sees a function that stands in another file of the cell, and none of the library', async () => {
    const code = 'import re\nfrom finder import search\nre.search("a", "a")\nprint(search(0))';
    const files = { 'finder.py': 'def search(n):\n    return n == 2 or search(n + 1)' };
    const { trace } = await python.run(code, {
      watch: { view: 'searchtree', of: 'search' },
      files,
    });
    expect(trace?.search?.calls.map(({ text }) => text)).toEqual(['0', '1', '2']);
    // The program's own line is marked, not one of the same number in another file.
    expect(trace?.steps.map(({ line }) => line)).toEqual([0, 4, 4, 4, 4, 4, 4, 0]);
  });

  it('of a program without that function says so', async () => {
    const picture = await pictureOf('searchtree', searchPicture, 'x = 1', 'solve');
    expect(picture.words(0)).toEqual(['No function called solve was called.']);
  });
});

describe('A replay', () => {
  const MARKS = 'marks = {r + c: "1234" for r in "ABCD" for c in "1234"}\n';
  const settleIn = (calls: string): string =>
    `${MARKS}def settle(marks, square, digit, reason):
    for other in marks:
        if other[0] == square[0]: marks[other] = marks[other].replace(digit, "")
    if marks[square] == "": raise KeyError(square)
    marks[square] = digit
${calls}`;
  const replay = (code: string): Promise<Picture> =>
    pictureOf('replay', replayPicture, code, 'settle');

  it('shows the grid as each call found it, what was struck and settled since, and the reason', async () => {
    const picture = await replay(
      settleIn('settle(marks, "A1", "1", "clue")\nsettle(marks, "A2", "2", "a guess")'),
    );
    expect(sentences(picture)).toEqual([
      'Call 1 of 2: A1, 1, clue.',
      'Call 2 of 2: A2, 2, a guess.',
      'After the last call of settle, which gave back None.',
    ]);
    expect(picture.words(1)).toEqual([
      'Call 2 of 2: A2, 2, a guess.',
      'Since the call before:',
      '1 struck in A2, A3, A4.',
      '2 struck in A1.',
      '3 struck in A1.',
      '4 struck in A1.',
      'Settled: A1.',
      'The grid, row by row, with what is still possible:',
      '1 234 234 234',
      '1234 1234 1234 1234',
      '1234 1234 1234 1234',
      '1234 1234 1234 1234',
      'Call 1: A1, 1, clue.',
      'Call 2: A2, 2, a guess.',
    ]);
  });

  it('agrees with the trace at every call', async () => {
    const calls = ['A1', 'B2', 'A3', 'C3'].map(
      (square, at) => `settle(marks, "${square}", "${at + 1}", "clue")`,
    );
    const code = settleIn(calls.join('\n'));
    const { trace } = await python.run(code, { watch: { view: 'replay', of: 'settle' } });
    if (trace?.search === undefined) throw new Error('The program left no trace.');
    const picture = replayPicture(trace, 'settle');
    const grids = [...trace.search.calls.map(({ grid }) => grid), trace.search.after];
    expect(grids).toHaveLength(5);
    grids.forEach((grid, at) => expect(picture.words(at).join(' ')).toContain(grid?.join(' ')));
  });

  it('says when nothing changed', async () => {
    const code = `${MARKS}def settle(marks): pass\nsettle(marks)\nsettle(marks)`;
    const picture = await replay(code);
    expect(picture.words(1)).toContain('Nothing changed since the call before.');
    expect(sentences(picture)[1]).toBe('Call 2 of 2.');
  });

  it('shows a contradiction: a square in which no digit is left, and what came back', async () => {
    const code = `${MARKS}def settle(marks, square):\n    marks[square] = ""\n    return False\nsettle(marks, "B2")`;
    const picture = await replay(code);
    expect(sentences(picture).at(-1)).toBe('After the last call of settle, which gave back False.');
    expect(picture.words(1)).toContain('No digit is left in B2.');
    expect(picture.words(1)).toContain('1234 none 1234 1234');
  });

  it("takes a learner's own arguments as they come, and works the marks of a text out by the rules", async () => {
    const code =
      'def settle(rota, at, *, times=2):\n    if times: settle(rota[:at] + "1" + rota[at + 1:], at + 6, times=times - 1)\nsettle("." * 16, 0)';
    const picture = await replay(code);
    expect(sentences(picture)).toEqual([
      'Call 1 of 3: 0, 2.',
      'Call 2 of 3: 6, 1.',
      'Call 3 of 3: 12, 0.',
      'After the last call of settle, which gave back None.',
    ]);
    expect(picture.words(1)).toContain('1 struck in A2, A3, A4, B1, B2, C1, D1.');
    expect(picture.words(1)).toContain('Settled: A1.');
  });

  it('says which digits came when a call got another grid', async () => {
    const code = `${MARKS}def settle(marks): pass\nsettle(marks | {"A1": "12"})\nsettle(marks)`;
    const picture = await replay(code);
    expect(picture.words(1)).toContain('3 new in A1.');
  });

  it('of a call that an exception left shows the grid as it was then', async () => {
    const calls =
      'settle(marks, "A1", "1", "clue")\nmarks["A2"] = "3"\nsettle(marks, "A2", "3", "clue")';
    const picture = await replay(settleIn(calls));
    expect(sentences(picture).at(-1)).toBe("settle was left by KeyError: 'A2'.");
    expect(picture.words(2)).toContain('1 none 24 24');
  });

  it('goes on after an exception that somebody caught', async () => {
    const code = settleIn(
      'marks["A1"] = "2"\ntry: settle(marks, "A1", "2", "clue")\nexcept KeyError: settle(marks, "B1", "1", "clue")',
    );
    expect(sentences(await replay(code))).toContain(
      "Call 2 of 2: B1, 1, clue. Before, a call was left by KeyError: 'A1'.",
    );
  });

  it('of a call that was stopped ends where it began', async () => {
    const code = `${MARKS}def settle(marks, square):
    if square == "A2": print("x" * 300_000)
settle(marks, "A1")
settle(marks, "A2")`;
    const { trace } = await python.run(code, { watch: { view: 'replay', of: 'settle' } });
    if (trace === null) throw new Error('The program left no trace.');
    expect(trace.cut).toBe('The picture ends where the program was stopped.');
    expect(sentences(replayPicture(trace, 'settle'))).toEqual([
      'Call 1 of 2: A1.',
      'Call 2 of 2: A2.',
    ]);
  });

  it('of a function that got no grid says so', async () => {
    const picture = await replay('def settle(n): pass\nsettle(1)');
    expect(picture.words(0)).toEqual(['No call of settle was given a grid.']);
  });
});

describe('The module shelf', () => {
  it('tells where Python looked, what ran, and what was there already', async () => {
    const picture = await pictureOf(
      'modules',
      modulesPicture,
      'import units\nimport units\nfrom units import math',
      null,
      {
        'units.py': 'import math\nprint("runs")',
      },
    );
    expect(sentences(picture)).toEqual([
      'Nothing has been imported yet.',
      'Line 1 of main.py asks for units: found in your folder.',
      'Line 1 of units.py asks for math, which stands on the shelf: nothing runs.',
      'math was taken from the shelf.',
      'units has run, and stands on the shelf.',
      'Line 2 of main.py asks for units, which stands on the shelf: nothing runs.',
      'units was taken from the shelf.',
      'Line 3 of main.py asks for units, which stands on the shelf: nothing runs.',
      'units was taken from the shelf.',
    ]);
    expect(picture.words(1)).toContain('units, your folder: found.');
    expect(picture.words(1)).toContain('Running now: units.');
  });

  it('shows that two files which import each other see each other half made', async () => {
    const picture = await pictureOf('modules', modulesPicture, 'import aa', null, {
      'aa.py': 'from bb import g\ndef f(): pass',
      'bb.py': 'from aa import f\ndef g(): pass',
    });
    const told = sentences(picture);
    expect(told).toContain(
      'Line 1 of bb.py asks for aa, which is still running: it gets it as far as it is.',
    );
    expect(told.join('\n')).toContain('aa: ImportError, aa has not made f yet');
    expect(picture.words(3)).toContain('Running now: aa, then bb.');
  });

  it('shows that an own file hides the library, and lets go of it afterwards', async () => {
    const picture = await pictureOf(
      'modules',
      modulesPicture,
      'import random\nprint(random.x)',
      null,
      {
        'random.py': 'x = 1',
      },
    );
    expect(picture.words(1)).toContain('random, your folder: found.');
    expect(picture.words(1)).toContain(
      'random, the standard library: has it too, and is never looked at.',
    );
    expect((await python.run('import random\nprint(random.randint(5, 5))')).text).toBe('5\n');
  });

  it('says when no place has a module', async () => {
    const picture = await pictureOf('modules', modulesPicture, 'import maths');
    expect(sentences(picture)).toEqual([
      'Nothing has been imported yet.',
      'Line 1 of main.py asks for maths: no place has it.',
      "maths: ModuleNotFoundError, No module named 'maths'",
    ]);
  });
});
