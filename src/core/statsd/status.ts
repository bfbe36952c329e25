// What the management port tells of each backend, in the order of the file; a repeater has nothing to tell.

import type { Backend } from './config.ts';
import type { SenderCounts } from './graphite-sender.ts';

export interface Status {
  readonly startedS: number;
  /** When the console backend printed; for the real program that stays at the start. */
  readonly lastPrintedS: number;
  readonly counts: SenderCounts;
}

type NamedValue = readonly [name: string, value: number];

export function statusOf(
  backends: readonly Backend[],
  { startedS, lastPrintedS, counts }: Status,
): readonly NamedValue[] {
  const lines: Readonly<Record<Backend, readonly NamedValue[]>> = {
    graphite: [
      ['graphite.last_flush', counts.lastFlushS],
      ['graphite.last_exception', counts.lastExceptionS],
      ['graphite.flush_time', counts.flushTimeMs],
      ['graphite.flush_length', counts.flushLength],
    ],
    console: [
      ['console.lastFlush', lastPrintedS],
      ['console.lastException', startedS],
    ],
    repeater: [],
  };
  return backends.flatMap((backend) => lines[backend]);
}

/** Of a StatsD that sends to nobody. */
export const NEVER_SENT: SenderCounts = {
  sent: 0,
  waiting: 0,
  lost: 0,
  lastExceptionS: 0,
  lastFlushS: 0,
  flushTimeMs: 0,
  flushLength: 0,
};
