// The keys of carbon.conf: what each means here, what it may hold, and which of the real program's mean nothing here.

import { isIP } from 'node:net';
import { parsePythonFloat } from '../core/base/number.ts';
import type { CarbonConfig } from '../core/carbon/config.ts';
import { STRATEGIES } from '../core/carbon/write-order.ts';

/** What a key may hold; `read` gives null for everything else. */
export interface Value<T> {
  readonly wants: string;
  read(text: string): T | null;
}

const PORT_MAX = 65_535;

const AMOUNT: Value<number> = {
  wants: 'a number from 0 on, or inf',
  read: (text) => atLeast(0, parsePythonFloat(text)),
};
const SECONDS: Value<number> = {
  wants: 'whole seconds from 0 on',
  read: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null),
};
const COUNT: Value<number> = {
  wants: 'a whole number from 1 on',
  read: (text) => (/^[1-9]\d{0,9}$/.test(text) ? Number(text) : null),
};
const COUNT_OR_INF: Value<number> = {
  wants: 'a whole number from 1 on, or inf',
  read: (text) => (parsePythonFloat(text) === Infinity ? Infinity : COUNT.read(text)),
};
const TIMEOUT: Value<number> = {
  wants: 'seconds, or None',
  read: (text) => (text === 'None' ? Infinity : positive(parsePythonFloat(text))),
};
/** The words of Python's configparser. */
export const FLAG: Value<boolean> = {
  wants: 'True or False',
  read(text) {
    if (/^(?:1|yes|true|on)$/i.test(text)) return true;
    return /^(?:0|no|false|off)$/i.test(text) ? false : null;
  },
};
export const PORT: Value<number> = {
  wants: `a port up to ${PORT_MAX}, or 0 for none`,
  read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX ? Number(text) : null),
};
export const INTERFACE: Value<string> = {
  wants: 'an IP address, like 127.0.0.1',
  read(text) {
    const host = text === 'localhost' ? '127.0.0.1' : text;
    return isIP(host) === 0 ? null : host;
  },
};
export const FOLDER: Value<string> = { wants: 'a folder', read: (text) => text || null };
/** Ceres is another way to keep points, of which nobody knows a tree in use. */
export const DATABASE: Value<'whisper'> = {
  wants: 'whisper',
  read: (text) => (text === 'whisper' ? text : null),
};
const PREFIX: Value<string> = {
  wants: 'the beginning of a name, like carbon',
  read: (text) => (/^[\w-]+(?:\.[\w-]+)*$/.test(text) ? text : null),
};
const STRATEGY: Value<CarbonConfig['strategy']> = {
  wants: `one of ${STRATEGIES.join(', ')}`,
  read: (text) => STRATEGIES.find((name) => name === text) ?? null,
};

function atLeast(least: number, number: number | null): number | null {
  return number !== null && number >= least ? number : null;
}

function positive(number: number | null): number | null {
  return number !== null && number > 0 ? number : null;
}

type ConfigKey<Name extends keyof CarbonConfig> = readonly [Name, Value<CarbonConfig[Name]>];
type AnyConfigKey = { [Name in keyof CarbonConfig]: ConfigKey<Name> }[keyof CarbonConfig];

/** Keys with a part of the configuration that is theirs alone. */
export const CONFIG_KEYS: ReadonlyMap<string, AnyConfigKey> = new Map<string, AnyConfigKey>([
  ['MAX_CACHE_SIZE', ['cacheSizeMax', AMOUNT]],
  ['MAX_UPDATES_PER_SECOND', ['updatesPerSecondMax', AMOUNT]],
  ['MAX_CREATES_PER_MINUTE', ['createsPerMinuteMax', AMOUNT]],
  ['MAX_UPDATES_PER_SECOND_ON_SHUTDOWN', ['updatesPerSecondAtEnd', COUNT_OR_INF]],
  ['MIN_TIMESTAMP_RESOLUTION', ['resolutionS', SECONDS]],
  ['MIN_TIMESTAMP_LAG', ['lagS', SECONDS]],
  ['PICKLE_RECEIVER_MAX_LENGTH', ['pickleFrameBytesMax', COUNT]],
  ['MAX_RECEIVER_CONNECTIONS', ['connectionsMax', COUNT_OR_INF]],
  ['METRIC_CLIENT_IDLE_TIMEOUT', ['idleS', TIMEOUT]],
  ['USE_FLOW_CONTROL', ['slowsSenders', FLAG]],
  ['CACHE_WRITE_STRATEGY', ['strategy', STRATEGY]],
  ['ENABLE_TAGS', ['keepsTags', FLAG]],
  ['LOG_CREATES', ['logsCreates', FLAG]],
  ['LOG_UPDATES', ['logsUpdates', FLAG]],
  ['LOG_LISTENER_CONN_SUCCESS', ['logsConnections', FLAG]],
  ['LOG_LISTENER_CONN_LOST', ['logsLost', FLAG]],
  ['CARBON_METRIC_PREFIX', ['metricPrefix', PREFIX]],
  ['CARBON_METRIC_INTERVAL', ['ownMetricsIntervalS', SECONDS]],
]);

/** Keys whose value asks for something that is done another way here; said when it is this one. */
export const DONE_OTHERWISE: ReadonlyMap<string, readonly [when: boolean, how: string]> = new Map([
  ['WHISPER_AUTOFLUSH', [true, 'the journal is what brings every point to the disk at once']],
  ['WHISPER_FALLOCATE_CREATE', [true, 'files are made sparse: they take room as they fill']],
  ['WHISPER_SPARSE_CREATE', [false, 'files are made sparse: they take room as they fill']],
  ['USE_INSECURE_UNPICKLER', [true, 'pickles are always read the safe way']],
]);

/** Keys of the real program, of all its parts, that nothing here asks for. WHITELISTS_DIR nothing asks for there either. */
export const WITHOUT_EFFECT: readonly string[] = `
  USER STORAGE_DIR CONF_DIR LOG_DIR PID_DIR WHITELISTS_DIR ENABLE_LOGROTATION RAVEN_DSN
  PROTOBUF_RECEIVER_INTERFACE PROTOBUF_RECEIVER_PORT LOG_CACHE_HITS LOG_CACHE_QUEUE_SORTS
  WHISPER_LOCK_WRITES WHISPER_FADVISE_RANDOM RELAY_CACHE_METRICS
  CERES_MAX_SLICE_GAP CERES_NODE_CACHING_BEHAVIOR CERES_SLICE_CACHING_BEHAVIOR CERES_LOCK_WRITES
  GRAPHITE_URL SKIP_TAGS_FOR_NONTAGGED TAG_UPDATE_INTERVAL TAG_BATCH_SIZE TAG_QUEUE_SIZE TAG_RELAY_NORMALIZED
  TCP_KEEPALIVE TCP_KEEPIDLE TCP_KEEPINTVL TCP_KEEPCNT CACHE_METRIC_NAMES_MAX CACHE_METRIC_NAMES_TTL
  RELAY_METHOD REPLICATION_FACTOR DIVERSE_REPLICAS ROUTER_HASH_TYPE DYNAMIC_ROUTER DYNAMIC_ROUTER_MAX_RETRIES
  DESTINATIONS DESTINATION_PROTOCOL DESTINATION_TRANSPORT DESTINATION_SSL_CA DESTINATION_POOL_REPLICAS
  MAX_DATAPOINTS_PER_MESSAGE MAX_QUEUE_SIZE QUEUE_LOW_WATERMARK_PCT MAX_QUEUE_SIZE_HARD_PCT TIME_TO_DEFER_SENDING
  USE_RATIO_RESET MIN_RESET_STAT_FLOW MIN_RESET_RATIO MIN_RESET_INTERVAL
  MAX_AGGREGATION_INTERVALS WRITE_BACK_FREQUENCY FORWARD_ALL LOG_AGGREGATOR_MISSES
  AGGREGATION_RULES REWRITE_RULES RELAY_RULES BIND_PATTERNS ENABLE_AMQP AMQP_VERBOSE AMQP_SPEC AMQP_HOST AMQP_PORT
  AMQP_VHOST AMQP_USER AMQP_PASSWORD AMQP_EXCHANGE AMQP_METRIC_NAME_IN_BODY
  ENABLE_MANHOLE MANHOLE_INTERFACE MANHOLE_PORT MANHOLE_USER MANHOLE_PUBLIC_KEY MANHOLE_HOST_KEY_DIR
`
  .trim()
  .split(/\s+/);
