// What a collectd plugin hands over: one identifier and the values read for it.
//
//   host / plugin - plugin_instance / type - type_instance
//   web1 / df     - root            / df_complex - free        -> one value
//   web1 / load                     / load                     -> three values

/** The host is left out: every value of a reading belongs to the same one. */
export interface Identifier {
  readonly plugin: string;
  /** "" when the plugin reports one thing only. */
  readonly pluginInstance: string;
  readonly type: string;
  /** "" when the type needs none. */
  readonly typeInstance: string;
}

export interface ValueList extends Identifier {
  /** Those of the type. */
  readonly sources: readonly DataSource[];
  /** One for each data source, in the same order. */
  readonly values: readonly number[];
}

/**
 * GAUGE: a level, kept as it is. DERIVE: a total; what is sent is its rate a second. COUNTER: a total that begins
 * again at zero when its 32 or 64 bits are full. ABSOLUTE: an amount since the last reading.
 */
export type Kind = 'GAUGE' | 'DERIVE' | 'COUNTER' | 'ABSOLUTE';

export interface DataSource {
  readonly name: string;
  readonly kind: Kind;
  readonly min: number;
  readonly max: number;
}

export type TypeName = keyof typeof TYPES;

/** Data sources by the name of their type. */
export type Types = ReadonlyMap<string, readonly DataSource[]>;

const rx = derive('rx');
const tx = derive('tx');
const readWrite = [derive('read'), derive('write')] as const;
const total = [derive('value')] as const;
const amount = [gauge('value', 0, Infinity)] as const;
const any = [gauge('value', -Infinity, Infinity)] as const;
const upTo = (max: number): readonly [DataSource] => [gauge('value', 0, max)];

const UINT16_MAX = 65_535;
const UINT32_MAX = 4_294_967_295;
/** 2^63, the nearest to the largest signed number of 64 bits. */
const INT64_MAX = 9_223_372_036_854_775_808;

/** The types that the plugins here use, each with its data sources: what types.db is for collectd 5.12. */
export const TYPES = {
  absolute: [{ name: 'value', kind: 'ABSOLUTE', min: 0, max: Infinity }],
  apache_bytes: total,
  apache_connections: upTo(UINT16_MAX),
  apache_idle_workers: upTo(UINT16_MAX),
  apache_requests: total,
  apache_scoreboard: upTo(UINT16_MAX),
  bucket: amount,
  bytes: amount,
  cache_size: upTo(1_125_899_906_842_623),
  connections: total,
  contextswitch: total,
  count: amount,
  counter: [{ name: 'value', kind: 'COUNTER', min: -Infinity, max: Infinity }],
  cpu: total,
  derive: total,
  df_complex: amount,
  df_inodes: amount,
  disk_io_time: [derive('io_time'), derive('weighted_io_time')],
  disk_merged: readWrite,
  disk_octets: readWrite,
  disk_ops: readWrite,
  disk_time: readWrite,
  entropy: upTo(UINT32_MAX),
  file_handles: amount,
  fork_rate: total,
  gauge: any,
  if_dropped: [rx, tx],
  if_errors: [rx, tx],
  if_octets: [rx, tx],
  if_packets: [rx, tx],
  io_octets: [rx, tx],
  io_ops: readWrite,
  irq: total,
  latency: amount,
  load: [gauge('shortterm', 0, 5000), gauge('midterm', 0, 5000), gauge('longterm', 0, 5000)],
  memory: upTo(281_474_976_710_656),
  nginx_connections: amount,
  nginx_requests: total,
  pending_operations: amount,
  percent: upTo(100.1),
  percent_bytes: upTo(100.1),
  percent_inodes: upTo(100.1),
  ping: upTo(UINT16_MAX),
  ping_droprate: upTo(1),
  ping_stddev: upTo(UINT16_MAX),
  ps_code: upTo(INT64_MAX),
  ps_count: [gauge('processes', 0, 1_000_000), gauge('threads', 0, 1_000_000)],
  ps_cputime: [derive('user'), derive('syst')],
  ps_data: upTo(INT64_MAX),
  ps_pagefaults: [derive('minflt'), derive('majflt')],
  ps_rss: upTo(INT64_MAX),
  ps_stacksize: upTo(INT64_MAX),
  ps_state: upTo(UINT16_MAX),
  ps_vm: upTo(INT64_MAX),
  queue_length: amount,
  response_time: amount,
  swap: upTo(1_099_511_627_776),
  swap_io: total,
  tcp_connections: upTo(UINT32_MAX),
  temperature: any,
  threads: amount,
  total_values: total,
  uptime: upTo(UINT32_MAX),
  users: upTo(UINT16_MAX),
} as const satisfies Readonly<Record<string, readonly DataSource[]>>;

export const OWN_TYPES: Types = new Map(Object.entries(TYPES));

export function isTypeName(name: string): name is TypeName {
  return Object.hasOwn(TYPES, name);
}

/** collectd's identifier without the host: plugin-instance/type-instance. */
export function identifierOf(list: Identifier): string {
  const joined = (name: string, instance: string): string =>
    instance === '' ? name : `${name}-${instance}`;
  return `${joined(list.plugin, list.pluginInstance)}/${joined(list.type, list.typeInstance)}`;
}

function gauge(name: string, min: number, max: number): DataSource {
  return { name, kind: 'GAUGE', min, max };
}

function derive(name: string): DataSource {
  return { name, kind: 'DERIVE', min: 0, max: Infinity };
}

/** A value list with one value: most of them. */
export function valueList(
  identifier: { plugin: string; pluginInstance?: string; type: TypeName; typeInstance?: string },
  ...values: readonly number[]
): ValueList {
  const sources = TYPES[identifier.type];
  return { pluginInstance: '', typeInstance: '', ...identifier, sources, values };
}
