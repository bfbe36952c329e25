// A Carbon for a StatsD, which passes all on to another Carbon: so a test knows what was sent, and when.
//
//   statsd --(one connection a flush)--> tee --> carbon
//                                         '----> flushes()

import { connect, createServer, type AddressInfo } from 'node:net';
import type { Points } from '../tools/stored-file.ts';
import { pathOf } from './stored.ts';

/** "name value time". */
export type Flush = readonly string[];

export interface Tee {
  readonly port: number;
  /** The flushes that came so far and that Carbon has read to their end. */
  flushes(): readonly Flush[];
  /** Whether nothing is on its way to Carbon. */
  isIdle(): boolean;
  end(): void;
}

export function startTee(carbonPort: number): Promise<Tee> {
  const flushes: Flush[] = [];
  let connections = 0;
  const server = createServer((statsd) => {
    const carbon = connect(carbonPort, '127.0.0.1').resume();
    connections++;
    let text = '';
    statsd.setEncoding('utf8').on('data', (part: string) => (text += part));
    statsd.on('end', () => carbon.end(text));
    // Carbon closes its side when it has read all.
    carbon.on('close', () => {
      connections--;
      flushes.push(text.trimEnd().split('\n'));
    });
    // A daemon that is killed at the end of a failed test breaks its connections.
    for (const socket of [statsd, carbon]) socket.on('error', () => socket.destroy());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        port,
        flushes: () => flushes,
        isIdle: () => connections === 0,
        end: () => server.close(),
      });
    });
  });
}

/** What a tree must hold when it got these flushes: by path of the file. */
export function filesOf(flushes: readonly Flush[]): Readonly<Record<string, Points>> {
  const files: Record<string, Map<number, number>> = {};
  for (const line of flushes.flat()) {
    const [name = '', value, time] = line.split(' ');
    (files[pathOf(name)] ??= new Map()).set(Number(time), Number(value));
  }
  return files;
}
