// The Carbons that are measured, started on a folder of their own, without limits and without metrics of their own.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CARBON_CACHE, freePort, isListening } from '../peers/peer.ts';
import { carbonConf } from '../peers/real-carbon.ts';
import type { Protocol } from './carbon-load.ts';
import { startProgram, type Usage } from './program.ts';

export const TARGETS = ['ours', 'ours, no journal', 'carbon-cache'] as const;
export type Target = (typeof TARGETS)[number];

export interface Targets {
  /** Takes a folder of each. */
  readonly place: string;
  /** Where the programs of the bench stand. */
  readonly built: string;
  /** dist/stacklab.js */
  readonly stacklab: string;
}

export interface RunningCarbon {
  readonly ports: Readonly<Record<Protocol, number>>;
  /** Its tree. */
  readonly data: string;
  usage(): Usage;
  end(): Promise<void>;
}

const START_MS_MAX = 15_000;
const SCHEMAS = '[bench]\npattern = .*\nretentions = 10s:6h,60s:1d\n';
const AGGREGATION = '[bench]\npattern = .*\nxFilesFactor = 0\naggregationMethod = average\n';
const OUR_CONF = '[cache]\nMAX_CACHE_SIZE = inf\nCARBON_METRIC_INTERVAL = 0\n';

export async function startTarget(
  target: Target,
  { built, stacklab }: Targets,
  folder: string,
): Promise<RunningCarbon> {
  const [conf, data] = [join(folder, 'conf'), join(folder, 'data')];
  for (const each of [conf, data]) mkdirSync(each);
  const isReal = target === 'carbon-cache';
  const real = isReal ? { line: await freePort(), pickle: await freePort() } : null;
  writeFileSync(join(conf, 'storage-schemas.conf'), SCHEMAS);
  writeFileSync(join(conf, 'storage-aggregation.conf'), AGGREGATION);
  const carbonFile = join(conf, 'carbon.conf');
  writeFileSync(
    carbonFile,
    real === null
      ? OUR_CONF
      : carbonConf(folder, conf, data, {
          LINE_RECEIVER_PORT: real.line,
          PICKLE_RECEIVER_PORT: real.pickle,
        }),
  );

  const anyPort = '127.0.0.1:0';
  const commands: Readonly<Record<Target, readonly string[]>> = {
    ours: [
      stacklab,
      'carbon',
      '--config',
      conf,
      '--data',
      data,
      '--line',
      anyPort,
      '--pickle',
      anyPort,
    ],
    'ours, no journal': [join(built, 'carbon-unkept.js'), conf, data],
    'carbon-cache': [
      `--config=${carbonFile}`,
      `--pidfile=${join(folder, 'pid')}`,
      '--nodaemon',
      'start',
    ],
  };
  const program = isReal ? CARBON_CACHE : process.execPath;
  const running = startProgram(program, commands[target], join(folder, 'log'));
  const isUp = async (): Promise<boolean> =>
    real === null
      ? /^ready/m.test(running.printed())
      : (await isListening(real.line)) && (await isListening(real.pickle));
  try {
    await running.until(isUp, Date.now() + START_MS_MAX);
  } catch (error) {
    await running.end();
    throw error;
  }
  const portOf = (name: string): number =>
    Number(new RegExp(`${name} 127\\.0\\.0\\.1:(\\d+)`).exec(running.printed())?.[1]);
  const ports = real ?? { line: portOf('line'), pickle: portOf('pickle') };
  return { ...running, data, ports: { lines: ports.line, pickles: ports.pickle } };
}
