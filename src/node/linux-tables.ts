// Tables of Linux: disks, interrupts, sockets, swap devices, who is logged in.

import { readFileSync } from 'node:fs';
import {
  SOCKET_STATES,
  type DiskReading,
  type InterruptReading,
  type SocketReading,
  type SwapReading,
} from '../core/host/sensors.ts';
import { udevProperty } from './udev.ts';

/** The kernel counts in these, whatever the disk has. */
const SECTOR_BYTES = 512;

/** /proc/diskstats: "8 0 sda" and eleven numbers or more. */
export function parseDisks(diskstats: string | null): readonly DiskReading[] | null {
  if (diskstats === null) return null;
  return rows(diskstats).flatMap(([major = '', minor = '', name = '', ...rest]) => {
    const [readOps = 0, readMerged = 0, readSectors = 0, readMs = 0] = rest.map(Number);
    const [writeOps = 0, writeMerged = 0, writeSectors = 0, writeMs = 0] = rest
      .slice(4)
      .map(Number);
    const [inProgress = 0, ioMs = 0, weightedIoMs = 0] = rest.slice(8).map(Number);
    if (rest.length < 11) return [];
    return [
      {
        name,
        udevProperty: (property: string) => udevProperty(`${major}:${minor}`, property),
        readOps,
        readMerged,
        readOctets: readSectors * SECTOR_BYTES,
        readMs,
        writeOps,
        writeMerged,
        writeOctets: writeSectors * SECTOR_BYTES,
        writeMs,
        inProgress,
        ioMs,
        weightedIoMs,
      },
    ];
  });
}

/** /proc/interrupts: a head with one word for each core, then "24:" and a number for each core. */
export function parseInterrupts(interrupts: string | null): readonly InterruptReading[] | null {
  if (interrupts === null) return null;
  const [head = [], ...lines] = rows(interrupts);
  return lines.flatMap(([label = '', ...rest]) => {
    if (!label.endsWith(':') || rest.length === 0) return [];
    // ERR and MIS have one number for the whole machine.
    const counts = rest.slice(0, head.length).map(Number);
    if (counts.some(Number.isNaN)) return [];
    return [{ name: label.slice(0, -1), count: counts.reduce((sum, count) => sum + count, 0) }];
  });
}

/** /proc/net/tcp and tcp6: "0: 0100007F:07D3 00000000:0000 0A ...", ports and state in hexadecimal. */
export function parseSockets(tables: readonly (string | null)[]): readonly SocketReading[] | null {
  if (tables.every((table) => table === null)) return null;
  return tables.flatMap((table) =>
    rows(table ?? '').flatMap(([, local = '', remote = '', code = '']) => {
      const state = SOCKET_STATES[Number.parseInt(code, 16) - 1];
      if (state === undefined) return [];
      return [{ state, localPort: portOf(local), remotePort: portOf(remote) }];
    }),
  );
}

/** Of an address as the kernel writes it. */
export function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}

/** /proc/swaps: a head, then "/dev/sda2 partition 1048572 0 -2", sizes in kB. */
export function parseSwapDevices(swaps: string | null): SwapReading['devices'] {
  return rows(swaps ?? '')
    .slice(1)
    .map(([name = '', , total, used]) => ({
      name,
      total: Number(total) * 1024,
      used: Number(used) * 1024,
    }));
}

/** One entry of utmp in glibc, and what its first number says: a person at a terminal. */
const UTMP_BYTES = 384;
const USER_PROCESS = 7;

/** A system without the file has nobody logged in that it would know of. */
export function countUsers(utmp: string): number {
  let entries: Buffer;
  try {
    entries = readFileSync(utmp);
  } catch {
    return 0;
  }
  let count = 0;
  for (let at = 0; at + UTMP_BYTES <= entries.length; at += UTMP_BYTES)
    if (entries.readInt16LE(at) === USER_PROCESS) count++;
  return count;
}

/** The words of each line that has some. */
export function rows(table: string): readonly (readonly string[])[] {
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([first]) => first !== '');
}
