// Our own programs, as they stand beside the real ones: processes that listen on any free port of loopback.

import { mkdirSync, writeFileSync } from 'node:fs';
import { portOf, start, type Running } from '../node/program.ts';

/** storage-schemas.conf that keeps every point of a short test. */
export const EVERY_SECOND = '[all]\npattern = .*\nretentions = 1s:10m\n';

export interface Ours {
  readonly port: number;
  /** SIGTERM; refuses when the end was not an orderly one. */
  stop(): Promise<void>;
}

/** `conf` holds the configuration, `data` takes the tree. The port is that of lines. */
export async function startOurCarbon(conf: string, data: string): Promise<Ours> {
  mkdirSync(data, { recursive: true });
  const place = ['--config', conf, '--data', data, '--line', '127.0.0.1:0'];
  const carbon = await start(['carbon', ...place]);
  return { port: portOf(carbon.ready, 'line'), stop: () => stop(carbon) };
}

/** `file` takes the configuration. The port is that of packets. */
export async function startOurStatsd(file: string, config: object): Promise<Ours> {
  writeFileSync(file, JSON.stringify({ ...config, port: 0 }));
  const statsd = await start(['statsd', file]);
  return { port: portOf(statsd.ready, 'udp'), stop: () => stop(statsd) };
}

export async function startOurCollector(file: string): Promise<Pick<Ours, 'stop'>> {
  const collector = await start(['collector', '-C', file]);
  return { stop: () => stop(collector) };
}

async function stop(program: Running): Promise<void> {
  const { code, err } = await program.stop();
  if (code !== 0) throw new Error(`${program.ready} ended with ${code}: ${err}`);
}
