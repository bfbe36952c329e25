// grep(a.*,"web"): series whose names match.

import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const grep: RenderFunction = {
  group: 'Filter Series',
  description: 'Keeps the series whose name a regular expression finds.',
  example: 'grep(clinic.*.visits,"web[12]")',
  params: [SERIES_LIST, { name: 'pattern', type: 'string', isRequired: true }],
  run({ args, context }) {
    const pattern = context.regex.compile(args.text('pattern'));
    if (!pattern.ok) return refused(pattern.why);
    return done(args.list('seriesList').filter((series) => pattern.value.test(series.name)));
  },
};
