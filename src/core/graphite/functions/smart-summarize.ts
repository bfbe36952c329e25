// smartSummarize(a.b.c,"1h","sum","days"): one value an hour, counted from midnight.

import { inBuckets } from '../buckets.ts';
import { INTERVAL_STRING } from '../interval-argument.ts';
import { startOfUnit } from '../../time/unit-start.ts';
import {
  done,
  doneOrRefused,
  refused,
  SERIES_LIST,
  type Call,
  type Outcome,
  type RenderFunction,
} from '../render-function.ts';
import type { Series } from '../series.ts';

export const smartSummarize: RenderFunction = {
  group: 'Transform',
  description:
    'Takes the values of each interval together, as summarize does, with intervals that begin at the beginning of the graph. With alignTo the graph begins at a whole year, month, week, day, hour or minute.',
  example: 'smartSummarize(clinic.web1.visits,"15min","sum")',
  traps: ['Its intervals begin where the graph begins, those of summarize at whole multiples.'],
  params: [
    SERIES_LIST,
    INTERVAL_STRING,
    { name: 'func', type: 'aggFunc', default: { kind: 'text', text: 'sum' } },
    {
      name: 'alignTo',
      type: 'string',
      suggestions: ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'],
    },
  ],
  run(call) {
    const series = alignedSeries(call);
    if (series.kind !== 'done') return series;
    const interval = call.args.text('intervalString');
    const func = call.args.text('func');
    const nameOf = (one: Series): string => `smartSummarize(${one.name}, "${interval}", "${func}")`;
    const tags = { smartSummarize: interval, smartSummarizeFunction: func };
    return doneOrRefused(inBuckets(series.series, { interval, func, toFrom: true }, nameOf, tags));
  },
};

function alignedSeries({ args, context, again }: Call): Outcome {
  const alignTo = args.optional('alignTo');
  if (alignTo?.kind !== 'text') return done(args.list('seriesList'));
  const fromS = startOfUnit(alignTo.text, context.fromS, context.offsetAt);
  return fromS.ok ? again(fromS.value, context.untilS) : refused(fromS.why);
}
