// groupByTags(seriesByTag("name=cpu"),"average","host"): one series for each host.

import { combineGroups } from '../group-by-nodes.ts';
import { groupByKey, tagsOf } from '../names.ts';
import { refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';
import { valueText } from '../value.ts';

export const groupByTags: RenderFunction = {
  group: 'Combine',
  description:
    'Puts series that have the same values of some tags together, and makes one series of each group. Its name is the metric with those tags: cpu;host=web1.',
  params: [
    SERIES_LIST,
    { name: 'callback', type: 'aggOrSeriesFunc', isRequired: true },
    { name: 'tags', type: 'tag', isRequired: true, isMultiple: true },
  ],
  run(call) {
    const { args } = call;
    const list = args.list('seriesList');
    const callback = args.text('callback');
    const tags = args.literals('tags').map(valueText);
    if (tags.length === 0) return refused('groupByTags(): no tags specified');
    const names = new Set(list.map((series) => series.tags['name'] ?? ''));
    const [common = ''] = names.size === 1 ? names : [callback];
    const others = tags.filter((tag) => tag !== 'name');
    const keyOf = (series: Series): string => {
      const name = tags.includes('name') ? (series.tags['name'] ?? '') : common;
      const pairs = others.map((tag) => `${tag}=${tagOf(series, tag)}`).sort();
      return [name, ...pairs].join(';');
    };
    return combineGroups(call, groupByKey(list, keyOf), callback, (series, key) => ({
      ...series,
      name: key,
      pathExpression: key,
      tags: tagsOf(key),
    }));
  },
};

function tagOf(series: Series, tag: string): string {
  return Object.hasOwn(series.tags, tag) ? (series.tags[tag] ?? '') : '';
}
