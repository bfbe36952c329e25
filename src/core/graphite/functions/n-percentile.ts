// nPercentile(a.b.c,95): a level line below which 95 percent of the values lie.

import { formatG, pythonNumber } from '../../base/number.ts';
import { computed } from '../change.ts';
import { percentile } from '../percentile.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const nPercentile: RenderFunction = {
  group: 'Calculate',
  description:
    'A level line for each series, at the value below which the given percentage of its values lie. A series of gaps is left out.',
  example: 'nPercentile(clinic.web1.wait,90)',
  traps: ['It is one number for the whole time, drawn as a level line.'],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run({ args, context }) {
    const percent = args.number('n');
    if (percent === 0)
      return refused('nPercentile: the requested percent is required to be greater than 0');
    return done(
      args.list('seriesList').flatMap((series) => {
        const value = percentile(series.values, percent, false);
        if (Number.isNaN(value)) return [];
        const points = Math.floor((series.end - series.start) / series.step);
        const line = computed({
          name: `nPercentile(${series.name}, ${formatG(percent)})`,
          start: series.start,
          end: series.end,
          step: series.step,
          values: new Float64Array(points).fill(value),
          whole: series.whole,
          xFilesFactor: context.xFilesFactor,
        });
        return [{ ...line, tags: { ...series.tags, nPercentile: pythonNumber(percent) } }];
      }),
    );
  },
};
