// timeSlice(a.b.c,"-2h","-1h"): values of one hour, gaps before and after it.

import { parseAtTime } from '../../time/attime.ts';
import { renamed } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const timeSlice: RenderFunction = {
  group: 'Transform',
  description: 'Keeps the values between two times and makes gaps of all others.',
  example: 'timeSlice(clinic.web1.visits,"-40min","-10min")',
  params: [
    SERIES_LIST,
    { name: 'startSliceAt', type: 'string', isRequired: true },
    { name: 'endSliceAt', type: 'string', default: { kind: 'text', text: 'now' } },
  ],
  run({ args, context }) {
    const start = parseAtTime(args.text('startSliceAt'), context.nowS, context.offsetAt);
    if (!start.ok) return refused(start.why);
    const end = parseAtTime(args.text('endSliceAt'), context.nowS, context.offsetAt);
    if (!end.ok) return refused(end.why);
    const [startS, endS] = [Math.floor(start.value), Math.floor(end.value)];
    return done(
      args.list('seriesList').map((series) =>
        renamed(series, `timeSlice(${series.name}, ${startS}, ${endS})`, {
          // graphite-web counts the times from the beginning of the graph, not from that of the series.
          values: series.values.map((value, index) => {
            const time = context.fromS + index * series.step;
            return time < startS || time > endS ? NaN : value;
          }),
          tags: { timeSliceStart: String(startS), timeSliceEnd: String(endS) },
        }),
      ),
    );
  },
};
