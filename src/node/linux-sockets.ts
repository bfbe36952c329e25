// Which sockets this process has open, as Linux tells: /proc/self/fd and the tables of UDP.
//
//   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ref pointer drops
//   7:  0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000   0       0 48123   2 0000    17

import { readdirSync, readlinkSync } from 'node:fs';
import { rows } from './linux-tables.ts';
import { readText } from './proc-text.ts';

const FOLDER = '/proc/self';

export interface UdpSocket {
  /** Address and port as the kernel writes them: "0100007F:1FBD". */
  readonly local: string;
  readonly inode: string;
  /** Packets that found its buffer full. */
  readonly drops: number;
}

/** Of this machine, as far as this process sees it; null where there is no such table. */
export function udpSockets(): readonly UdpSocket[] | null {
  const tables = ['udp', 'udp6'].map((name) => readText(`${FOLDER}/net/${name}`));
  if (tables.every((table) => table === null)) return null;
  return tables.flatMap((table) => parseUdpSockets(table ?? ''));
}

export function parseUdpSockets(table: string): readonly UdpSocket[] {
  return rows(table)
    .slice(1)
    .map(([, local = '', , , , , , , , inode = '', , , drops]) => ({
      local,
      inode,
      drops: Number(drops ?? 0),
    }));
}

/** The file descriptors of this process that are sockets, by their inodes. */
export function ownSockets(): ReadonlyMap<string, number> {
  const sockets = new Map<string, number>();
  for (const name of namesIn(`${FOLDER}/fd`)) {
    const inode = /^socket:\[(\d+)\]$/.exec(linkOrEmpty(`${FOLDER}/fd/${name}`))?.[1];
    if (inode !== undefined) sockets.set(inode, Number(name));
  }
  return sockets;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The folder itself was open while it was read, and is not any more. */
function linkOrEmpty(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
