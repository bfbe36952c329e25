// log(a.b.c,2): the logarithm of every value.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const log: RenderFunction = {
  group: 'Transform',
  description:
    'The logarithm of every value, to base 10 unless another is given; 0 and negative values become gaps. It lets very small and very large values be seen in one graph.',
  example: 'log(clinic.web1.wait,10)',
  traps: ['0 and less have no logarithm: there is a gap.'],
  params: [
    SERIES_LIST,
    { name: 'base', type: 'integer', default: { kind: 'number', value: 10, whole: true } },
  ],
  run({ args }) {
    const base = args.number('base');
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `log(${series.name}, ${base})`, {
          values: mapKnown(series.values, (value) =>
            value > 0 ? Math.log(value) / Math.log(base) : NaN,
          ),
          whole: false,
          tags: { log: String(base) },
        }),
      ),
    );
  },
};
