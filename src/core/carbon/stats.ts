// The counters of one Carbon: totals since its start, and three readings of now.

import type { WriterCounts } from './writer.ts';

export interface CarbonStats extends Readonly<WriterCounts>, Readonly<ReceiveCounts> {
  /** Points that are lost: see ledger.ts. */
  readonly tooOld: number;
  readonly overwritten: number;
  readonly cacheSize: number;
  readonly cacheQueues: number;
  readonly activeConnections: number;
}

export interface ReceiveCounts {
  /** Points that were read well, whatever became of them later. */
  metricsReceived: number;
  invalidLines: number;
  invalidPickles: number;
  /** Points whose name no file can have. */
  badNames: number;
  /** Points whose time no file can hold. */
  badTimes: number;
  /** Points with the value NaN, which Carbon drops without a word. */
  nanValues: number;
  /** Points that found the cache full. */
  overflow: number;
  /** Points that blacklist.conf or whitelist.conf keeps out. */
  blacklistMatches: number;
  whitelistRejects: number;
  cacheQueries: number;
  cacheBulkQueries: number;
  /** Metrics that bulk queries asked for. */
  cacheBulkMetrics: number;
}

export function makeReceiveCounts(): ReceiveCounts {
  return {
    metricsReceived: 0,
    invalidLines: 0,
    invalidPickles: 0,
    badNames: 0,
    badTimes: 0,
    nanValues: 0,
    overflow: 0,
    blacklistMatches: 0,
    whitelistRejects: 0,
    cacheQueries: 0,
    cacheBulkQueries: 0,
    cacheBulkMetrics: 0,
  };
}
