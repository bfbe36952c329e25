// unique(a.*,a.b): several lists as one, every name once.

import { done, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const unique: RenderFunction = {
  group: 'Filter Series',
  description: 'Puts several lists into one and keeps the first series of each name.',
  example: 'unique(group(clinic.web1.visits,clinic.*.visits))',
  traps: ['Only the name decides.'],
  params: [SERIES_LISTS],
  run({ args }) {
    const names = new Set<string>();
    return done(
      args.list('seriesLists').filter((series) => {
        const isNew = !names.has(series.name);
        names.add(series.name);
        return isNew;
      }),
    );
  },
};
