// transformNull(a.b.c,0): gaps become 0.

import { formatG, pythonNumber } from '../../base/number.ts';
import { wrapped } from '../change.ts';
import { mapRows, normalize } from '../normalize.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const transformNull: RenderFunction = {
  group: 'Transform',
  description:
    'Puts a number in the place of gaps. With reference series, only where at least one of those has a value.',
  example: 'transformNull(clinic.web1.temperature,0)',
  traps: ['0 is a value. An average over it is another one than before.'],
  params: [
    SERIES_LIST,
    { name: 'default', type: 'float', default: { kind: 'number', value: 0, whole: true } },
    { name: 'referenceSeries', type: 'seriesList' },
  ],
  run({ args }) {
    const standIn = args.optional('default');
    const value = standIn?.kind === 'number' ? standIn : { value: 0, whole: true };
    const reference = args.optional('referenceSeries');
    const known =
      reference?.kind === 'series' && reference.series.length > 0
        ? knownIn(reference.series)
        : null;
    const suffix = known ? ',referenceSeries' : '';

    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `transformNull(${series.name},${formatG(value.value)}${suffix})`, {
          values: series.values.map((old, index) =>
            Number.isNaN(old) && (known?.(series.start + index * series.step) ?? true)
              ? value.value
              : old,
          ),
          tags: {
            transformNull: pythonNumber(value.value, value.whole),
            ...(known ? { referenceSeries: '1' } : {}),
          },
        }),
      ),
    );
  },
};

/** Whether one of `series` has a value at a time. Steps may be others than those of the series that is filled. */
function knownIn(series: readonly Series[]): (timeS: number) => boolean {
  const grid = normalize(series);
  if (!grid) return () => false;
  const rows = mapRows(grid, (row) => (row.some((value) => !Number.isNaN(value)) ? 1 : 0));
  return (timeS) => rows[Math.floor((timeS - grid.start) / grid.step)] === 1;
}
