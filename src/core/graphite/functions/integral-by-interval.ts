// integralByInterval(a.b.c,"1d"): the sum so far, from 0 again each day.

import { wrapped } from '../change.ts';
import { readBucketS } from '../interval-argument.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const integralByInterval: RenderFunction = {
  group: 'Transform',
  description:
    'Adds up the values and begins at 0 again in each interval; intervals are counted from the beginning of the graph. A gap repeats the sum.',
  example: 'integralByInterval(clinic.web1.visits,"15min")',
  traps: ['It begins anew with each interval, counted from the beginning of the graph.'],
  params: [
    SERIES_LIST,
    {
      name: 'intervalUnit',
      type: 'interval',
      isRequired: true,
      suggestions: ['10min', '1h', '1d'],
    },
  ],
  run({ args, context }) {
    const unit = args.text('intervalUnit');
    const intervalS = readBucketS(unit);
    if (!intervalS.ok) return refused(intervalS.why);
    const intervalOf = (timeS: number): number =>
      Math.floor((timeS - context.fromS) / intervalS.value);
    return done(
      args.list('seriesList').map((series) => {
        let total = 0;
        const values = series.values.map((value, index) => {
          const time = series.start + index * series.step;
          if (intervalOf(time) !== intervalOf(time - series.step)) total = 0;
          if (!Number.isNaN(value)) total += value;
          return total;
        });
        return wrapped(series, `integralByInterval(${series.name},'${unit}')`, {
          values,
          whole: false,
          tags: { integralByInterval: unit },
        });
      }),
    );
  },
};
