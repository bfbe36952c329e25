// reduceSeries(mapSeries(web.*.disk.*,1),"asPercent",3,"used","total"): used of total, for each web server.

import { renamed } from '../change.ts';
import { done, refused, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';
import { valueText } from '../value.ts';

export const reduceSeries: RenderFunction = {
  group: 'Combine',
  description:
    'For each beginning of a name, calls a function with the series whose next node is the first word, the second word and so on.',
  example: 'reduceSeries(mapSeries(clinic.*.*,1),"divideSeries",2,"wait","visits")',
  traps: ['Each word must be found in each group; else there is an error that names it.'],
  params: [
    { name: 'seriesLists', type: 'seriesLists', isRequired: true },
    { name: 'reduceFunction', type: 'string', isRequired: true },
    { name: 'reduceNode', type: 'node', isRequired: true },
    { name: 'reduceMatchers', type: 'string', isRequired: true, isMultiple: true },
  ],
  run({ args, func }) {
    const functionName = args.text('reduceFunction');
    const place = args.number('reduceNode');
    const matchers = args.literals('reduceMatchers').map(valueText);
    const groups = new Map<string, Map<string, Series>>();
    for (const series of args.list('seriesLists')) {
      const nodes = series.name.split('.');
      const node = nodes.at(place) ?? '';
      if (!matchers.includes(node)) continue;
      const key = `${nodes.slice(0, place).join('.')}.reduce.${functionName}`;
      groups.set(key, (groups.get(key) ?? new Map<string, Series>()).set(node, series));
    }

    const result: Series[] = [];
    for (const [key, byNode] of groups) {
      const missing = matchers.find((matcher) => !byNode.has(matcher));
      if (missing !== undefined)
        return refused(`reduceSeries found no series with the node "${missing}" for ${key}`);
      const reduced = func(
        functionName,
        matchers.map((matcher) => [byNode.get(matcher)].flatMap((one) => one ?? [])),
      );
      if (reduced.kind !== 'done') return reduced;
      result.push(...reduced.series.slice(0, 1).map((series) => renamed(series, key)));
    }
    return done(result);
  },
};
