// What a Carbon is told at its start.

import type { Address } from '../host/net.ts';
import { PATH_RULES } from '../whisper/metric-path.ts';
import { AGGREGATION_DEFAULT } from './aggregation.ts';
import { NO_LISTS } from './name-lists.ts';
import type { IntakeRules } from './intake.ts';
import type { WriterConfig } from './writer.ts';
import { SCHEMA_DEFAULT } from './schemas.ts';

export interface CarbonConfig extends WriterConfig, IntakeRules {
  /** Where it listens; null does not. */
  readonly line: Address | null;
  readonly udp: Address | null;
  readonly pickle: Address | null;
  /** Where graphite-web asks for points that are not written yet: 7002 in the real program. */
  readonly query: Address | null;
  /** Points; at this size senders over TCP are slowed down, 5 % above it points are dropped. */
  readonly cacheSizeMax: number;
  /** USE_FLOW_CONTROL; false has points dropped at cacheSizeMax instead. */
  readonly slowsSenders: boolean;
  /** More connections wait until one ends. */
  readonly connectionsMax: number;
  /** A connection that brought no point for longer is closed; Infinity never. */
  readonly idleS: number;
  /** Between two rounds of the writer. */
  readonly writeIntervalMs: number;
  /** Metrics that it writes before sockets have their turn again. */
  readonly updatesPerTurnMax: number;
  readonly pickleFrameBytesMax: number;
  /** Name of this host in Carbon's own metrics, with its dots. */
  readonly hostName: string;
  /** The parts around it: carbon.agents.<host>-a */
  readonly metricPrefix: string;
  readonly instance: string;
  /** Seconds between its own metrics; 0 for none. */
  readonly ownMetricsIntervalS: number;
  readonly logsConnections: boolean;
  readonly logsLost: boolean;
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
  updatesPerSecondAtEnd: Infinity,
  lagS: 0,
  paths: PATH_RULES,
  keepsTags: true,
  logsCreates: true,
  logsUpdates: false,
  strict: false,
  resolutionS: 1,
  lists: NO_LISTS,
  cacheSizeMax: 2_000_000,
  slowsSenders: true,
  connectionsMax: Infinity,
  idleS: Infinity,
  writeIntervalMs: 1000,
  updatesPerTurnMax: 250,
  pickleFrameBytesMax: 1_048_576,
  hostName: 'localhost',
  metricPrefix: 'carbon',
  instance: 'a',
  ownMetricsIntervalS: 60,
  logsConnections: false,
  logsLost: true,
  journalSyncMs: 100,
  journalBytesMax: 1024 ** 3,
};
