// aggregateLine(a.b.c,"max"): a level line at the highest value.

import { formatG } from '../../base/number.ts';
import { aggregationNamed, keepsWhole } from '../aggregation.ts';
import { wrapped } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { lineAt } from './constant-line.ts';

export const aggregateLine: RenderFunction = {
  group: 'Calculate',
  description:
    'A level line for each series, at an aggregation of its values. With keepStep the line has as many points as the series.',
  example: 'aggregateLine(clinic.*.visits,"max")',
  traps: [
    'The line has three points: where it begins, in the middle and where it ends. With keepStep=true it has as many as the series.',
  ],
  params: [
    SERIES_LIST,
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'average' } },
    { name: 'keepStep', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run({ args, context }) {
    const func = args.text('func');
    const combine = aggregationNamed(func);
    if (!combine) return refused(`Unsupported aggregation function: ${func}`);
    return done(
      args.list('seriesList').map((series) => {
        const value = combine(series.values);
        const shown = Number.isNaN(value) ? 'None' : formatG(value);
        const name = `aggregateLine(${series.name}, ${shown})`;
        const whole = series.whole && keepsWhole(func);
        if (!args.flag('keepStep')) return wrapped(lineAt(value, context), name, { whole });
        return wrapped(series, name, { values: series.values.map(() => value), whole });
      }),
    );
  },
};
