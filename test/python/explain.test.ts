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
  expect(explain({ type: 'KeyError', message: "'a'", line: 1 })).toBeNull();
});
