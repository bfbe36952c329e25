// The world of a lab in the page: one computer with a whole stack, and further ones that only report to it.

import { readAggregations } from '../core/carbon/aggregation.ts';
import { CARBON_DEFAULTS } from '../core/carbon/config.ts';
import { readSchemas } from '../core/carbon/schemas.ts';
import { makeCollector, type Collector } from '../core/collect/collector.ts';
import { COLLECTOR_DEFAULTS, readCollectorConfig } from '../core/collect/config.ts';
import { good, type Result } from '../core/base/result.ts';
import { openTagLog, TAGS_FILE, type TagLog } from '../core/tags/tag-log.ts';
import { makeStack, type Stack } from '../core/stack.ts';
import { STATSD_DEFAULTS } from '../core/statsd/config.ts';
import { CLINIC_HOST, type WorldHost } from '../core/world/sensors.ts';
import { makeWorld, type World } from '../core/world/world.ts';
import { COLLECTD_CONF, STORAGE_AGGREGATION_CONF } from './default-conf.ts';

export interface PageWorld {
  readonly world: World;
  readonly stack: Stack;
  /** Series with tags. */
  readonly tags: TagLog;
  /** Starts the collector of the first computer anew, with this collectd.conf; says what is wrong with it. */
  configure(collectdConf: string): Result<readonly string[]>;
  /** The file that rules now. */
  collectdConf(): string;
}

export interface PageWorldOptions {
  readonly seed: number;
  readonly startMs: number;
  /** Names of the computers; the stack runs on the first. */
  readonly hostnames: readonly string[];
  readonly collectdConf: string;
}

/** StatsD's flush, the same as the finest retention below. */
export const FLUSH_INTERVAL_MS = 10_000;

/** Smaller than on disk: a page keeps it all in memory. */
export const PAGE_SCHEMAS_CONF = `[default]
pattern = .*
retentions = 10s:6h,1m:1d
`;

/** The usual start of a lab: a Monday morning, always the same, so that everybody sees the same values. */
export const LAB_START_MS = 1_773_046_800_000;

export const PAGE_DEFAULTS: PageWorldOptions = {
  seed: 7,
  startMs: LAB_START_MS,
  hostnames: ['web1', 'web2', 'records'],
  collectdConf: COLLECTD_CONF,
};

export function makePageWorld(options: PageWorldOptions): PageWorld {
  const world = makeWorld({ seed: options.seed, startMs: options.startMs });
  const [firstName = 'web1', ...others] = options.hostnames;
  const tags = openTagLog(world.files, TAGS_FILE, world.log);
  const host = { ...world.host(computer(options.seed, 0)), tags };
  const stack = makeStack(host, {
    hostname: firstName,
    // The collector is started apart, because a lab changes its file.
    collector: COLLECTOR_DEFAULTS,
    statsd: {
      ...STATSD_DEFAULTS,
      flushIntervalMs: FLUSH_INTERVAL_MS,
      graphite: { host: '127.0.0.1', port: 2003 },
      namespace: { ...STATSD_DEFAULTS.namespace, legacy: false },
    },
    carbon: {
      ...CARBON_DEFAULTS,
      udp: { host: '127.0.0.1', port: 2003 },
      schemas: mustRead(readSchemas(PAGE_SCHEMAS_CONF)),
      aggregations: mustRead(readAggregations(STORAGE_AGGREGATION_CONF)),
      hostName: firstName,
    },
  });
  stack.start(() => undefined);
  for (const [index, name] of others.entries()) {
    const { config } = mustRead(readCollectorConfig(COLLECTD_CONF));
    makeCollector(world.host(computer(options.seed, index + 1)), name, config).start();
  }

  let collector: Collector | null = null;
  let conf = options.collectdConf;
  function configure(text: string): Result<readonly string[]> {
    const read = readCollectorConfig(text);
    if (!read.ok) return read;
    collector?.stop(() => {});
    collector = makeCollector(host, read.value.config.hostname ?? firstName, read.value.config);
    collector.start();
    conf = text;
    return good(read.value.warnings);
  }
  configure(options.collectdConf);
  return { world, stack, tags, configure, collectdConf: () => conf };
}

/** Each computer has its own dice, so that no two look the same. */
function computer(seed: number, index: number): WorldHost {
  return { ...CLINIC_HOST, seed: seed * 31 + index, cores: index === 2 ? 4 : CLINIC_HOST.cores };
}

function mustRead<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.why);
  return result.value;
}
