// exclude(a.*,"web"): series whose names do not match.

import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const exclude: RenderFunction = {
  group: 'Filter Series',
  description: 'Leaves out the series whose name a regular expression finds.',
  example: 'exclude(clinic.*.visits,"web2")',
  traps: ['The text is a pattern and may fit anywhere in the name.'],
  params: [SERIES_LIST, { name: 'pattern', type: 'string', isRequired: true }],
  run({ args, context }) {
    const pattern = context.regex.compile(args.text('pattern'));
    if (!pattern.ok) return refused(pattern.why);
    return done(args.list('seriesList').filter((series) => !pattern.value.test(series.name)));
  },
};
