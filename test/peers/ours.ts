// Our own programs, as they stand beside the real ones: processes that listen on any free port of loopback.

import { mkdirSync, writeFileSync } from 'node:fs';
import { portOf, start, type Environment, type Running } from '../node/program.ts';

/** storage-schemas.conf that keeps every point of a short test. */
export const EVERY_SECOND = '[all]\npattern = .*\nretentions = 1s:10m\n';

export interface Ours {
  readonly port: number;
  /** SIGTERM; refuses when the end was not an orderly one. */
  stop(): Promise<void>;
}

/** `conf` holds the configuration, `data` takes the tree. The port is that of lines. */
export async function startOurCarbon(
  conf: string,
  data: string,
  env: Environment = {},
): Promise<Ours> {
  const { line, stop } = await startOurCarbonOn(['line'], conf, data, [], env);
  return { port: line, stop };
}

export type CarbonPort = 'line' | 'udp' | 'pickle' | 'query';

/** Listens to all that is named, and tells each port by its name. */
export async function startOurCarbonOn<Name extends CarbonPort>(
  names: readonly Name[],
  conf: string,
  data: string,
  options: readonly string[] = [],
  env: Environment = {},
): Promise<Record<Name, number> & Pick<Ours, 'stop'>> {
  mkdirSync(data, { recursive: true });
  const ports = names.flatMap((name) => [`--${name}`, '127.0.0.1:0']);
  const args = ['carbon', '--config', conf, '--data', data, ...ports, ...options];
  const carbon = await start(args, env);
  const of = Object.fromEntries(names.map((name) => [name, portOf(carbon.ready, name)]));
  return { ...(of as Record<Name, number>), stop: () => stop(carbon) };
}

/** `file` takes the configuration. The port is that of packets, over UDP or, where `config` says so, over TCP. */
export async function startOurStatsd(
  file: string,
  config: object,
): Promise<Ours & { readonly managementPort: number; printed(): string }> {
  writeFileSync(file, JSON.stringify({ ...config, port: 0, mgmt_port: 0 }));
  const statsd = await start(['statsd', file]);
  return {
    port: portOf(
      statsd.ready,
      'server' in config && config.server === './servers/tcp' ? 'tcp' : 'udp',
    ),
    managementPort: portOf(statsd.ready, 'management'),
    printed: statsd.out,
    stop: () => stop(statsd),
  };
}

export async function startOurCollector(file: string): Promise<Pick<Ours, 'stop'>> {
  const collector = await start(['collector', '-C', file]);
  return { stop: () => stop(collector) };
}

async function stop(program: Running): Promise<void> {
  const { code, err } = await program.stop();
  if (code !== 0) throw new Error(`${program.ready} ended with ${code}: ${err}`);
}
