// aliasQuery(errors.web1,"errors","limit","limit is %d"): shown with the newest value of another series.

import { last } from '../aggregation.ts';
import { renamed } from '../change.ts';
import { formatOne } from '../python-format.ts';
import { done, refused, SERIES_LIST, type Need, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const aliasQuery: RenderFunction = {
  group: 'Alias',
  description:
    'Replaces a part of each name to find another series, and shows a text with the newest value of that: %d is its place.',
  example: 'aliasQuery(clinic.web1.visits,"visits","wait","visits, waiting %g s")',
  traps: ['The other series must be found, and must have a value; else there is an error.'],
  params: [
    SERIES_LIST,
    { name: 'search', type: 'string', isRequired: true },
    { name: 'replace', type: 'string', isRequired: true },
    { name: 'newName', type: 'string', isRequired: true },
  ],
  run({ args, context, target }) {
    const pattern = context.regex.compile(args.text('search'));
    if (!pattern.ok) return refused(pattern.why);
    const need: Need[] = [];
    const result: Series[] = [];
    for (const series of args.list('seriesList')) {
      const query = pattern.value.replace(series.name, args.text('replace'));
      if (!query.ok) return refused(query.why);
      const found = target(query.value);
      if (found.kind === 'refused') return found;
      if (found.kind === 'need') {
        need.push(...found.need);
        continue;
      }
      const [first] = found.series;
      if (!first) return refused(`No series found with query: ${query.value}`);
      const newest = last(first.values);
      if (Number.isNaN(newest)) return refused(`Cannot get last value of series: ${first.name}`);
      const name = formatOne(args.text('newName'), newest, first.whole);
      if (!name.ok) return refused(name.why);
      result.push(renamed(series, name.value));
    }
    return need.length > 0 ? { kind: 'need', need } : done(result);
  },
};
