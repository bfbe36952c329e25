// stacked(a.*): each series on top of those before it.

import { drawn, wrapped } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

const DEFAULT_STACK = '__DEFAULT__';

export const stacked: RenderFunction = {
  group: 'Graph',
  description:
    'Adds to each series the values of those before it, so that they stand on each other in the graph. Stacks of different names grow beside each other, over all targets of a request.',
  example: 'stacked(clinic.*.visits)',
  traps: ['The values themselves grow: the second series is the sum of both.'],
  params: [SERIES_LIST, { name: 'stack', type: 'string' }],
  run({ args, carried }) {
    const text = args.optional('stack');
    const stack = text?.kind === 'text' ? text.text : DEFAULT_STACK;
    const isDefault = stack === DEFAULT_STACK;
    const heights = carried.stacks.get(stack) ?? [];
    carried.stacks.set(stack, heights);
    return done(
      args.list('seriesList').map((series) =>
        wrapped(
          drawn(series, { stacked: true }),
          isDefault ? `stacked(${series.name})` : series.name,
          {
            values: series.values.map((value, at) => {
              const height = heights[at] ?? 0;
              heights[at] = Number.isNaN(value) ? height : height + value;
              return Number.isNaN(value) ? NaN : height + value;
            }),
            ...(isDefault ? { tags: { stacked: DEFAULT_STACK } } : {}),
          },
        ),
      ),
    );
  },
};
