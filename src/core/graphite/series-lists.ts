// Two lists taken pair by pair, each pair made one series.

import { aggregate } from './aggregate.ts';
import { renamed } from './change.ts';
import {
  done,
  refused,
  SERIES_LIST,
  type Call,
  type Outcome,
  type Param,
} from './render-function.ts';
import type { Series } from './series.ts';

export const FIRST_LIST: Param = { ...SERIES_LIST, name: 'seriesListFirstPos' };
export const SECOND_LIST: Param = { ...SERIES_LIST, name: 'seriesListSecondPos' };

export function runSeriesLists(call: Call, func: string): Outcome {
  const first = call.args.list('seriesListFirstPos');
  const second = call.args.list('seriesListSecondPos');
  if (first.length !== second.length)
    return refused('seriesListFirstPos and seriesListSecondPos argument must have equal length');
  const share = call.args.optionalNumber('xFilesFactor') ?? call.context.xFilesFactor;
  const result: Series[] = [];
  for (const [index, left] of first.entries()) {
    const right = second[index] ?? left;
    const pair = aggregate([left, right], func, share);
    if (!pair.ok) return refused(pair.why);
    const word = func.replace(/Series$/, '');
    const name = `${word}Series(${left.name},${right.name})`;
    result.push(...pair.value.map((series) => renamed(series, name)));
  }
  return done(result);
}
