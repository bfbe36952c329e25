// How many bits of chance the kernel has gathered for keys: entropy/entropy.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export const entropy: ReadingPlugin<Readonly<Record<string, never>>> = {
  name: 'entropy',
  tells: 'how much chance it has gathered',
  defaults: {},

  collect({ entropyBits }) {
    if (entropyBits === null) return null;
    return [valueList({ plugin: 'entropy', type: 'entropy' }, entropyBits)];
  },
};
