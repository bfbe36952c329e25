// filterSeries(a.*,"max",">",50): series whose highest value is above 50.

import { aggregationNamed } from '../aggregation.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

const COMPARISONS: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  '=': (value, threshold) => value === threshold,
  '!=': (value, threshold) => value !== threshold,
  '>': (value, threshold) => value > threshold,
  '>=': (value, threshold) => value >= threshold,
  '<': (value, threshold) => value < threshold,
  '<=': (value, threshold) => value <= threshold,
};

export const filterSeries: RenderFunction = {
  group: 'Filter Series',
  description:
    'Keeps the series for which an aggregation of their values compares with a number as asked: =, !=, >, >=, < or <=. A series of gaps counts as lower than every number.',
  example: 'filterSeries(clinic.*.visits,"max",">",60)',
  traps: ['The operators are =, !=, >, >=, < and <=, written as text.'],
  params: [
    SERIES_LIST,
    { name: 'func', type: 'aggFunc', isRequired: true },
    {
      name: 'operator',
      type: 'string',
      isRequired: true,
      suggestions: ['!=', '<', '<=', '=', '>', '>='],
    },
    { name: 'threshold', type: 'float', isRequired: true },
  ],
  run({ args }) {
    const combine = aggregationNamed(args.text('func'));
    if (!combine) return refused(`Unsupported aggregation function: ${args.text('func')}`);
    const operator = args.text('operator');
    const holds = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
    if (!holds) return refused(`Unsupported operator: ${operator}`);
    return done(
      args.list('seriesList').filter((series) => {
        const value = combine(series.values);
        return holds(Number.isNaN(value) ? -Infinity : value, args.number('threshold'));
      }),
    );
  },
};
