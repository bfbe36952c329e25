// The functions of pie charts: how large the slice of a series is. Clients list them; pies are not drawn here.

import type { Described, Param } from './render-function.ts';

const SERIES: Param = { name: 'series', type: 'series', isRequired: true };

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
