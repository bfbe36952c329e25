// compressPeriodicGaps(a.b.c): a value every five minutes in a file with a place every minute.
//
//   1 . . 4 . . 7 . .    step 60   gives   1 4 7    step 180

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

/** Values whose distance shows how often they come. */
const SAMPLES = 3;

export const compressPeriodicGaps: RenderFunction = {
  group: 'Transform',
  description:
    'Takes out gaps that come again and again because values are sent less often than they could be stored. The first three values show how often; a series with values between stays as it is.',
  example: 'compressPeriodicGaps(sparse.web1.backup)',
  traps: ['The length between values is taken from the first three of them.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => {
        const name = `compressPeriodicGaps(${series.name})`;
        const { first, period } = periodOf(series);
        if (period <= 1) return wrapped(series, name);
        return wrapped(series, name, {
          start: series.start + first * series.step,
          step: period * series.step,
          values: series.values.filter((_, at) => at >= first && (at - first) % period === 0),
        });
      }),
    ),
};

/** Points from one value to the next; 1 where there is no such rhythm. */
function periodOf({ values }: Series): { readonly first: number; readonly period: number } {
  const places: number[] = [];
  for (let at = 0; at < values.length && places.length < SAMPLES; at++)
    if (!Number.isNaN(values[at])) places.push(at);
  const [first = 0, second = 0, third = 0] = places;
  const period = second - first;
  const isSteady =
    places.length === SAMPLES &&
    third - second === period &&
    values.every((value, at) => Number.isNaN(value) || (at - first) % period === 0);
  return { first, period: isSteady ? period : 1 };
}
