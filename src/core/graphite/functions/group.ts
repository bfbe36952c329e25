// group(a.*,b.c): several lists as one.

import { done, SERIES_LISTS, type RenderFunction } from '../render-function.ts';

export const group: RenderFunction = {
  group: 'Combine',
  description: 'Puts the series of several lists into one list.',
  example: 'group(clinic.web1.visits,clinic.web2.wait)',
  params: [SERIES_LISTS],
  run: ({ args }) => done(args.list('seriesLists')),
};
