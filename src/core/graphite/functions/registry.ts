// Every function of the target language, by the names that targets use.

import type { RenderFunction } from '../render-function.ts';
import { aggregate } from './aggregate.ts';
import { alias } from './alias.ts';
import { aliasByMetric } from './alias-by-metric.ts';
import { aliasByNode } from './alias-by-node.ts';
import { aliasSub } from './alias-sub.ts';
import { averageSeries } from './average-series.ts';
import { constantLine } from './constant-line.ts';
import { diffSeries } from './diff-series.ts';
import { maxSeries } from './max-series.ts';
import { minSeries } from './min-series.ts';
import { rangeOfSeries } from './range-of-series.ts';
import { scale } from './scale.ts';
import { stddevSeries } from './stddev-series.ts';
import { sumSeries } from './sum-series.ts';

export const RENDER_FUNCTIONS: Readonly<Record<string, RenderFunction>> = {
  aggregate,
  alias,
  aliasByMetric,
  aliasByNode,
  aliasSub,
  averageSeries,
  avg: averageSeries,
  constantLine,
  diffSeries,
  maxSeries,
  minSeries,
  rangeOfSeries,
  scale,
  stddevSeries,
  sum: sumSeries,
  sumSeries,
};
