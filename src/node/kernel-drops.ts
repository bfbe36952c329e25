// What Linux tells of UDP packets that it dropped: the last column of /proc/net/udp and udp6.

import type { KernelDrops } from '../core/statsd/kernel-drops.ts';
import { ownSockets, udpSockets, type UdpSocket } from './linux-sockets.ts';
import { portOf } from './linux-tables.ts';

/** Of this process, whose sockets stay as they are from the first call on. */
export function makeKernelDrops(): KernelDrops {
  let own: ReadonlyMap<string, number> | null = null;
  return (udpPorts) => {
    const sockets = udpSockets();
    if (sockets === null) return null;
    own ??= ownSockets();
    return dropsOf(sockets, own, udpPorts);
  };
}

/** `own` by their inodes: somebody else may have the same port at another address. Null when none of them is open. */
export function dropsOf(
  sockets: readonly UdpSocket[],
  own: ReadonlyMap<string, number>,
  udpPorts: readonly number[],
): number | null {
  const found = sockets.filter(
    ({ local, inode }) => own.has(inode) && udpPorts.includes(portOf(local)),
  );
  return found.length === 0 ? null : found.reduce((sum, { drops }) => sum + drops, 0);
}
