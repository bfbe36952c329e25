// transformNull(a.b.c,0): gaps become 0.

import { formatG, pythonNumber } from '../../base/number.ts';
import { wrapped } from '../change.ts';
import { mapRows, normalize } from '../normalize.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const transformNull: RenderFunction = {
  group: 'Transform',
  description:
    'Puts a number in the place of gaps. With reference series, only where at least one of those has a value.',
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
        ? rowsWithAValue(reference.series)
        : null;
    const suffix = known ? ',referenceSeries' : '';

    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `transformNull(${series.name},${formatG(value.value)}${suffix})`, {
          values: series.values.map((old, index) =>
            Number.isNaN(old) && (known === null || known[index] === 1) ? value.value : old,
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

function rowsWithAValue(series: Parameters<typeof normalize>[0]): Float64Array {
  const grid = normalize(series);
  if (!grid) return new Float64Array();
  return mapRows(grid, (row) => (row.some((value) => !Number.isNaN(value)) ? 1 : 0));
}
