// Every function of the target language, by the names that targets use.

import type { RenderFunction } from '../render-function.ts';
import { absolute } from './absolute.ts';
import { add } from './add.ts';
import { aggregateLine } from './aggregate-line.ts';
import { aggregateSeriesLists } from './aggregate-series-lists.ts';
import { aggregateWithWildcards } from './aggregate-with-wildcards.ts';
import { aggregate } from './aggregate.ts';
import { aliasByMetric } from './alias-by-metric.ts';
import { aliasByNode } from './alias-by-node.ts';
import { aliasByTags } from './alias-by-tags.ts';
import { aliasQuery } from './alias-query.ts';
import { aliasSub } from './alias-sub.ts';
import { alias } from './alias.ts';
import { alpha } from './alpha.ts';
import { applyByNode } from './apply-by-node.ts';
import { areaBetween } from './area-between.ts';
import { asPercent } from './as-percent.ts';
import { averageAbove } from './average-above.ts';
import { averageBelow } from './average-below.ts';
import { averageOutsidePercentile } from './average-outside-percentile.ts';
import { averageSeriesWithWildcards } from './average-series-with-wildcards.ts';
import { averageSeries } from './average-series.ts';
import { cactiStyle } from './cacti-style.ts';
import { changed } from './changed.ts';
import { color } from './color.ts';
import { compressPeriodicGaps } from './compress-periodic-gaps.ts';
import { consolidateBy } from './consolidate-by.ts';
import { constantLine } from './constant-line.ts';
import { countSeries } from './count-series.ts';
import { cumulative } from './cumulative.ts';
import { currentAbove } from './current-above.ts';
import { currentBelow } from './current-below.ts';
import { dashed } from './dashed.ts';
import { delay } from './delay.ts';
import { derivative } from './derivative.ts';
import { diffSeriesLists } from './diff-series-lists.ts';
import { diffSeries } from './diff-series.ts';
import { divideSeriesLists } from './divide-series-lists.ts';
import { divideSeries } from './divide-series.ts';
import { drawAsInfinite } from './draw-as-infinite.ts';
import { events } from './events.ts';
import { exclude } from './exclude.ts';
import { exp } from './exp.ts';
import { exponentialMovingAverage } from './exponential-moving-average.ts';
import { fallbackSeries } from './fallback-series.ts';
import { filterSeries } from './filter-series.ts';
import { grep } from './grep.ts';
import { groupByNode } from './group-by-node.ts';
import { groupByNodes } from './group-by-nodes.ts';
import { groupByTags } from './group-by-tags.ts';
import { group } from './group.ts';
import { highestAverage } from './highest-average.ts';
import { highestCurrent } from './highest-current.ts';
import { highestMax } from './highest-max.ts';
import { highest } from './highest.ts';
import { hitcount } from './hitcount.ts';
import { holtWintersAberration } from './holt-winters-aberration.ts';
import { holtWintersConfidenceArea } from './holt-winters-confidence-area.ts';
import { holtWintersConfidenceBands } from './holt-winters-confidence-bands.ts';
import { holtWintersForecast } from './holt-winters-forecast.ts';
import { identity } from './identity.ts';
import { integralByInterval } from './integral-by-interval.ts';
import { integral } from './integral.ts';
import { interpolate } from './interpolate.ts';
import { invert } from './invert.ts';
import { isNonNull } from './is-non-null.ts';
import { keepLastValue } from './keep-last-value.ts';
import { legendValue } from './legend-value.ts';
import { limit } from './limit.ts';
import { lineWidth } from './line-width.ts';
import { linearRegression } from './linear-regression.ts';
import { log } from './log.ts';
import { logit } from './logit.ts';
import { lower } from './lower.ts';
import { lowestAverage } from './lowest-average.ts';
import { lowestCurrent } from './lowest-current.ts';
import { lowest } from './lowest.ts';
import { mapSeries } from './map-series.ts';
import { maxSeries } from './max-series.ts';
import { maximumAbove } from './maximum-above.ts';
import { maximumBelow } from './maximum-below.ts';
import { minMax } from './min-max.ts';
import { minSeries } from './min-series.ts';
import { minimumAbove } from './minimum-above.ts';
import { minimumBelow } from './minimum-below.ts';
import { mostDeviant } from './most-deviant.ts';
import { movingAverage } from './moving-average.ts';
import { movingMax } from './moving-max.ts';
import { movingMedian } from './moving-median.ts';
import { movingMin } from './moving-min.ts';
import { movingSum } from './moving-sum.ts';
import { movingWindow } from './moving-window.ts';
import { multiplySeriesLists } from './multiply-series-lists.ts';
import { multiplySeriesWithWildcards } from './multiply-series-with-wildcards.ts';
import { multiplySeries } from './multiply-series.ts';
import { nPercentile } from './n-percentile.ts';
import { nonNegativeDerivative } from './non-negative-derivative.ts';
import { offsetToZero } from './offset-to-zero.ts';
import { offset } from './offset.ts';
import { perSecond } from './per-second.ts';
import { percentileOfSeries } from './percentile-of-series.ts';
import { powSeries } from './pow-series.ts';
import { pow } from './pow.ts';
import { randomWalk } from './random-walk.ts';
import { rangeOfSeries } from './range-of-series.ts';
import { reduceSeries } from './reduce-series.ts';
import { removeAbovePercentile } from './remove-above-percentile.ts';
import { removeAboveValue } from './remove-above-value.ts';
import { removeBelowPercentile } from './remove-below-percentile.ts';
import { removeBelowValue } from './remove-below-value.ts';
import { removeBetweenPercentile } from './remove-between-percentile.ts';
import { removeEmptySeries } from './remove-empty-series.ts';
import { round } from './round.ts';
import { scaleToSeconds } from './scale-to-seconds.ts';
import { scale } from './scale.ts';
import { secondYAxis } from './second-y-axis.ts';
import { seriesByTag } from './series-by-tag.ts';
import { setXFilesFactor } from './set-x-files-factor.ts';
import { sigmoid } from './sigmoid.ts';
import { sinFunction } from './sin-function.ts';
import { smartSummarize } from './smart-summarize.ts';
import { sortByMaxima } from './sort-by-maxima.ts';
import { sortByMinima } from './sort-by-minima.ts';
import { sortByName } from './sort-by-name.ts';
import { sortByTotal } from './sort-by-total.ts';
import { sortBy } from './sort-by.ts';
import { squareRoot } from './square-root.ts';
import { stacked } from './stacked.ts';
import { stddevSeries } from './stddev-series.ts';
import { stdev } from './stdev.ts';
import { substr } from './substr.ts';
import { sumSeriesLists } from './sum-series-lists.ts';
import { sumSeriesWithWildcards } from './sum-series-with-wildcards.ts';
import { sumSeries } from './sum-series.ts';
import { summarize } from './summarize.ts';
import { threshold } from './threshold.ts';
import { timeFunction } from './time-function.ts';
import { timeShift } from './time-shift.ts';
import { timeSlice } from './time-slice.ts';
import { timeStack } from './time-stack.ts';
import { transformNull } from './transform-null.ts';
import { unique } from './unique.ts';
import { upper } from './upper.ts';
import { useSeriesAbove } from './use-series-above.ts';
import { verticalLine } from './vertical-line.ts';
import { weightedAverage } from './weighted-average.ts';

export const RENDER_FUNCTIONS: Readonly<Record<string, RenderFunction>> = {
  absolute,
  add,
  aggregate,
  aggregateLine,
  aggregateSeriesLists,
  aggregateWithWildcards,
  alias,
  aliasByMetric,
  aliasByNode,
  aliasByTags,
  aliasQuery,
  aliasSub,
  alpha,
  applyByNode,
  areaBetween,
  asPercent,
  averageAbove,
  averageBelow,
  averageOutsidePercentile,
  averageSeries,
  averageSeriesWithWildcards,
  avg: averageSeries,
  cactiStyle,
  changed,
  color,
  compressPeriodicGaps,
  consolidateBy,
  constantLine,
  countSeries,
  cumulative,
  currentAbove,
  currentBelow,
  dashed,
  delay,
  derivative,
  diffSeries,
  diffSeriesLists,
  divideSeries,
  divideSeriesLists,
  drawAsInfinite,
  events,
  exclude,
  exp,
  exponentialMovingAverage,
  fallbackSeries,
  filterSeries,
  grep,
  group,
  groupByNode,
  groupByNodes,
  groupByTags,
  highest,
  highestAverage,
  highestCurrent,
  highestMax,
  hitcount,
  holtWintersAberration,
  holtWintersConfidenceArea,
  holtWintersConfidenceBands,
  holtWintersForecast,
  identity,
  integral,
  integralByInterval,
  interpolate,
  invert,
  isNonNull,
  keepLastValue,
  legendValue,
  limit,
  linearRegression,
  lineWidth,
  log,
  logit,
  lower,
  lowest,
  lowestAverage,
  lowestCurrent,
  map: mapSeries,
  mapSeries,
  maximumAbove,
  maximumBelow,
  maxSeries,
  minimumAbove,
  minimumBelow,
  minMax,
  minSeries,
  mostDeviant,
  movingAverage,
  movingMax,
  movingMedian,
  movingMin,
  movingSum,
  movingWindow,
  multiplySeries,
  multiplySeriesLists,
  multiplySeriesWithWildcards,
  nonNegativeDerivative,
  nPercentile,
  offset,
  offsetToZero,
  pct: asPercent,
  percentileOfSeries,
  perSecond,
  pow,
  powSeries,
  randomWalk,
  randomWalkFunction: randomWalk,
  rangeOfSeries,
  reduce: reduceSeries,
  reduceSeries,
  removeAbovePercentile,
  removeAboveValue,
  removeBelowPercentile,
  removeBelowValue,
  removeBetweenPercentile,
  removeEmptySeries,
  round,
  scale,
  scaleToSeconds,
  secondYAxis,
  seriesByTag,
  setXFilesFactor,
  sigmoid,
  sin: sinFunction,
  sinFunction,
  smartSummarize,
  sortBy,
  sortByMaxima,
  sortByMinima,
  sortByName,
  sortByTotal,
  squareRoot,
  stacked,
  stddevSeries,
  stdev,
  substr,
  sum: sumSeries,
  summarize,
  sumSeries,
  sumSeriesLists,
  sumSeriesWithWildcards,
  threshold,
  time: timeFunction,
  timeFunction,
  timeShift,
  timeSlice,
  timeStack,
  transformNull,
  unique,
  upper,
  useSeriesAbove,
  verticalLine,
  weightedAverage,
  xFilesFactor: setXFilesFactor,
};
