// The real carbon-cache, as it is told to work on a folder of its own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../node/program.ts';
import { CARBON_CACHE, freePort, isListening, startPeer, type RunningPeer } from './peer.ts';

export interface RealCarbon extends RunningPeer {
  /** Of lines. */
  readonly port: number;
}

/** Keys of carbon.conf with what they are set to instead. */
export type CarbonKeys = Readonly<Record<string, string | number>>;

/**
 * `folder` takes its logs, `data` its tree. Its carbon.conf stands beside the other files of `conf`, where our
 * Carbon reads it too; `keys` go over what stands below.
 */
export async function startRealCarbon(
  folder: string,
  conf: string,
  data: string,
  keys: CarbonKeys = {},
  env: Environment = {},
): Promise<RealCarbon> {
  const port = await freePort();
  const file = join(conf, 'carbon.conf');
  mkdirSync(data, { recursive: true });
  writeFileSync(file, carbonConf(folder, conf, data, { LINE_RECEIVER_PORT: port, ...keys }));
  const args = [`--config=${file}`, `--pidfile=${join(folder, 'carbon.pid')}`, '--nodaemon'];
  const peer = await startPeer(CARBON_CACHE, [...args, 'start'], () => isListening(port), env);
  return { ...peer, port };
}

// Nothing is limited, and nothing but what is sent gets into the tree: no metrics of its own. A pickle port of
// 0 is none, a query port of 0 is any free one. Tags would be told to a graphite-web that is not there.
export function carbonConf(folder: string, conf: string, data: string, keys: CarbonKeys): string {
  const all: CarbonKeys = {
    STORAGE_DIR: folder,
    LOCAL_DATA_DIR: data,
    CONF_DIR: conf,
    LOG_DIR: folder,
    PID_DIR: folder,
    USER: '',
    MAX_CACHE_SIZE: 'inf',
    MAX_UPDATES_PER_SECOND: 'inf',
    MAX_CREATES_PER_MINUTE: 'inf',
    LINE_RECEIVER_INTERFACE: '127.0.0.1',
    PICKLE_RECEIVER_INTERFACE: '127.0.0.1',
    PICKLE_RECEIVER_PORT: 0,
    CACHE_QUERY_INTERFACE: '127.0.0.1',
    CACHE_QUERY_PORT: 0,
    CARBON_METRIC_INTERVAL: 0,
    ENABLE_TAGS: 'False',
    ENABLE_LOGROTATION: 'False',
    ...keys,
  };
  const lines = Object.entries(all).map(([key, value]) => `${key} = ${value}\n`);
  return `[cache]\n${lines.join('')}`;
}
