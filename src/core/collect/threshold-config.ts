// <Plugin threshold>: Host > Plugin > Type, where the outer ones may be left out.

import { bad, good, type Result } from '../base/result.ts';
import type { ConfItem } from './conf.ts';
import { readOptions } from './options.ts';

export interface Threshold extends Scope, Limits {
  readonly type: string;
  readonly typeInstance: string;
  /** "" for all of the type. */
  readonly dataSource: string;
}

/** "" stands for any. */
interface Scope {
  readonly host: string;
  readonly plugin: string;
  readonly pluginInstance: string;
}

interface Limits {
  /** NaN where there is no limit. */
  readonly failureMin: number;
  readonly failureMax: number;
  readonly warningMin: number;
  readonly warningMax: number;
  /** What lies between the limits is bad, not what lies outside. */
  readonly invert: boolean;
  /** Tell it at each reading, not only when it changes. */
  readonly persist: boolean;
  readonly persistOK: boolean;
  /** The limits are percentages of all data sources of the type together. */
  readonly percentage: boolean;
  /** Readings in a row that are not okay before it is told. */
  readonly hits: number;
  /** How far back a value must go before its state gets better. */
  readonly hysteresis: number;
  /** A value that does not come is a failure. */
  readonly interesting: boolean;
}

const TYPE_DEFAULTS = {
  instance: '',
  dataSource: '',
  failureMin: NaN,
  failureMax: NaN,
  warningMin: NaN,
  warningMax: NaN,
  invert: false,
  persist: false,
  persistOK: false,
  percentage: false,
  hits: 0,
  hysteresis: 0,
  interesting: true,
};

const ANYWHERE: Scope = { host: '', plugin: '', pluginInstance: '' };

export function readThresholds(
  blocks: readonly ConfItem[],
  scope: Scope = ANYWHERE,
): Result<readonly Threshold[]> {
  const thresholds: Threshold[] = [];
  for (const block of blocks) {
    const read = readBlock(block, scope, blocks);
    if (!read.ok) return read;
    thresholds.push(...read.value);
  }
  return good(thresholds);
}

function readBlock(
  block: ConfItem,
  scope: Scope,
  beside: readonly ConfItem[],
): Result<readonly Threshold[]> {
  const key = block.key.toLowerCase();
  const name = String(block.args[0] ?? '');
  // Instance of a plugin holds for the types beside it.
  if (key === 'instance' && scope.plugin !== '') return good([]);
  if (block.children === null || name === '' || !['host', 'plugin', 'type'].includes(key))
    return bad(
      `Line ${block.line}: thresholds are in blocks <Host "...">, <Plugin "..."> and <Type "...">, received ${block.key}.`,
    );
  if (key === 'host') return readThresholds(block.children, { ...scope, host: name });
  if (key === 'plugin')
    return readThresholds(block.children, { ...scope, plugin: name, pluginInstance: '' });
  return readType(block, name, { ...scope, pluginInstance: instanceOf(beside) });
}

function instanceOf(items: readonly ConfItem[]): string {
  return String(items.find(({ key }) => key.toLowerCase() === 'instance')?.args[0] ?? '');
}

function readType(block: ConfItem, type: string, scope: Scope): Result<readonly Threshold[]> {
  const read = readOptions(block.children ?? [], TYPE_DEFAULTS, 'block <Type>');
  if (!read.ok) return read;
  const { instance, ...limits } = read.value;
  return good([{ ...scope, ...limits, type, typeInstance: instance }]);
}
