// timeShift(a.b.c,"1d"): yesterday's values, drawn over today.

import { parseInterval } from '../../time/interval.ts';
import { renamed } from '../change.ts';
import {
  done,
  refused,
  SERIES_LIST,
  type RenderContext,
  type RenderFunction,
} from '../render-function.ts';

export const timeShift: RenderFunction = {
  group: 'Transform',
  description:
    'Shows the values of an earlier time (or, with a plus sign, of a later one) at the time of the graph, so that both can be compared.',
  example: 'timeShift(clinic.web1.visits,"1d")',
  traps: [
    'Without a sign the shift goes back.',
    'What is shown must be stored: the file keeps only so much.',
  ],
  params: [
    SERIES_LIST,
    { name: 'timeShift', type: 'interval', isRequired: true },
    { name: 'resetEnd', type: 'boolean', default: { kind: 'flag', on: true } },
    { name: 'alignDST', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run(call) {
    const { args, context } = call;
    const [first] = args.list('seriesList');
    if (!first) return done([]);
    // Without a sign, a shift goes back.
    const text = args.text('timeShift');
    const shift = /^\d/.test(text) ? `-${text}` : text;
    const length = parseInterval(shift);
    if (!length.ok) return refused(length.why);
    const moveS = length.value + (args.flag('alignDST') ? clockChange(context, length.value) : 0);

    const shifted = call.again(context.fromS + moveS, context.untilS + moveS);
    if (shifted.kind !== 'done') return shifted;
    return done(
      shifted.series.map((series) =>
        renamed(series, `timeShift(${series.name}, "${shift}")`, {
          start: first.start,
          end: args.flag('resetEnd') ? first.end : series.end - series.start + first.start,
          tags: { timeShift: shift },
        }),
      ),
    );
  },
};

// Between summer and winter, the same hour on the wall is an hour further away.
function clockChange({ fromS, untilS, offsetAt }: RenderContext, shiftS: number): number {
  const here = offsetAt(fromS);
  const there = offsetAt(fromS + shiftS);
  const isClear = here === offsetAt(untilS) && there === offsetAt(untilS + shiftS);
  return isClear ? here - there : 0;
}
