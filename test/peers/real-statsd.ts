// The real StatsD of npm, installed once beside the caches of other tools.

import { writeFileSync } from 'node:fs';
import { npmPeer, pathInPeers } from './npm-peer.ts';
import { freePort, isListening, startPeer, type Peer, type RunningPeer } from './peer.ts';

const VERSION = '0.9.0';
/** It uses util.log, which newer versions of Node took away. */
const NODE_MAJOR = '20';
const PROGRAM = pathInPeers('statsd/stats.js');

export const npmStatsd: Peer = {
  ...npmPeer('statsd', VERSION),
  whyImpossible() {
    const { node } = process.versions;
    if (node.startsWith(`${NODE_MAJOR}.`)) return null;
    return `statsd ${VERSION} runs on Node ${NODE_MAJOR} only; this is ${node}`;
  },
};

export interface RealStatsd extends RunningPeer {
  /** Of packets. */
  readonly port: number;
  readonly managementPort: number;
}

/** `config` without the addresses it listens on: those are free ports of loopback. */
export async function startRealStatsd(file: string, config: object): Promise<RealStatsd> {
  const port = await freePort();
  const managementPort = await freePort();
  const places = {
    address: '127.0.0.1',
    port,
    mgmt_address: '127.0.0.1',
    mgmt_port: managementPort,
  };
  // A change of the file after the start would be read as well.
  writeFileSync(file, JSON.stringify({ ...config, ...places, automaticConfigReload: false }));
  const peer = await startPeer(process.execPath, [PROGRAM, file], () =>
    isListening(managementPort),
  );
  return { ...peer, port, managementPort };
}
