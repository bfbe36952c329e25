// What the pages keep on this machine: a learner's progress, and dashboards.

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboards, Progress } from '../api/stacklab.ts';
import { readOrNull, replaceFile } from './small-files.ts';

/** Progress in the folder `state`, which is made when there is something to keep. */
export function progressIn(state: string): Progress {
  const path = join(state, 'progress.json');
  return {
    read: () => readOrNull(path),
    write(text) {
      mkdirSync(state, { recursive: true });
      return replaceFile(path, text);
    },
  };
}

/** The dashboards <uid>.json of a folder. */
export function dashboardsIn(folder: string): Dashboards {
  const names = (): readonly string[] =>
    existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return {
    list: () =>
      names().map((name) => {
        const { uid, title, tags } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
          uid: string;
          title: string;
          tags?: readonly string[];
        };
        return { uid, title, tags: tags ?? [] };
      }),
    read: (uid) =>
      names().includes(`${uid}.json`) ? readFileSync(join(folder, `${uid}.json`), 'utf8') : null,
  };
}
