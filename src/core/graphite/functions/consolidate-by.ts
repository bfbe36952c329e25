// consolidateBy(a.b.c,"max"): when points are made fewer, the largest of each bucket is kept.

import { wrapped } from '../change.ts';
import { consolidationNamed } from '../consolidate.ts';
import {
  done,
  refused,
  SERIES_LIST,
  type Outcome,
  type RenderFunction,
} from '../render-function.ts';
import type { Series } from '../series.ts';

export const consolidateBy: RenderFunction = {
  group: 'Special',
  description:
    'Says how points are made fewer when there are more of them than pixels: average (the usual way), sum, min, max, first, last or avg_zero. A mean hides a short peak; max shows it.',
  example: 'consolidateBy(clinic.web1.wait,"max")',
  traps: [
    'It does nothing until there are more points than the graph has pixels. Then the highest wait stays visible, where the average would hide it.',
  ],
  params: [
    SERIES_LIST,
    {
      name: 'consolidationFunc',
      type: 'string',
      isRequired: true,
      suggestions: ['average', 'avg_zero', 'first', 'last', 'max', 'min', 'sum'],
    },
  ],
  run: ({ args }) => withConsolidation(args.list('seriesList'), args.text('consolidationFunc')),
};

export function withConsolidation(all: readonly Series[], name: string): Outcome {
  const consolidation = consolidationNamed(name);
  if (!consolidation) return refused(`Invalid consolidation function: '${name}'`);
  return done(
    all.map((series) => {
      const text = `consolidateBy(${series.name},"${name}")`;
      return { ...wrapped(series, text, { tags: { consolidateBy: name } }), consolidation };
    }),
  );
}
