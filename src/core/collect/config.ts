// A collectd.conf tree -> what the collector does. Keys are compared without regard to case.

import { bad, good, type Result } from '../base/result.ts';
import { whyAbsent } from './absent-plugins.ts';
import type { ConfItem } from './conf.ts';
import { NO_CONF_FILES, parseWithIncludes, type ConfFiles } from './include.ts';
import {
  NETWORK_DEFAULTS,
  readNetwork,
  readNetworkLoad,
  type NetworkConfig,
} from './network/network-config.ts';
import { booleanOf, readOptions, show } from './options.ts';
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
  /** Lines that may wait in memory for one node of write_graphite. */
  readonly linesWaitingMax: number;
  /** The collector tells of itself too. */
  readonly collectsInternalStats: boolean;
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
  linesWaitingMax: 21_600,
  collectsInternalStats: false,
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
    'writequeuelimitlow',
  ),
);

/** The same of LoadPlugin: nothing here waits in a plugin to be flushed, and there are no libraries. */
const WITHOUT_EFFECT_OF_LOAD = new Set(['globals', 'flushinterval', 'flushtimeout']);

/** Filter chains, which decide what becomes of a value. */
const CHAINS = new Set(['chain', 'precachechain', 'postcachechain']);

/** Plugins that only have a block. */
const WITHOUT_READINGS = new Set(['write_graphite', 'threshold']);

/** What is read so far. */
interface Draft {
  hostname: string | null;
  intervalS: number;
  timeout: number;
  maxReadIntervalS: number;
  linesWaitingMax: number;
  collectsInternalStats: boolean;
  autoLoads: boolean;
  /** Names of plugins that do not exist here, each told once. */
  readonly absent: Set<string>;
  readonly plugins: Record<string, object>;
  readonly intervals: Record<string, number>;
  readonly nodes: WriteGraphiteNode[];
  readonly thresholds: Threshold[];
  network: NetworkConfig | null;
  readonly typesDb: string[];
  readonly warnings: string[];
}

/** `files` are those that Include may name. */
export function readCollectorConfig(
  text: string,
  files: ConfFiles = NO_CONF_FILES,
): Result<ReadConfig> {
  const parsed = parseWithIncludes(text, files);
  if (!parsed.ok) return parsed;
  const lists = { nodes: [], thresholds: [], typesDb: [], warnings: [...parsed.value.warnings] };
  const draft: Draft = {
    ...COLLECTOR_DEFAULTS,
    autoLoads: false,
    absent: new Set(),
    plugins: {},
    intervals: {},
    ...lists,
  };
  for (const item of parsed.value.items) {
    const read = readItem(item, draft);
    if (!read.ok) return read;
  }
  const { autoLoads: _, absent: __, nodes: writeGraphite, warnings, ...read } = draft;
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
    case 'writequeuelimithigh':
      return readQueueLimit(item, draft);
    case 'collectinternalstats':
      return readTruth(item, (isSo) => (draft.collectsInternalStats = isSo));
    case 'typesdb':
      draft.typesDb.push(...item.args.map(String));
      return good(null);
    case 'autoloadplugin':
      return readTruth(item, (isSo) => (draft.autoLoads = isSo));
    case 'loadplugin':
      return readLoad(item, draft);
    case 'plugin':
      return readPluginBlock(item, draft);
    default:
      if (CHAINS.has(key))
        draft.warnings.push(
          `Line ${item.line}: "${item.key}" is left out: there are no filter chains here, and all values are sent.`,
        );
      else if (!WITHOUT_EFFECT.has(key))
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

function readTruth(item: ConfItem, put: (isSo: boolean) => void): Result<null> {
  const isSo = booleanOf(item.args[0] ?? '');
  if (isSo === null)
    return bad(`Line ${item.line}: ${item.key} wants true or false, received ${show(item)}.`);
  put(isSo);
  return good(null);
}

/** As in collectd, 0 is no limit of the file's: ours holds. */
function readQueueLimit(item: ConfItem, draft: Draft): Result<null> {
  if (item.args[0] === 0) return good(null);
  return readNumber(item, 'a number', (lines) => (draft.linesWaitingMax = lines));
}

function readLoad(item: ConfItem, draft: Draft): Result<null> {
  const name = String(item.args[0] ?? '');
  if (WITHOUT_READINGS.has(name)) return good(null);
  if (name === 'network') {
    const network = readNetworkLoad(item, draft.network ?? NETWORK_DEFAULTS);
    if (network.ok) draft.network = network.value;
    return network.ok ? good(null) : network;
  }
  if (!isPluginName(name)) return good(tellAbsent(name, item, draft));
  draft.plugins[name] ??= PLUGINS[name].defaults;
  for (const option of item.children ?? []) {
    const key = option.key.toLowerCase();
    if (WITHOUT_EFFECT_OF_LOAD.has(key)) continue;
    if (key !== 'interval') {
      draft.warnings.push(
        `Line ${option.line}: LoadPlugin has no option "${option.key}"; it has no effect.`,
      );
      continue;
    }
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
  if (!isPluginName(name)) return good(tellAbsent(name, block, draft));
  // The registry ties each name to its options; a name that is not known yet forgets that tie.
  const plugin = PLUGINS[name] as Plugin<object>;
  const before = plugins[name] ?? (draft.autoLoads ? plugin.defaults : undefined);
  if (before === undefined) return good(warnOfNoLoad(block, draft));
  const read = readOptions(block.children ?? [], before, `plugin ${name}`, plugin.special);
  if (!read.ok) return read;
  plugins[name] = read.value;
  const told = plugin.warns?.(read.value) ?? [];
  warnings.push(...told.map((sentence) => `Line ${block.line}: ${sentence}`));
  return good(null);
}

function tellAbsent(name: string, { line }: ConfItem, { absent, warnings }: Draft): null {
  if (!absent.has(name)) warnings.push(`Line ${line}: ${whyAbsent(name)}`);
  absent.add(name);
  return null;
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
