import { expect, test } from 'vitest';
import { listAgainst, readNameList } from '../../../src/core/carbon/name-lists.ts';

const TEXT = '# who may in\n\n^servers\\.\n  \\.count$  \r\n # no comment\n[broken\n';

test('a list is a pattern a line; comments and empty lines are none', () => {
  const { patterns } = readNameList(TEXT, 'whitelist.conf');
  const lets = (name: string): boolean => patterns.some((pattern) => pattern.test(name));
  expect(patterns).toHaveLength(3);
  expect(['servers.a', 'x.servers.a', 'a.count', 'who'].map(lets)).toEqual([
    true,
    false,
    true,
    false,
  ]);
  // As in the real program, only a "#" at the very start makes a comment.
  expect(lets('# no comment')).toBe(true);
});

test('a line that is no pattern is named and left out', () => {
  expect(readNameList(TEXT, 'whitelist.conf').warnings).toEqual([
    'whitelist.conf line 6 is left out: The pattern "[broken" cannot be used: a set that begins with "[" has no "]".',
  ]);
});

test('a list that is not there keeps nothing out', () => {
  const lists = {
    whitelist: readNameList(null, 'w').patterns,
    blacklist: readNameList(null, 'b').patterns,
  };
  expect(listAgainst(lists, 'any')).toBe(null);
});

test('the blacklist counts before the whitelist', () => {
  const lists = { whitelist: [/^a/u], blacklist: [/x$/u] };
  expect(['a', 'ax', 'bx', 'b'].map((name) => listAgainst(lists, name))).toEqual([
    null,
    'blacklist',
    'blacklist',
    'whitelist',
  ]);
});
