// A broken file keeps what it holds, under a name of its own: a.wsp becomes a.wsp.corrupt-1.

import type { Files } from '../host/files.ts';

/** Broken files of one metric that are kept beside its new one. */
const ASIDE_MAX = 100;

/** The new name; null when there are too many already, or the disk refuses. */
export function moveAside(files: Files, path: string): string | null {
  for (let number = 1; number <= ASIDE_MAX; number++) {
    const aside = `${path}.corrupt-${number}`;
    if (files.exists(aside)) continue;
    return files.rename(path, aside).ok ? aside : null;
  }
  return null;
}
