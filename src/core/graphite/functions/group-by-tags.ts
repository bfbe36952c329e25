// groupByTags(seriesByTag("name=cpu"),"sum","host"): one series for each host.

import { renamed } from '../change.ts';
import { combineGroup } from '../group-by-nodes.ts';
import { groupByKey, tagsOf } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';
import { valueText } from '../value.ts';

export const groupByTags: RenderFunction = {
  group: 'Combine',
  description:
    'Puts series that share the values of some tags together, and makes one series of each group. Its name has these tags: "cpu;host=web1".',
  example: 'groupByTags(seriesByTag("name=disk.used"),"sum","name")',
  traps: ['A tag that a series does not have counts as empty.'],
  params: [
    SERIES_LIST,
    { name: 'callback', type: 'aggOrSeriesFunc', isRequired: true },
    { name: 'tags', type: 'tag', isRequired: true, isMultiple: true },
  ],
  run(call) {
    const list = call.args.list('seriesList');
    const callback = call.args.text('callback');
    const tags = call.args.literals('tags').map(valueText);
    const names = new Set(list.map((series) => series.tags['name'] ?? ''));
    const [commonName = ''] = names.size === 1 ? names : [callback];

    function keyOf(series: Series): string {
      const name = tags.includes('name') ? (series.tags['name'] ?? '') : commonName;
      const pairs = tags
        .filter((tag) => tag !== 'name')
        .map((tag) => `${tag}=${Object.hasOwn(series.tags, tag) ? series.tags[tag] : ''}`);
      return [name, ...pairs.sort()].join(';');
    }

    const result: Series[] = [];
    for (const [key, group] of groupByKey(list, keyOf)) {
      const combined = combineGroup(call, callback, group);
      if (combined.kind !== 'done') return combined;
      for (const series of combined.series.slice(0, 1))
        result.push({ ...renamed(series, key), pathExpression: key, tags: tagsOf(key) });
    }
    return done(result);
  },
};
