// The sentences below an error, for errors that the shipped Python really raises: its wording changes between versions.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import { explain } from '../../src/python/explain.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

it.each([
  ['deff f():\n    pass', 'a word that is nearly `def`'],
  ['def f():\n    retrun 1', 'nearly `return`'],
  ['esle:\n    pass', 'Did you mean `else`?'],
  ['prnt(1)', 'No variable or function is called `prnt`. There is one called `print`.'],
  ['print(math.pi)', 'There is one called `math`.'],
  ['print(dose)\ndose = 1', 'Line 2 makes `dose`'],
  [
    'def f():\n    def g():\n        return x\n    g()\n    x = 1\nf()',
    'has not given `x` a value yet',
  ],
  ['def f(a): pass\nf(1, a=1)', 'Line 2 gives `a` twice'],
  ['def f(a): pass\nf(b=1)', '`f` has no parameter called `b`'],
  ['def f(a, /): pass\nf(a=1)', '`a` stands before the `/`'],
  ['def f(): print(1)\nf() + 1', 'One side is None'],
  ['[] + 1', 'a list can only be joined with a list'],
  ['[] - 1', 'puts `-` between a list and a int'],
  ['"a" + 1', 'adds a int to a text'],
  ['for x in [2, 1].sort(): pass', 'got None'],
  ['for x in 3: pass', 'a int has no items'],
  ['{[]: 1}', 'A list can change, so it cannot be a dict key'],
  ['{1, []}', 'cannot be a set element'],
  ['None.append', 'asks None for `append`'],
  ['[].apend(1)', 'A list has no `apend`. It has `append`.'],
  ['import maths', 'called `maths`'],
  ['[1][3]', 'a place that the list does not have'],
  ['{}["a"]', "has no key 'a'"],
  ['1 / 0', 'divides by zero'],
  ['int("3.5")', "'3.5' is none"],
  ['a, b = [1]', '2 names on the left and 1 values'],
  ['a, b = [1, 2, 3]', 'and more values'],
  ['assert 1 == 2', 'asserts something that is not so'],
  ['open("rows.csv")', 'no file rows.csv'],
  ['y = [1, 2\nprint(y)', 'The bracket `[` in line 1'],
  ["x = 'abc", 'no quotation mark at its end'],
  ['return 1', 'belongs into a function'],
  ['f(a=1, 2)', 'those with one'],
  ['def f(a=1, b): pass', 'without a default come first'],
  ['if x = 3:\n    pass', 'To compare, write `==`'],
  ['f() = 1', 'cannot be given a value'],
  ['print "hi"', '`print` is a function'],
  ['def f():\n    print(x)\n    global x', 'The line `global x` stands first'],
  ['x = 1\n  y = 2', 'stands further right'],
  ['if 1:\n    x = 1\n  y = 2', 'goes back left'],
  ['if 1:\n\tx = 1\n        y = 2', 'with tabs'],
])('%j is explained: %s', async (code, words) => {
  const { error } = (await python.run(code)).ending;
  expect(error === null ? null : explain(error, code)).toContain(words);
});
