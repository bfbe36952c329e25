// What Linux tells of UDP packets that it dropped: the last column of /proc/net/udp and udp6.
//
//   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ref pointer drops
//   7:  0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000   0       0 48123   2 0000    17

import { readdirSync, readlinkSync } from 'node:fs';
import type { KernelDrops } from '../core/statsd/kernel-drops.ts';
import { portOf, rows } from './linux-tables.ts';
import { readText } from './proc-text.ts';

const FOLDER = '/proc/self';

/** Of this process, whose sockets stay as they are from the first call on. */
export function makeKernelDrops(): KernelDrops {
  let own: ReadonlySet<string> | null = null;
  return (udpPorts) => {
    const tables = ['udp', 'udp6'].map((name) => readText(`${FOLDER}/net/${name}`));
    if (tables.every((table) => table === null)) return null;
    own ??= socketsOfThisProcess();
    return dropsOf(tables, own, udpPorts);
  };
}

/** `own` are inodes: somebody else may have the same port at another address. */
export function dropsOf(
  tables: readonly (string | null)[],
  own: ReadonlySet<string>,
  udpPorts: readonly number[],
): number {
  let sum = 0;
  for (const row of tables.flatMap((table) => rows(table ?? ''))) {
    const [, local = '', , , , , , , , inode = '', , , drops] = row;
    if (own.has(inode) && udpPorts.includes(portOf(local))) sum += Number(drops ?? 0);
  }
  return sum;
}

function socketsOfThisProcess(): ReadonlySet<string> {
  const inodes = new Set<string>();
  for (const name of readdirSync(`${FOLDER}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(linkOrEmpty(`${FOLDER}/fd/${name}`))?.[1];
    if (inode !== undefined) inodes.add(inode);
  }
  return inodes;
}

/** The folder itself was open while it was read, and is not any more. */
function linkOrEmpty(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
