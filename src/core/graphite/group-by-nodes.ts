// Series in groups of the same nodes, each group made one series.

import { aggregate } from './aggregate.ts';
import { isAggregation } from './aggregation.ts';
import { renamed } from './change.ts';
import type { Literal } from './expression.ts';
import { groupByKey, nodeKey } from './names.ts';
import { done, doneOrRefused, type Call, type Outcome } from './render-function.ts';
import type { Series } from './series.ts';

/** `callback` is an aggregation ("sum") or the name of a function that makes one of many ("sumSeries"). */
export function runGroupByNodes(call: Call, callback: string, nodes: readonly Literal[]): Outcome {
  const groups = groupByKey(call.args.list('seriesList'), (series) => nodeKey(series, nodes));
  const result: Series[] = [];
  for (const [key, group] of groups) {
    const combined = combineGroup(call, callback, group);
    if (combined.kind !== 'done') return combined;
    for (const series of combined.series.slice(0, 1)) result.push(renamed(series, key));
  }
  return done(result);
}

/** One series of `group`, by an aggregation or by a function that makes one of many. */
export function combineGroup(call: Call, callback: string, group: readonly Series[]): Outcome {
  return isAggregation(callback)
    ? doneOrRefused(aggregate(group, callback, call.context.xFilesFactor))
    : call.aggregator(callback, group);
}
