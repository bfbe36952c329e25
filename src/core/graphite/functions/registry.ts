// Every function of the target language, by the names that targets use.

import type { RenderFunction } from '../render-function.ts';
import { absolute } from './absolute.ts';
import { add } from './add.ts';
import { aggregateWithWildcards } from './aggregate-with-wildcards.ts';
import { aggregate } from './aggregate.ts';
import { aliasByMetric } from './alias-by-metric.ts';
import { aliasByNode } from './alias-by-node.ts';
import { aliasSub } from './alias-sub.ts';
import { alias } from './alias.ts';
import { applyByNode } from './apply-by-node.ts';
import { asPercent } from './as-percent.ts';
import { averageAbove } from './average-above.ts';
import { averageBelow } from './average-below.ts';
import { averageSeriesWithWildcards } from './average-series-with-wildcards.ts';
import { averageSeries } from './average-series.ts';
import { changed } from './changed.ts';
import { color } from './color.ts';
import { consolidateBy } from './consolidate-by.ts';
import { constantLine } from './constant-line.ts';
import { countSeries } from './count-series.ts';
import { cumulative } from './cumulative.ts';
import { currentAbove } from './current-above.ts';
import { currentBelow } from './current-below.ts';
import { delay } from './delay.ts';
import { derivative } from './derivative.ts';
import { diffSeries } from './diff-series.ts';
import { divideSeriesLists } from './divide-series-lists.ts';
import { divideSeries } from './divide-series.ts';
import { exclude } from './exclude.ts';
import { fallbackSeries } from './fallback-series.ts';
import { grep } from './grep.ts';
import { groupByNode } from './group-by-node.ts';
import { groupByNodes } from './group-by-nodes.ts';
import { group } from './group.ts';
import { highestAverage } from './highest-average.ts';
import { highestCurrent } from './highest-current.ts';
import { highestMax } from './highest-max.ts';
import { highest } from './highest.ts';
import { integral } from './integral.ts';
import { interpolate } from './interpolate.ts';
import { invert } from './invert.ts';
import { isNonNull } from './is-non-null.ts';
import { keepLastValue } from './keep-last-value.ts';
import { limit } from './limit.ts';
import { lowestAverage } from './lowest-average.ts';
import { lowestCurrent } from './lowest-current.ts';
import { lowest } from './lowest.ts';
import { maxSeries } from './max-series.ts';
import { maximumAbove } from './maximum-above.ts';
import { maximumBelow } from './maximum-below.ts';
import { minMax } from './min-max.ts';
import { minSeries } from './min-series.ts';
import { minimumAbove } from './minimum-above.ts';
import { minimumBelow } from './minimum-below.ts';
import { movingAverage } from './moving-average.ts';
import { movingMax } from './moving-max.ts';
import { movingMedian } from './moving-median.ts';
import { movingMin } from './moving-min.ts';
import { movingSum } from './moving-sum.ts';
import { movingWindow } from './moving-window.ts';
import { multiplySeriesWithWildcards } from './multiply-series-with-wildcards.ts';
import { multiplySeries } from './multiply-series.ts';
import { nPercentile } from './n-percentile.ts';
import { nonNegativeDerivative } from './non-negative-derivative.ts';
import { offsetToZero } from './offset-to-zero.ts';
import { offset } from './offset.ts';
import { perSecond } from './per-second.ts';
import { percentileOfSeries } from './percentile-of-series.ts';
import { rangeOfSeries } from './range-of-series.ts';
import { removeAbovePercentile } from './remove-above-percentile.ts';
import { removeAboveValue } from './remove-above-value.ts';
import { removeBelowPercentile } from './remove-below-percentile.ts';
import { removeBelowValue } from './remove-below-value.ts';
import { removeEmptySeries } from './remove-empty-series.ts';
import { scaleToSeconds } from './scale-to-seconds.ts';
import { scale } from './scale.ts';
import { secondYAxis } from './second-y-axis.ts';
import { sortByMaxima } from './sort-by-maxima.ts';
import { sortByMinima } from './sort-by-minima.ts';
import { sortByName } from './sort-by-name.ts';
import { sortByTotal } from './sort-by-total.ts';
import { sortBy } from './sort-by.ts';
import { stddevSeries } from './stddev-series.ts';
import { sumSeriesWithWildcards } from './sum-series-with-wildcards.ts';
import { sumSeries } from './sum-series.ts';
import { summarize } from './summarize.ts';
import { threshold } from './threshold.ts';
import { timeShift } from './time-shift.ts';
import { transformNull } from './transform-null.ts';
import { unique } from './unique.ts';

export const RENDER_FUNCTIONS: Readonly<Record<string, RenderFunction>> = {
  absolute,
  add,
  aggregate,
  aggregateWithWildcards,
  alias,
  aliasByMetric,
  aliasByNode,
  aliasSub,
  applyByNode,
  asPercent,
  averageAbove,
  averageBelow,
  averageSeries,
  averageSeriesWithWildcards,
  avg: averageSeries,
  changed,
  color,
  consolidateBy,
  constantLine,
  countSeries,
  cumulative,
  currentAbove,
  currentBelow,
  delay,
  derivative,
  diffSeries,
  divideSeries,
  divideSeriesLists,
  exclude,
  fallbackSeries,
  grep,
  group,
  groupByNode,
  groupByNodes,
  highest,
  highestAverage,
  highestCurrent,
  highestMax,
  integral,
  interpolate,
  invert,
  isNonNull,
  keepLastValue,
  limit,
  lowest,
  lowestAverage,
  lowestCurrent,
  maximumAbove,
  maximumBelow,
  maxSeries,
  minimumAbove,
  minimumBelow,
  minMax,
  minSeries,
  movingAverage,
  movingMax,
  movingMedian,
  movingMin,
  movingSum,
  movingWindow,
  multiplySeries,
  multiplySeriesWithWildcards,
  nonNegativeDerivative,
  nPercentile,
  offset,
  offsetToZero,
  pct: asPercent,
  percentileOfSeries,
  perSecond,
  rangeOfSeries,
  removeAbovePercentile,
  removeAboveValue,
  removeBelowPercentile,
  removeBelowValue,
  removeEmptySeries,
  scale,
  scaleToSeconds,
  secondYAxis,
  sortBy,
  sortByMaxima,
  sortByMinima,
  sortByName,
  sortByTotal,
  stddevSeries,
  sum: sumSeries,
  summarize,
  sumSeries,
  sumSeriesWithWildcards,
  threshold,
  timeShift,
  transformNull,
  unique,
};
