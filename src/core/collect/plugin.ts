// The shape of a collector plugin: something is read, value lists come out.
//
//   ReadingPlugin   names what a reading of this machine has
//   AskingPlugin    asks somebody else, who answers later: a web server, a program, a file that grows

import type { Result } from '../base/result.ts';
import type { Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { Outside } from '../host/outside.ts';
import type { HostReading, Sensors } from '../host/sensors.ts';
import type { Notify } from './notification.ts';
import { patternOf, type SpecialOptions } from './options.ts';
import { compile } from './regex.ts';
import type { Types, ValueList } from './value-list.ts';

export type Plugin<Options> = ReadingPlugin<Options> | AskingPlugin<Options>;

interface AnyPlugin<Options> {
  readonly name: string;
  /** Options of its <Plugin> block, with collectd's names, and their defaults. */
  readonly defaults: Options;
  readonly special?: SpecialOptions<Options>;
  /** Sentences about options that are taken and have no effect. */
  warns?(options: Options): readonly string[];
}

export interface ReadingPlugin<Options> extends AnyPlugin<Options> {
  /** What it tells, for the sentence when this system cannot. */
  readonly tells: string;
  /** Null when this host cannot tell. */
  collect(
    reading: HostReading,
    options: Options,
    state: PluginState,
    intervalS: number,
  ): readonly ValueList[] | null;
}

export interface AskingPlugin<Options> extends AnyPlugin<Options> {
  start(options: Options, host: AskingHost): Asker;
}

export interface AskingHost {
  readonly clock: Clock;
  readonly log: Log;
  readonly outside: Outside;
  readonly askFileSystems: Sensors['askFileSystems'];
  readonly intervalS: number;
  readonly hostname: string;
  readonly types: Types;
  /** For values that come by themselves, not as the answer to a question. */
  dispatch(values: readonly Dispatched[]): void;
  readonly notify: Notify;
}

/** Values with what usually is that of the reading: host, time, interval. */
export interface Dispatched {
  readonly host: string;
  readonly timeS: number;
  readonly intervalS: number;
  readonly list: ValueList;
  /** It came from another collector, over the network. */
  readonly isReceived?: true;
}

export interface Asker {
  /**
   * `done` is called once, at once or later: with what was read, or with why there is nothing. `reading` is that of the host,
   * for who finds something there.
   */
  read(done: (result: Result<readonly ValueList[]>) => void, reading: () => HostReading): void;
  stop(): void;
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
    const pattern = patternOf(name);
    return pattern === null ? name === value : compile(pattern).test(value);
  });
  return listed !== selection.ignoreSelected;
}
