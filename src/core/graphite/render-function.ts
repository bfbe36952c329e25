// The one shape of every function of the target language: what it is called with, what it gives back,
// and what its reference page says.

import type { Result } from '../base/result.ts';
import type { OffsetAt } from '../time/zone.ts';
import type { BoundArguments } from './arguments.ts';
import type { CallExpression, Literal } from './expression.ts';
import type { Regex } from './regex.ts';
import type { Series } from './series.ts';

/** What a reference page says of a function. */
export interface Described {
  readonly group: Group;
  /** A few plain sentences: what happens to the values, and when one uses it. */
  readonly description: string;
  readonly params: readonly Param[];
}

export interface RenderFunction extends Described {
  /** A target over the series of example-series.ts: its reference page draws it, and readers change it. */
  readonly example: string;
  /** Sentences about what surprises people; left out: nothing does. */
  readonly traps?: readonly string[];
  /** One result from a list: groupByNode may use it on each group. */
  readonly isAggregator?: boolean;
  /**
   * True when `run` looks at its first argument only through `again`, as the call is written: it is then not read
   * for the time of the graph as well. Left out: it is.
   */
  readonly readsOnlyAgain?: (call: CallExpression) => boolean;
  run(call: Call): Outcome;
}

export type Group =
  | 'Alias'
  | 'Calculate'
  | 'Combine'
  | 'Filter Data'
  | 'Filter Series'
  | 'Graph'
  | 'Pie'
  | 'Sorting'
  | 'Special'
  | 'Transform';

export interface Param {
  readonly name: string;
  readonly type: ParamType;
  readonly isRequired?: boolean;
  readonly default?: Literal;
  /** May be repeated to the end of the arguments. */
  readonly isMultiple?: boolean;
  readonly suggestions?: readonly (string | number)[];
}

export type ParamType =
  | 'aggFunc'
  | 'aggOrSeriesFunc'
  | 'any'
  | 'boolean'
  | 'date'
  | 'float'
  | 'integer'
  | 'interval'
  | 'intOrInf'
  | 'intOrInterval'
  | 'node'
  | 'nodeOrTag'
  | 'series'
  | 'seriesList'
  | 'seriesLists'
  | 'string'
  | 'tag';

export interface Call {
  readonly args: BoundArguments;
  readonly context: RenderContext;
  /** The first argument once more, for another range: moving windows and shifts need it. */
  readonly again: (fromS: number, untilS: number) => Outcome;
  /** Another target text, as if it had been asked for: applyByNode and aliasQuery need it. */
  readonly target: (text: string) => Outcome;
  /** Runs the aggregator called `name` on `series`. */
  readonly aggregator: (name: string, series: readonly Series[]) => Outcome;
  /** Runs the function called `name`, each of `lists` an argument: reduceSeries needs it. */
  readonly func: (name: string, lists: readonly (readonly Series[])[]) => Outcome;
  readonly carried: Carried;
}

/** What functions leave for those that run after them in the same request. */
export interface Carried {
  /** Set by setXFilesFactor: the share for all that is fetched and combined from then on. */
  xFilesFactor: number | null;
  /** Heights of the stacks of stacked(), by their names. */
  readonly stacks: Map<string, number[]>;
}

export function makeCarried(): Carried {
  return { xFilesFactor: null, stacks: new Map() };
}

export function copyOfCarried({ xFilesFactor, stacks }: Carried): Carried {
  return {
    xFilesFactor,
    stacks: new Map([...stacks].map(([name, heights]) => [name, [...heights]])),
  };
}

/** Seconds since 1970. */
export interface RenderContext {
  readonly fromS: number;
  readonly untilS: number;
  readonly nowS: number;
  /** Share of values that must be known where a function has no share of its own. */
  readonly xFilesFactor: number;
  readonly offsetAt: OffsetAt;
  readonly regex: Regex;
  /** Values of template() that the request sets over the target's own. */
  readonly template: ReadonlyMap<string, string>;
  readonly have: Have;
  /** True when the target has taken as long as it may. */
  readonly isLate: () => boolean;
  /** Seconds of the events that have all `tags`, null for every event; both ends are included. */
  readonly eventTimes: (
    tags: readonly string[] | null,
    fromS: number,
    untilS: number,
  ) => readonly number[];
}

/** What is fetched already for a need; null when it is not. */
export type Have = (need: Need) => readonly Series[] | null;

/** All series that match `path` in (from, until], seconds since 1970. */
export interface Need {
  readonly path: string;
  readonly from: number;
  readonly until: number;
}

/** What a function gives: series, or what must be fetched first, or why it cannot. */
export type Outcome = Done | Needs | Refused;

export interface Done {
  readonly kind: 'done';
  readonly series: readonly Series[];
}

export interface Needs {
  readonly kind: 'need';
  readonly need: readonly Need[];
}

export interface Refused {
  readonly kind: 'refused';
  /** As graphite-web words it, where it has words. */
  readonly why: string;
  /** What to do next, where there is more to say than why. */
  readonly help: string | null;
  /** The call that refused, by its place and its text in the target; null until it is known. */
  readonly call: Pick<CallExpression, 'at' | 'source'> | null;
}

export function done(series: readonly Series[]): Done {
  return { kind: 'done', series };
}

export function refused(why: string, help: string | null = null): Refused {
  return { kind: 'refused', why, help, call: null };
}

/** Why and what to do, as one sentence for people: the help of an unknown function says all that the other words would. */
export function refusalText({ why, help }: Pick<Refused, 'why' | 'help'>): string {
  if (help === null) return why;
  return help.startsWith('unknown function') ? help : `${why}; ${help}`;
}

export function doneOrRefused(result: Result<readonly Series[]>): Outcome {
  return result.ok ? done(result.value) : refused(result.why);
}

export const SERIES_LIST: Param = { name: 'seriesList', type: 'seriesList', isRequired: true };

export const SERIES_LISTS: Param = {
  name: 'seriesLists',
  type: 'seriesLists',
  isRequired: true,
  isMultiple: true,
};
