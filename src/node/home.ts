// The folder of a stack, <home>: whisper/ conf/ state/ dashboards/ labs/.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bad, good, type Result } from '../core/base/result.ts';
import {
  COLLECTD_CONF,
  STATSD_CONF,
  STORAGE_AGGREGATION_CONF,
  STORAGE_SCHEMAS_CONF,
} from '../lab/default-conf.ts';
import { messageOf } from './files.ts';
import { takeLock } from './lock.ts';
import { readOrNull } from './small-files.ts';

export interface Home {
  readonly folder: string;
  readonly whisper: string;
  readonly state: string;
  readonly dashboards: string;
  readonly confFolder: string;
  /** Text of a file in conf/, or null. */
  conf(name: string): string | null;
  /** True when this start made the folder. */
  readonly isNew: boolean;
}

const CONF_FILES: Readonly<Record<string, string>> = {
  'collectd.conf': COLLECTD_CONF,
  'statsd.js': STATSD_CONF,
  'storage-schemas.conf': STORAGE_SCHEMAS_CONF,
  'storage-aggregation.conf': STORAGE_AGGREGATION_CONF,
};

export function defaultHome(): string {
  return process.env['STACKLAB_HOME'] ?? join(homedir(), '.stacklab');
}

/** Opens the folder, and on the first start fills conf/ with commented files. */
export function openHome(folder: string): Result<Home> {
  const isNew = !existsSync(join(folder, 'conf'));
  try {
    for (const name of ['whisper', 'conf', 'state', 'dashboards', 'labs'])
      mkdirSync(join(folder, name), { recursive: true });
    for (const [name, text] of Object.entries(CONF_FILES))
      if (!existsSync(join(folder, 'conf', name))) writeFileSync(join(folder, 'conf', name), text);
  } catch (error) {
    return bad(`The folder ${folder} cannot be used: ${messageOf(error)}.`);
  }
  return good({
    folder,
    whisper: join(folder, 'whisper'),
    state: join(folder, 'state'),
    dashboards: join(folder, 'dashboards'),
    confFolder: join(folder, 'conf'),
    conf: (name) => readOrNull(join(folder, 'conf', name)),
    isNew,
  });
}

/** Makes this process the only writer of the folder; the value gives the lock back. */
export function lockHome(home: Home): Result<() => void> {
  return takeLock(
    home.state,
    (pid) =>
      `A stack already uses ${home.folder} (process ${pid}). Stop it first, or choose another folder with --home.`,
  );
}
