// aliasByMetric(web1.cpu.user) is shown as "user"

import { renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const aliasByMetric: RenderFunction = {
  group: 'Alias',
  description: 'Shows the last node of the metric name only.',
  params: [SERIES_LIST],
  run: ({ args }) =>
    done(args.list('seriesList').map((series) => renamed(series, lastNode(series.name)))),
};

// Inside a call, what counts stands between the last "(" and the first ")", up to a comma.
function lastNode(name: string): string {
  const close = name.indexOf(')');
  const inner = name.slice(name.lastIndexOf('(') + 1, close < 0 ? name.length : close);
  return (inner.split('.').at(-1) ?? '').replace(/,.*$/, '');
}
