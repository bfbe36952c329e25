// Debian's carbon-cache and ours with --strict, side by side, with the same carbon.conf but for the ports.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERY_SECOND, startOurCarbonOn } from './ours.ts';
import { freePort } from './peer.ts';
import { startRealCarbon, type CarbonKeys } from './real-carbon.ts';

export interface Ports {
  readonly line: number;
  readonly udp: number;
  readonly pickle: number;
  readonly query: number;
}

export type Pair = Record<'theirs' | 'ours', Ports> & { stop(): Promise<void> };

/** The trees are `folder`/theirs and `folder`/ours; what else is in `folder`/conf counts for both. */
export async function startPair(folder: string, keys: CarbonKeys): Promise<Pair> {
  const conf = join(folder, 'conf');
  mkdirSync(conf, { recursive: true });
  writeFileSync(join(conf, 'storage-schemas.conf'), EVERY_SECOND);
  const [udp, pickled, query] = [await freePort(), await freePort(), await freePort()];
  const real = await startRealCarbon(folder, conf, join(folder, 'theirs'), {
    ...keys,
    ENABLE_UDP_LISTENER: 'True',
    UDP_RECEIVER_INTERFACE: '127.0.0.1',
    UDP_RECEIVER_PORT: udp,
    PICKLE_RECEIVER_PORT: pickled,
    CACHE_QUERY_PORT: query,
  });
  const names = ['line', 'udp', 'pickle', 'query'] as const;
  const ours = await startOurCarbonOn(names, conf, join(folder, 'ours'), ['--strict']);
  return {
    theirs: { line: real.port, udp, pickle: pickled, query },
    ours,
    async stop() {
      await real.stop();
      await ours.stop();
    },
  };
}
