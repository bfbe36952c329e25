// A collectd.conf tree -> what the collector does. Keys are compared without regard to case.

import { bad, good, type Result } from '../base/result.ts';
import {
  NETWORK_DEFAULTS,
  readNetwork,
  readNetworkLoad,
  type NetworkConfig,
} from './network/network-config.ts';
import { parseConf, type ConfItem } from './conf.ts';
import { readOptions, show } from './options.ts';
import type { Plugin } from './plugin.ts';
import { PLUGINS, type PluginName, type PluginOptions } from './plugins/registry.ts';
import { readThresholds, type Threshold } from './threshold-config.ts';
import { readWriteGraphite, type WriteGraphiteNode } from './write-graphite-config.ts';

export interface CollectorConfig {
  /** Null: the host's own name. */
  readonly hostname: string | null;
  readonly intervalS: number;
  /** Intervals until a value that does not come is missing. */
  readonly timeout: number;
  /** The longest that a plugin which fails is left alone. */
  readonly maxReadIntervalS: number;
  readonly plugins: PluginOptions;
  /** Of the plugins that have one of their own. */
  readonly intervals: { readonly [Name in PluginName]?: number };
  readonly writeGraphite: readonly WriteGraphiteNode[];
  readonly thresholds: readonly Threshold[];
  /** Null when it is not loaded. */
  readonly network: NetworkConfig | null;
  /** Files with more types than those of our own plugins. */
  readonly typesDb: readonly string[];
}

export const COLLECTOR_DEFAULTS: CollectorConfig = {
  hostname: null,
  intervalS: 10,
  timeout: 2,
  maxReadIntervalS: 86_400,
  plugins: {},
  intervals: {},
  writeGraphite: [],
  thresholds: [],
  network: null,
  typesDb: [],
};

export interface ReadConfig {
  readonly config: CollectorConfig;
  /** Sentences about parts of the file that have no effect here. */
  readonly warnings: readonly string[];
}

/** Options that collectd knows and this collector has no use for: they are left out silently. */
const WITHOUT_EFFECT = new Set(
  ['fqdnlookup', 'basedir', 'pidfile', 'plugindir', 'readthreads'].concat(
    'writethreads',
    'writequeuelimithigh',
    'writequeuelimitlow',
    'collectinternalstats',
  ),
);

/** Plugins that only have a block. */
const WITHOUT_READINGS = new Set(['write_graphite', 'threshold']);

/** What is read so far. */
interface Draft {
  hostname: string | null;
  intervalS: number;
  timeout: number;
  maxReadIntervalS: number;
  autoLoads: boolean;
  readonly plugins: Record<string, object>;
  readonly intervals: Record<string, number>;
  readonly nodes: WriteGraphiteNode[];
  readonly thresholds: Threshold[];
  network: NetworkConfig | null;
  readonly typesDb: string[];
  readonly warnings: string[];
}

export function readCollectorConfig(text: string): Result<ReadConfig> {
  const parsed = parseConf(text);
  if (!parsed.ok) return parsed;
  const lists = { nodes: [], thresholds: [], typesDb: [], warnings: [] };
  const draft: Draft = {
    ...COLLECTOR_DEFAULTS,
    autoLoads: false,
    plugins: {},
    intervals: {},
    ...lists,
  };
  for (const item of parsed.value) {
    const read = readItem(item, draft);
    if (!read.ok) return read;
  }
  const { autoLoads: _, nodes: writeGraphite, warnings, ...read } = draft;
  return good({ config: { ...read, writeGraphite }, warnings });
}

function readItem(item: ConfItem, draft: Draft): Result<null> {
  const key = item.key.toLowerCase();
  const [value] = item.args;
  switch (key) {
    case 'hostname':
      draft.hostname = String(value ?? '');
      return good(null);
    case 'interval':
      return readNumber(item, 'seconds', (intervalS) => (draft.intervalS = intervalS));
    case 'maxreadinterval':
      return readNumber(item, 'seconds', (intervalS) => (draft.maxReadIntervalS = intervalS));
    case 'timeout':
      return readNumber(item, 'a number', (timeout) => (draft.timeout = timeout));
    case 'typesdb':
      draft.typesDb.push(...item.args.map(String));
      return good(null);
    case 'autoloadplugin':
      draft.autoLoads = value === true;
      return good(null);
    case 'loadplugin':
      return readLoad(item, draft);
    case 'plugin':
      return readPluginBlock(item, draft);
    default:
      if (!WITHOUT_EFFECT.has(key))
        draft.warnings.push(`Line ${item.line}: "${item.key}" has no effect here.`);
      return good(null);
  }
}

function readNumber(item: ConfItem, unit: string, put: (value: number) => void): Result<null> {
  const [value] = item.args;
  if (typeof value !== 'number' || value <= 0)
    return bad(`Line ${item.line}: ${item.key} wants ${unit} above 0, received ${show(item)}.`);
  put(value);
  return good(null);
}

function readLoad(item: ConfItem, draft: Draft): Result<null> {
  const name = String(item.args[0] ?? '');
  if (WITHOUT_READINGS.has(name)) return good(null);
  if (name === 'network') {
    const network = readNetworkLoad(item, draft.network ?? NETWORK_DEFAULTS);
    if (network.ok) draft.network = network.value;
    return network.ok ? good(null) : network;
  }
  if (!isPluginName(name)) {
    draft.warnings.push(
      `Line ${item.line}: the plugin "${name}" does not exist here; it is left out.`,
    );
    return good(null);
  }
  draft.plugins[name] ??= PLUGINS[name].defaults;
  for (const option of item.children ?? []) {
    const key = option.key.toLowerCase();
    if (key !== 'interval') continue;
    const read = readNumber(option, 'seconds', (interval) => (draft.intervals[name] = interval));
    if (!read.ok) return read;
  }
  return good(null);
}

function readPluginBlock(block: ConfItem, draft: Draft): Result<null> {
  const name = String(block.args[0] ?? '');
  const { plugins, warnings } = draft;
  if (name === 'write_graphite') {
    const nodes = readWriteGraphite(block.children ?? []);
    if (!nodes.ok) return nodes;
    draft.nodes.push(...nodes.value);
    return good(null);
  }
  if (name === 'threshold') {
    const thresholds = readThresholds(block.children ?? []);
    if (!thresholds.ok) return thresholds;
    draft.thresholds.push(...thresholds.value);
    return good(null);
  }
  if (name === 'network') return readNetworkBlock(block, draft);
  if (!isPluginName(name)) {
    warnings.push(`Line ${block.line}: the plugin "${name}" does not exist here; it is left out.`);
    return good(null);
  }
  // The registry ties each name to its options; a name that is not known yet forgets that tie.
  const plugin = PLUGINS[name] as Plugin<object>;
  const before = plugins[name] ?? (draft.autoLoads ? plugin.defaults : undefined);
  if (before === undefined) return good(warnOfNoLoad(block, draft));
  const read = readOptions(block.children ?? [], before, `plugin ${name}`, plugin.special);
  if (!read.ok) return read;
  plugins[name] = read.value;
  return good(null);
}

function readNetworkBlock(block: ConfItem, draft: Draft): Result<null> {
  const before = draft.network ?? (draft.autoLoads ? NETWORK_DEFAULTS : null);
  if (before === null) return good(warnOfNoLoad(block, draft));
  const network = readNetwork(block, before);
  if (network.ok) draft.network = network.value;
  return network.ok ? good(null) : network;
}

/** collectd ignores the options of a plugin that is not loaded, and beginners wonder why. */
function warnOfNoLoad({ line, args }: ConfItem, { warnings }: Draft): null {
  warnings.push(`Line ${line}: "${String(args[0])}" has options but no LoadPlugin line.`);
  return null;
}

function isPluginName(name: string): name is PluginName {
  return Object.hasOwn(PLUGINS, name);
}
