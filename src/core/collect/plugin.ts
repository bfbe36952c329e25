// The shape of a collector plugin: a host reading goes in, value lists come out.

import type { HostReading } from '../host/sensors.ts';
import type { ValueList } from './value-list.ts';

export interface Plugin<Options> {
  readonly name: string;
  /** Options of its <Plugin> block, with collectd's names, and their defaults. */
  readonly defaults: Options;
  /** Empty when this host cannot tell. */
  collect(reading: HostReading, options: Options, state: PluginState): readonly ValueList[];
}

/** What a plugin remembers between two readings; the collector keeps one for each plugin. */
export type PluginState = Map<string, readonly number[]>;

/** Options that choose by name: `Device "sda"` once or more, and `IgnoreSelected`. */
export interface Selection {
  readonly names: readonly string[];
  readonly ignoreSelected: boolean;
}

/**
 * collectd's ignorelist: nothing listed means all; otherwise only the listed, or all but those with
 * IgnoreSelected. A name between slashes is a regular expression, searched anywhere in the value.
 */
export function isSelected(value: string, selection: Selection): boolean {
  if (selection.names.length === 0) return true;
  const listed = selection.names.some((name) => {
    const pattern = /^\/(.*)\/$/.exec(name)?.[1];
    return pattern === undefined ? name === value : new RegExp(pattern, 'u').test(value);
  });
  return listed !== selection.ignoreSelected;
}
