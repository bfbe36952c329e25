// aliasByMetric(web1.cpu.user) is shown as "user"

import { renamed } from '../change.ts';
import { nodesBetween } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const aliasByMetric: RenderFunction = {
  group: 'Alias',
  description: 'Shows the last node of the metric name only.',
  example: 'aliasByMetric(clinic.*.visits)',
  traps: ['Two series may get the same name: here both are called visits.'],
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(
      args.list('seriesList').map((series) => renamed(series, nodesBetween(series.name, -1, 0))),
    ),
};
