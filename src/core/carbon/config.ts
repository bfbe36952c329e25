// What a Carbon is told at its start.

import type { Address } from '../host/net.ts';
import { AGGREGATION_DEFAULT } from './aggregation.ts';
import type { WriterConfig } from './writer.ts';
import { SCHEMA_DEFAULT } from './schemas.ts';

export interface CarbonConfig extends WriterConfig {
  /** Where it listens; null does not. */
  readonly line: Address | null;
  readonly udp: Address | null;
  readonly pickle: Address | null;
  /** Where graphite-web asks for points that are not written yet: 7002 in the real program. */
  readonly query: Address | null;
  /** Points; at this size senders over TCP are slowed down, 5 % above it points are dropped. */
  readonly cacheSizeMax: number;
  /** Points that the writer handles before sockets have their turn again. */
  readonly pointsPerTurnMax: number;
  readonly pickleFrameBytesMax: number;
  /** Name of this host in Carbon's own metrics, with its dots. */
  readonly hostName: string;
  /** Seconds between its own metrics; 0 for none. */
  readonly ownMetricsIntervalS: number;
  /** What is accepted is in the journal on the disk after about so many milliseconds. */
  readonly journalSyncMs: number;
  /** Senders wait when the journal is larger. */
  readonly journalBytesMax: number;
}

export const CARBON_DEFAULTS: CarbonConfig = {
  line: { host: '127.0.0.1', port: 2003 },
  udp: null,
  pickle: { host: '127.0.0.1', port: 2004 },
  query: null,
  schemas: { list: [SCHEMA_DEFAULT], warnings: [] },
  aggregations: { list: [AGGREGATION_DEFAULT], warnings: [] },
  strategy: 'sorted',
  createsPerMinuteMax: Infinity,
  updatesPerSecondMax: Infinity,
  cacheSizeMax: 2_000_000,
  pointsPerTurnMax: 20_000,
  pickleFrameBytesMax: 1_048_576,
  hostName: 'localhost',
  ownMetricsIntervalS: 60,
  journalSyncMs: 100,
  journalBytesMax: 1024 ** 3,
};
