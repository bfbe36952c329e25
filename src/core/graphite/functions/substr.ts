// substr(web1.cpu.user,1,2) is shown as "cpu"

import { renamed } from '../change.ts';
import { nodesBetween } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const substr: RenderFunction = {
  group: 'Special',
  description:
    'Shows the nodes of the name from start up to, not including, stop; both may be negative and then count from the end.',
  example: 'substr(clinic.*.visits,1,2)',
  traps: ['Nodes are counted from 0, and the last one is not included.'],
  params: [
    SERIES_LIST,
    { name: 'start', type: 'node', default: { kind: 'number', value: 0, whole: true } },
    { name: 'stop', type: 'node', default: { kind: 'number', value: 0, whole: true } },
  ],
  run: ({ args }) =>
    done(
      args
        .list('seriesList')
        .map((series) =>
          renamed(series, nodesBetween(series.name, args.number('start'), args.number('stop'))),
        ),
    ),
};
