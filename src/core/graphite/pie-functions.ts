// The functions of pie charts: how large the slice of a series is.

import { aggregationNamed } from './aggregation.ts';
import type { Described, Param } from './render-function.ts';

const SERIES: Param = { name: 'series', type: 'series', isRequired: true };

/** NaN where nothing is known; null when there is no such function. */
export function pieAggregation(name: string): ((values: Float64Array) => number) | null {
  return Object.hasOwn(PIE_FUNCTIONS, name) ? aggregationNamed(AGGREGATIONS[name] ?? name) : null;
}

const AGGREGATIONS: Readonly<Record<string, string>> = { maximum: 'max', minimum: 'min' };

export const PIE_FUNCTIONS: Readonly<Record<string, Described>> = {
  average: {
    group: 'Pie',
    description: 'The slice is as large as the mean of the known values.',
    params: [SERIES],
  },
  maximum: {
    group: 'Pie',
    description: 'The slice is as large as the highest value.',
    params: [SERIES],
  },
  minimum: {
    group: 'Pie',
    description: 'The slice is as large as the lowest value.',
    params: [SERIES],
  },
};
