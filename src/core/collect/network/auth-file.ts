// AuthFile: who may send, and their passwords.
//
//   user: password          one a line; a line that begins with # counts for nothing

import { bad, good, type Result } from '../../base/result.ts';
import type { Secrets } from '../../host/secrets.ts';
import type { PasswordOf } from './security.ts';

/** Users of one file. */
export const USERS_MAX = 10_000;

/** The first line of a user counts. */
export function readAuthFile(text: string): Result<ReadonlyMap<string, string>> {
  const users = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, user, password] = /^(?!#)([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (user === undefined || password === undefined || password === '' || users.has(user))
      continue;
    if (users.size >= USERS_MAX) return bad(`it has more than ${USERS_MAX} users`);
    users.set(user, password);
  }
  return good(users);
}

/** Reads it again when it has changed; one that cannot be read any more changes nothing. */
export function openAuthFile(path: string, secrets: Secrets): Result<PasswordOf> {
  const file = secrets.passwordFile(path);
  let text = '';
  let users: ReadonlyMap<string, string> = new Map();

  function refresh(): Result<null> {
    const now = file();
    if (!now.ok) return now;
    if (now.value === text) return good(null);
    const read = readAuthFile(now.value);
    if (!read.ok) return bad(`The AuthFile ${path} is not taken: ${read.why}.`);
    text = now.value;
    users = read.value;
    return good(null);
  }

  const first = refresh();
  if (!first.ok) return first;
  return good((username) => {
    refresh();
    return users.get(username) ?? null;
  });
}
