// The folder of a stack, <home>: whisper/ conf/ state/ dashboards/ labs/.

import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
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

export interface Home {
  readonly folder: string;
  readonly whisper: string;
  readonly state: string;
  readonly dashboards: string;
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
    conf: (name) => readOrNull(join(folder, 'conf', name)),
    isNew,
  });
}

export function readOrNull(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** Replaces a small file so that a crash leaves the old or the new one, never half. */
export function replaceFile(path: string, text: string): Result<null> {
  try {
    writeFileSync(`${path}.tmp`, text);
    renameSync(`${path}.tmp`, path);
    return good(null);
  } catch (error) {
    return bad(`Writing ${path} failed: ${messageOf(error)}.`);
  }
}

/** Makes this process the only writer of the folder; the value gives the lock back. */
export function lockHome(home: Home): Result<() => void> {
  const path = join(home.state, 'lock');
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return good(() => rmSync(path, { force: true }));
    } catch {
      const owner = Number(readOrNull(path) ?? 0);
      if (isRunning(owner))
        return bad(
          `A stack already uses ${home.folder} (process ${owner}). Stop it first, or choose another folder with --home.`,
        );
      // Its owner ended without cleaning up, as after a power cut.
      rmSync(path, { force: true });
    }
  }
  return bad(`The lock file ${path} could not be made.`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** The dashboards of the folder, those a reader saved or put there. */
export function listDashboardFiles(home: Home): readonly string[] {
  return readdirSync(home.dashboards).filter((name) => name.endsWith('.json'));
}
