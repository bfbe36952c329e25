// Packets that never arrived: the kernel drops what finds its buffer full, and only the kernel has counted them.
//
//   packets --> buffer of the kernel --> StatsD
//         '--> dropped, when StatsD does not read fast enough: statsd.packets_dropped_by_kernel

import type { Log } from '../host/log.ts';
import { count, type Tally } from './tally.ts';

/** How many packets to these UDP ports of ours were dropped since they were opened, modulo 2^32; null where nobody can tell. */
export type KernelDrops = (udpPorts: readonly number[]) => number | null;

export interface DropCounter {
  /** Counts what was dropped since the last call. */
  count(tally: Tally, prefixStats: string): void;
}

export function makeDropCounter(
  read: KernelDrops,
  udpPorts: readonly number[],
  log: Log,
): DropCounter {
  let before = 0;
  return {
    count(tally, prefixStats) {
      const total = read(udpPorts);
      if (total === null) return;
      // The kernel's counters have 32 bits and begin again.
      const dropped = (total - before) >>> 0;
      before = total;
      count(tally, `${prefixStats}.packets_dropped_by_kernel`, dropped);
      if (dropped > 0) log.say('warning', WHAT_TO_DO, { packets: dropped });
    },
  };
}

const WHAT_TO_DO =
  'The kernel dropped packets, because they came faster than they were read: send several metrics in a packet (20 short lines fit into 1432 bytes), or raise net.core.rmem_max and start again.';
