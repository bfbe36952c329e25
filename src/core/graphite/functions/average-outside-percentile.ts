// averageOutsidePercentile(a.*,90): series whose means are among the lowest or the highest tenth.

import { average } from '../aggregation.ts';
import { percentile } from '../percentile.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const averageOutsidePercentile: RenderFunction = {
  group: 'Filter Series',
  description:
    'Leaves out the series whose means lie between a percentile and its opposite: what stays is unusual.',
  example: 'averageOutsidePercentile(clinic.*.*,80)',
  traps: [
    'The percentile is that of the averages of all series, so it needs many series to make sense.',
  ],
  params: [SERIES_LIST, { name: 'n', type: 'float', isRequired: true }],
  run({ args }) {
    const series = args.list('seriesList');
    const asked = args.number('n');
    const upper = asked < 50 ? 100 - asked : asked;
    const means = series.map((one) => average(one.values));
    const low = percentile(means, 100 - upper, false);
    const high = percentile(means, upper, false);
    return done(
      series.filter((_, index) => {
        const mean = means[index] ?? NaN;
        return !(low < mean && mean < high);
      }),
    );
  },
};
