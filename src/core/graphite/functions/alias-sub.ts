// aliasSub(web1.cpu.user,"^([^.]+)\..*$","host \1") is shown as "host web1"

import { renamed } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const aliasSub: RenderFunction = {
  group: 'Alias',
  description:
    'Replaces what a regular expression finds in the name of each series. In the replacement \\1 stands for the first group.',
  example: 'aliasSub(clinic.*.visits,"clinic\\.(\\w+)\\..*","\\1")',
  traps: [
    'Groups are written \\1, \\2. The text is a pattern: a dot fits any sign unless a backslash stands before it.',
  ],
  params: [
    SERIES_LIST,
    { name: 'search', type: 'string', isRequired: true },
    { name: 'replace', type: 'string', isRequired: true },
  ],
  run({ args, context }) {
    const pattern = context.regex.compile(args.text('search'));
    if (!pattern.ok) return refused(pattern.why);
    const result: Series[] = [];
    for (const series of args.list('seriesList')) {
      const name = pattern.value.replace(series.name, args.text('replace'));
      if (!name.ok) return refused(name.why);
      result.push(renamed(series, name.value));
    }
    return done(result);
  },
};
