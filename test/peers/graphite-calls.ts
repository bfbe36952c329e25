// Random targets over all functions: right arguments of every type, a wrong one now and then, calls in calls.

import type { Random } from '../../src/core/base/random.ts';
import { RENDER_FUNCTIONS } from '../../src/core/graphite/functions/registry.ts';
import type { Param, ParamType } from '../../src/core/graphite/render-function.ts';
import { pick } from '../tools/whisper-files.ts';

/** Calls within calls. */
const DEPTH_MAX = 3;

export interface Words {
  /** Patterns of series. */
  readonly paths: readonly string[];
  /** Times as targets write them. */
  readonly times: readonly string[];
}

const BY_TYPE: Readonly<
  Record<Exclude<ParamType, 'seriesList' | 'seriesLists' | 'series'>, readonly string[]>
> = {
  aggFunc: [
    '"sum"',
    '"avg"',
    '"max"',
    '"min"',
    '"median"',
    '"last"',
    '"count"',
    '"range"',
    '"diff"',
  ],
  aggOrSeriesFunc: ['"sum"', '"average"', '"maxSeries"', '"sumSeries"', '"range"'],
  any: ['1', '"x"'],
  boolean: ['true', 'false'],
  date: [],
  float: ['0', '1', '2.5', '-3', '10', '95', '0.5', '50', '1e2'],
  integer: ['1', '2', '3', '5', '10'],
  interval: ['"1min"', '"2min"', '"5min"', '"90s"', '"10min"'],
  intOrInf: ['1', '2', '3', 'inf'],
  intOrInterval: ['1', '2', '3', '5', '"2min"', '"3min"'],
  node: ['0', '1', '2', '-1'],
  nodeOrTag: ['0', '1', '2', '-1', '"host"', '"name"'],
  string: ['"c"', '"[ab]"', '"x"', '"web"', '"^w"', '"blue"'],
  tag: ['"name"', '"host"', '"dc"'],
};

const WRONG = ['None', '"wrong"', '1.5', '-1', 'true', 'nope', 'w.a.cpu'];

/** Parameters whose words are more than a type says. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  operator: ['"="', '"!="', '">"', '">="', '"<"', '"<="'],
  consolidationFunc: ['"sum"', '"max"', '"avg"', '"first"', '"last"'],
  templateFunction: ['"sumSeries(%.*)"', '"%.cpu"'],
  reduceFunction: ['"asPercent"', '"divideSeries"', '"sumSeries"'],
  reduceMatchers: ['"cpu"', '"mem"'],
  valueTypes: ['"last"', '"max"', '"avg"', '"min"', '"si"'],
  system: ['"si"', '"binary"'],
  alignTo: ['"hours"', '"minutes"', '"days"'],
  intervalUnit: ['"2min"', '"5min"'],
  timeStackUnit: ['"2min"'],
  timeShiftUnit: ['"2min"'],
  timeShiftStart: ['0', '1'],
  timeShiftEnd: ['2', '3'],
  base: ['10', '2'],
  search: ['"w"', '"(a|b)"'],
  replace: ['"x"', '"b"'],
  bootstrapInterval: ['"10min"', '"20min"'],
  seasonality: ['"5min"', '"10min"'],
};

const TIME_NAMES = ['startSourceAt', 'endSourceAt', 'startSliceAt', 'endSliceAt', 'ts'];

export function randomCall(random: Random, words: Words, name: string, depth = 0): string {
  const params = RENDER_FUNCTIONS[name]?.params ?? [];
  const args: string[] = [];
  for (const param of params) {
    if (!param.isRequired && random.chance(0.4)) break;
    const count = param.isMultiple ? 1 + random.below(2) : 1;
    for (let left = count; left > 0; left--) args.push(randomArgument(random, words, param, depth));
  }
  return `${name}(${args.join(',')})`;
}

function randomArgument(random: Random, words: Words, param: Param, depth: number): string {
  if (random.chance(0.02)) return pick(random, WRONG);
  if (TIME_NAMES.includes(param.name)) return pick(random, words.times);
  const named = BY_NAME[param.name];
  if (named) return pick(random, named);
  if (param.type !== 'seriesList' && param.type !== 'seriesLists' && param.type !== 'series')
    return pick(random, BY_TYPE[param.type]);
  if (depth + 1 < DEPTH_MAX && random.chance(0.3))
    return randomCall(random, words, pick(random, Object.keys(RENDER_FUNCTIONS)), depth + 1);
  return pick(random, words.paths);
}

/** The functions that a target calls. */
export function namesIn(target: string): readonly string[] {
  return [...target.matchAll(/([A-Za-z]+)\(/g)].map((found) => found[1] ?? '');
}
