import { expect, it } from 'vitest';
import { readAuthFile, USERS_MAX } from '../../../src/core/collect/network/auth-file.ts';

it('reads a user and a password from each line, and passes over what is neither', () => {
  const read = readAuthFile(
    '# users\r\nweb1: open sesame\r\nweb2:a:b \n\nnobody\nempty:   \nweb1: later\n web3: x\n:y\n',
  );
  expect(read.ok && [...read.value]).toEqual([
    ['web1', 'open sesame'],
    ['web2', 'a:b '],
    [' web3', 'x'],
  ]);
});

it(`reads ${USERS_MAX} users and no more`, () => {
  const users = (count: number): string =>
    Array.from({ length: count }, (_, index) => `u${index}: p`).join('\n');
  expect(readAuthFile(users(USERS_MAX)).ok).toBe(true);
  expect(readAuthFile(users(USERS_MAX + 1))).toEqual({
    ok: false,
    why: `it has more than ${USERS_MAX} users`,
  });
});
