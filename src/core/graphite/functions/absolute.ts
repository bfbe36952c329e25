// absolute(a.b.c): values without their sign.

import { mapKnown, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const absolute: RenderFunction = {
  group: 'Transform',
  description: 'Takes the sign away from every value.',
  example: 'absolute(offset(clinic.web1.visits,-40))',
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) =>
        wrapped(series, `absolute(${series.name})`, {
          values: mapKnown(series.values, Math.abs),
          tags: { absolute: '1' },
        }),
      ),
    ),
};
