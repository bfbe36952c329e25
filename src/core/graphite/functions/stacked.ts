// stacked(web.*.requests): each series on top of those before it.

import { wrapped } from '../change.ts';
import { done, type RenderFunction, SERIES_LISTS } from '../render-function.ts';

const DEFAULT_STACK = '__DEFAULT__';

export const stacked: RenderFunction = {
  group: 'Graph',
  description:
    'Adds to each value the values of the series before it, so that the lines lie on top of each other and the highest one shows the total. A named stack leaves the names of the series as they are.',
  params: [
    { ...SERIES_LISTS, isMultiple: false },
    { name: 'stack', type: 'string', default: { kind: 'text', text: DEFAULT_STACK } },
  ],
  run({ args }) {
    const stack = args.text('stack');
    const totals: number[] = [];
    return done(
      args.list('seriesLists').map((series) => {
        const values = series.values.map((value, i) => {
          if (Number.isNaN(value)) return NaN;
          totals[i] = (totals[i] ?? 0) + value;
          return totals[i];
        });
        if (stack !== DEFAULT_STACK) return wrapped(series, series.name, { values });
        return wrapped(series, `stacked(${series.name})`, { values, tags: { stacked: stack } });
      }),
    );
  },
};
