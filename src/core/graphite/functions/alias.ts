// alias(a.b.c,"shown name")

import { renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const alias: RenderFunction = {
  group: 'Alias',
  description: 'Shows the given text in place of the name of each series.',
  example: 'alias(clinic.web1.visits,"visits a minute")',
  traps: ['With several series all get the same name.'],
  params: [SERIES_LIST, { name: 'newName', type: 'string', isRequired: true }],
  run: ({ args }) =>
    done(args.list('seriesList').map((series) => renamed(series, args.text('newName')))),
};
