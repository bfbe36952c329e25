// summarize(a.b.c,"1h","sum"): one value for every hour.

import { inBuckets } from '../buckets.ts';
import { INTERVAL_STRING } from '../interval-argument.ts';
import { doneOrRefused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const summarize: RenderFunction = {
  group: 'Transform',
  description:
    'Takes the values of each interval together, by sum unless another aggregation is named. Intervals begin at multiples of their length (an hour at :00), or with alignToFrom at the beginning of the graph.',
  example: 'summarize(clinic.web1.visits,"15min","sum")',
  traps: [
    'Without a function it adds up. For temperatures or percentages say "avg".',
    'The first and the last interval may be cut by the graph.',
  ],
  params: [
    SERIES_LIST,
    INTERVAL_STRING,
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'sum' } },
    { name: 'alignToFrom', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run({ args }) {
    const interval = args.text('intervalString');
    const func = args.text('func');
    const toFrom = args.flag('alignToFrom');
    const nameOf = (series: Series): string =>
      `summarize(${series.name}, "${interval}", "${func}"${toFrom ? ', true' : ''})`;
    const tags = { summarize: interval, summarizeFunction: func };
    return doneOrRefused(
      inBuckets(args.list('seriesList'), { interval, func, toFrom }, nameOf, tags),
    );
  },
};
