// A collectd.conf tree -> what the collector does. Keys are compared without regard to case.

import { bad, good, type Result } from '../base/result.ts';
import { parseConf, type Argument, type ConfItem } from './conf.ts';
import { NAME_DEFAULTS, type NameOptions } from './graphite-name.ts';
import { PLUGINS, type PluginName, type PluginOptions } from './plugins/registry.ts';

export interface CollectorConfig {
  /** Null: the host's own name. */
  readonly hostname: string | null;
  readonly intervalS: number;
  readonly plugins: PluginOptions;
  readonly writeGraphite: readonly WriteGraphiteNode[];
}

export interface WriteGraphiteNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly storeRates: boolean;
  readonly names: NameOptions;
}

export interface ReadConfig {
  readonly config: CollectorConfig;
  /** Sentences about parts of the file that have no effect here. */
  readonly warnings: readonly string[];
}

/** Options that collectd knows and this collector has no use for: they are left out silently. */
const WITHOUT_EFFECT = new Set(
  ['fqdnlookup', 'basedir', 'pidfile', 'plugindir', 'typesdb', 'timeout', 'readthreads'].concat(
    'writethreads',
    'writequeuelimithigh',
    'writequeuelimitlow',
    'autoloadplugin',
    'collectinternalstats',
    'maxreadinterval',
  ),
);

export function readCollectorConfig(text: string): Result<ReadConfig> {
  const parsed = parseConf(text);
  if (!parsed.ok) return parsed;

  const warnings: string[] = [];
  const plugins: Record<string, object> = {};
  const nodes: WriteGraphiteNode[] = [];
  let hostname: string | null = null;
  let intervalS = 10;

  for (const item of parsed.value) {
    const key = item.key.toLowerCase();
    const [value] = item.args;
    if (key === 'hostname') hostname = String(value ?? '');
    else if (key === 'interval') {
      if (typeof value !== 'number' || value <= 0)
        return bad(`Line ${item.line}: Interval wants seconds above 0, received ${show(item)}.`);
      intervalS = value;
    } else if (key === 'loadplugin') {
      const name = String(value ?? '');
      if (isPluginName(name)) plugins[name] ??= PLUGINS[name].defaults;
      else if (name !== 'write_graphite')
        warnings.push(
          `Line ${item.line}: the plugin "${name}" does not exist here; it is left out.`,
        );
    } else if (key === 'plugin') {
      const result = readPluginBlock(item, plugins, nodes, warnings);
      if (!result.ok) return result;
    } else if (!WITHOUT_EFFECT.has(key)) {
      warnings.push(`Line ${item.line}: "${item.key}" has no effect here.`);
    }
  }
  return good({
    config: { hostname, intervalS, plugins, writeGraphite: nodes },
    warnings,
  });
}

function isPluginName(name: string): name is PluginName {
  return Object.hasOwn(PLUGINS, name);
}

function show(item: ConfItem): string {
  return item.args.map((arg) => JSON.stringify(arg)).join(' ') || 'nothing';
}

function readPluginBlock(
  block: ConfItem,
  plugins: Record<string, object>,
  nodes: WriteGraphiteNode[],
  warnings: string[],
): Result<null> {
  const name = String(block.args[0] ?? '');
  if (name === 'write_graphite') {
    for (const child of block.children ?? []) {
      const node = readNode(child);
      if (!node.ok) return node;
      nodes.push(node.value);
    }
    return good(null);
  }
  if (!isPluginName(name)) {
    warnings.push(`Line ${block.line}: the plugin "${name}" does not exist here; it is left out.`);
    return good(null);
  }
  if (plugins[name] === undefined) {
    // collectd ignores the options of a plugin that is not loaded, and beginners wonder why.
    warnings.push(`Line ${block.line}: "${name}" has options but no LoadPlugin line.`);
    return good(null);
  }
  const read = readOptions(block.children ?? [], plugins[name], `plugin ${name}`);
  if (!read.ok) return read;
  plugins[name] = read.value;
  return good(null);
}

/** `defaults` with the options of a block put in; the kind of each default says what fits. */
function readOptions<T extends object>(
  items: readonly ConfItem[],
  defaults: T,
  where: string,
): Result<T> {
  const result: Record<string, unknown> = { ...(defaults as Record<string, unknown>) };
  for (const item of items) {
    const name = Object.keys(defaults).find((key) => key.toLowerCase() === item.key.toLowerCase());
    if (name === undefined) {
      const known = Object.keys(defaults).map(capital).join(', ') || 'none';
      return bad(`Line ${item.line}: the ${where} has no option "${item.key}". It has: ${known}.`);
    }
    const before = result[name];
    const [value] = item.args;
    const fits = Array.isArray(before)
      ? value !== undefined
      : typeof value === typeof before || (typeof before === 'number' && isNumberText(value));
    if (!fits)
      return bad(`Line ${item.line}: ${item.key} wants ${kindOf(before)}, received ${show(item)}.`);
    if (Array.isArray(before)) result[name] = [...before, String(value)];
    else result[name] = typeof before === 'number' ? Number(value) : value;
  }
  return good(result as T);
}

function isNumberText(value: Argument | undefined): boolean {
  return typeof value === 'string' && /^\d+$/.test(value);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'a text';
}

const NODE_DEFAULTS = {
  host: 'localhost',
  port: 2003,
  protocol: 'tcp',
  storeRates: true,
  logSendErrors: true,
  reconnectInterval: 0,
  ...NAME_DEFAULTS,
};

function readNode(block: ConfItem): Result<WriteGraphiteNode> {
  if (block.key.toLowerCase() !== 'node' || block.children === null)
    return bad(`Line ${block.line}: write_graphite holds <Node> blocks, received ${block.key}.`);
  const read = readOptions(block.children, NODE_DEFAULTS, 'block <Node>');
  if (!read.ok) return read;
  const { host, port, protocol, storeRates, logSendErrors, reconnectInterval, ...names } =
    read.value;
  if (protocol !== 'tcp' && protocol !== 'udp')
    return bad(`Line ${block.line}: Protocol is "tcp" or "udp", received "${protocol}".`);
  return good({
    name: String(block.args[0] ?? 'default'),
    host: host === 'localhost' ? '127.0.0.1' : host,
    port,
    protocol,
    storeRates,
    names,
  });
}
