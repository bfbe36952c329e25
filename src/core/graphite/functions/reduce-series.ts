// reduceSeries(mapSeries(servers.*.disk.*,1),"asPercent",3,"used","total"): how full the disk of each server is.

import { renamed } from '../change.ts';
import { done, refused, SERIES_LISTS, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';
import { valueText } from '../value.ts';

export const reduceSeries: RenderFunction = {
  group: 'Combine',
  description:
    'Calls a function once for each group of series whose names begin alike. The series that have the words you give at one node are its arguments, in that order.',
  params: [
    { ...SERIES_LISTS, isMultiple: false },
    { name: 'reduceFunction', type: 'string', isRequired: true },
    { name: 'reduceNode', type: 'node', isRequired: true },
    { name: 'reduceMatchers', type: 'string', isRequired: true, isMultiple: true },
  ],
  run({ args, apply }) {
    const name = args.text('reduceFunction');
    const node = args.number('reduceNode');
    const matchers = args.literals('reduceMatchers').map(valueText);
    const groups = new Map<string, (Series | undefined)[]>();
    for (const series of args.list('seriesLists')) {
      const nodes = series.name.split('.');
      const place = matchers.indexOf(nodes.at(node) ?? '');
      if (place < 0) continue;
      const key = `${nodes.slice(0, node).join('.')}.reduce.${name}`;
      const group = groups.get(key) ?? matchers.map(() => undefined);
      group[place] = series;
      groups.set(key, group);
    }
    const result: Series[] = [];
    for (const [key, group] of groups) {
      const missing = matchers.filter((_, i) => group[i] === undefined);
      if (missing.length > 0)
        return refused(`reduceSeries(): ${key} has no "${missing.join('" and no "')}"`);
      const reduced = apply(
        name,
        group.map((series) => (series ? [series] : [])),
      );
      if (reduced.kind !== 'done') return reduced;
      for (const series of reduced.series.slice(0, 1)) result.push(renamed(series, key));
    }
    return done(result);
  },
};
