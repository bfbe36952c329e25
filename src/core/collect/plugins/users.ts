// How many people are logged in: users/users.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export const users: ReadingPlugin<Readonly<Record<string, never>>> = {
  name: 'users',
  tells: 'who is logged in',
  defaults: {},

  collect(reading) {
    const count = reading.users;
    return count === null ? null : [valueList({ plugin: 'users', type: 'users' }, count)];
  },
};
