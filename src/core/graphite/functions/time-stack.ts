// timeStack(a.b.c,"1d",0,7): this week's days over each other, seven series of each.

import { parseInterval } from '../../time/interval.ts';
import { wrapped } from '../change.ts';
import { done, refused, SERIES_LIST, type Need, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

/** Shifts of one call: the days of a year. */
const SHIFTS_MAX = 366;

export const timeStack: RenderFunction = {
  group: 'Transform',
  description:
    'Shows the same series for several earlier times at once: shifted by the unit as often as each number from start up to, not including, end.',
  example: 'timeStack(clinic.web1.visits,"1d",0,3)',
  traps: ['The end is not included: 0 and 3 give three series.'],
  params: [
    SERIES_LIST,
    { name: 'timeShiftUnit', type: 'interval', default: { kind: 'text', text: '1d' } },
    { name: 'timeShiftStart', type: 'integer', default: { kind: 'number', value: 0, whole: true } },
    { name: 'timeShiftEnd', type: 'integer', default: { kind: 'number', value: 7, whole: true } },
  ],
  run({ args, context, again }) {
    const [first] = args.list('seriesList');
    if (!first) return done([]);
    const text = args.text('timeShiftUnit');
    const unit = /^\d/.test(text) ? `-${text}` : text;
    const length = parseInterval(unit);
    if (!length.ok) return refused(length.why);
    const [from, until] = [args.number('timeShiftStart'), args.number('timeShiftEnd')];
    if (until - from > SHIFTS_MAX)
      return refused(`timeStack shifts ${until - from} times; ${SHIFTS_MAX} are allowed`);

    const need: Need[] = [];
    const result: Series[] = [];
    for (let shift = from; shift < until; shift++) {
      const moveS = length.value * shift;
      const shifted = again(context.fromS + moveS, context.untilS + moveS);
      if (shifted.kind === 'refused') return shifted;
      if (shifted.kind === 'need') need.push(...shifted.need);
      else
        for (const series of shifted.series)
          result.push(
            wrapped(series, `timeShift(${series.name}, ${unit}, ${shift})`, {
              start: first.start,
              end: first.end,
              tags: { timeShiftUnit: unit, timeShift: String(shift) },
            }),
          );
    }
    return need.length > 0 ? { kind: 'need', need } : done(result);
  },
};
