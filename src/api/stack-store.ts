// The API's store over a stack of this process: its files, and what its cache still holds.

import { bad, good } from '../core/base/result.ts';
import type { Stack } from '../core/stack.ts';
import type { Store } from './store.ts';
import { makeWhisperStore } from './whisper-store.ts';

export function makeStackStore(stack: Stack): Store {
  return makeWhisperStore({
    tree: {
      find: (pattern) => stack.tree.find(pattern),
      fetch: (path, from, until, now) => stack.read(path, from, until, now),
      reach: (path, now) => stack.reach(path, now),
      why: (path, question, time) => stack.why(path, question, time),
      exists: (path) => stack.tree.exists(path),
    },
    // stack.read has put the cached points in already.
    cache: null,
    take: (batch) => {
      const appended = stack.carbon.append(batch);
      return appended.why === null ? good(null) : bad(appended.why);
    },
  });
}
