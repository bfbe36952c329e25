// What a collectd plugin hands over: one identifier and the values read for it.
//
//   host / plugin - plugin_instance / type - type_instance
//   web1 / df     - root            / df_complex - free        -> one value
//   web1 / load                     / load                     -> three values

/** The host is left out: every value of a reading belongs to the same one. */
export interface ValueList {
  readonly plugin: string;
  /** "" when the plugin reports one thing only. */
  readonly pluginInstance: string;
  readonly type: TypeName;
  /** "" when the type needs none. */
  readonly typeInstance: string;
  /** One value for each data source of the type, in the order of TYPES. */
  readonly values: readonly number[];
}

/**
 * GAUGE: a level, kept as it is. DERIVE: a total that only grows; what is sent is its rate a second.
 * Source: collectd's types.db.
 */
export type Kind = 'GAUGE' | 'DERIVE';

export interface DataSource {
  readonly name: string;
  readonly kind: Kind;
  readonly min: number;
  readonly max: number;
}

export type TypeName = keyof typeof TYPES;

const rx = derive('rx');
const tx = derive('tx');

/** The rows of collectd 5.12's types.db that the plugins here use. */
export const TYPES = {
  cpu: [derive('value')],
  percent: [gauge('value', 0, 100.1)],
  memory: [gauge('value', 0, 281474976710656)],
  df_complex: [gauge('value', 0, Infinity)],
  percent_bytes: [gauge('value', 0, 100.1)],
  if_octets: [rx, tx],
  if_packets: [rx, tx],
  if_errors: [rx, tx],
  if_dropped: [rx, tx],
  load: [gauge('shortterm', 0, 5000), gauge('midterm', 0, 5000), gauge('longterm', 0, 5000)],
  ps_state: [gauge('value', 0, 65535)],
  fork_rate: [derive('value')],
  swap: [gauge('value', 0, 1099511627776)],
  swap_io: [derive('value')],
} as const satisfies Readonly<Record<string, readonly DataSource[]>>;

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
  return { pluginInstance: '', typeInstance: '', ...identifier, values };
}
