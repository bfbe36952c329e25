import { expect, it } from 'vitest';
import { explain } from '../../src/python/explain.ts';

it.each([
  [
    'TypeError',
    "make_label.<locals>.label() missing 1 required positional argument: 'name'",
    "Line 4 calls `label`, but gives no value for 'name'.",
  ],
  [
    'TypeError',
    "'int' object is not callable",
    'Line 4 puts parentheses after a value of the type int.',
  ],
  ['NameError', "name 'wrad' is not defined", 'called `wrad` here'],
  [
    'UnboundLocalError',
    "cannot access local variable 'count' where",
    'gives `count` a value somewhere',
  ],
  ['RuntimeError', "can't start new thread", 'has one thread'],
  ['MemoryError', '', 'Line 4 asks for more memory'],
  ['SystemExit', '3', 'the exit code 3'],
  ['RecursionError', 'Stack overflow (used 184 kB)', 'called itself until Python stopped it'],
  [
    'RecursionError',
    'Stack overflow (used 48 kB) during compilation',
    'more inside one another here',
  ],
])('explains a %s in the names of the program', (type, message, words) => {
  expect(explain({ type, message, line: 4 })).toContain(words);
});

it('adds nothing to what it does not know', () => {
  expect(explain({ type: 'BufferError', message: 'full', line: 1 })).toBeNull();
});

it.each([
  ['deff f():\n    pass', 1, '`deff` is no word of Python. Did you mean `def`?'],
  ['def f():\n    retrun 1', 2, 'Did you mean `return`?'],
  ['x = 3\nesle:\n    pass', 2, '`esle` is no word of Python. Did you mean `else`?'],
  ['retrun f(2)', 1, 'Did you mean `return`?'],
  ['Whiel True:', 1, 'Did you mean `while`?'],
])('finds the misspelled word of %j', (code, line, words) => {
  expect(explain({ type: 'SyntaxError', message: 'invalid syntax', line }, code)).toContain(words);
});

it.each(['print("retrun") 1', 'x y', 'forty two # retrun', 'total tax'])(
  'blames no word of %j, which only looks like one in a text, or not at all',
  (code) => {
    expect(explain({ type: 'SyntaxError', message: 'invalid syntax', line: 1 }, code)).toBeNull();
  },
);

it('says when a name gets its value only below', () => {
  const code = 'print(dose(2))\n\ndef dose(n):\n    return n';
  const error = { type: 'NameError', message: "name 'dose' is not defined", line: 1 };
  expect(explain(error, code)).toBe(
    'Line 3 makes `dose`, but line 1 runs before it. Python goes from top to bottom.',
  );
});
