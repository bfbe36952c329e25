// verticalLine("12:30_20261001","release"): a line across the graph at one time.

import { parseAtTime } from '../../time/attime.ts';
import { computed, drawn } from '../change.ts';
import { done, refused, type RenderFunction } from '../render-function.ts';

export const verticalLine: RenderFunction = {
  group: 'Graph',
  description:
    'A vertical line at a time within the graph, with a label: for a release or a failure. Times are written as in from and until.',
  example: 'group(clinic.web1.visits,verticalLine("-20min","update","red"))',
  traps: ['The moment must lie within the graph.'],
  params: [
    { name: 'ts', type: 'date', isRequired: true },
    { name: 'label', type: 'string' },
    { name: 'color', type: 'string' },
  ],
  run({ args, context }) {
    const text = args.text('ts');
    const time = parseAtTime(text, context.nowS, context.offsetAt);
    if (!time.ok) return refused(time.why);
    const at = time.value;
    if (at < context.fromS)
      return refused(`verticalLine(): timestamp ${at} exists before start of range`);
    if (at > context.untilS)
      return refused(`verticalLine(): timestamp ${at} exists after end of range`);
    const label = args.optional('label');
    // Two values and one time: the original's line has its two ends at the same second.
    const color = args.optional('color');
    const line = computed({
      name: label?.kind === 'text' ? label.text : `verticalLine(${text})`,
      start: at,
      end: at,
      step: 1,
      values: Float64Array.of(1, 1),
      xFilesFactor: context.xFilesFactor,
    });
    return done([
      drawn(line, {
        drawAsInfinite: true,
        ...(color?.kind === 'text' ? { color: color.text } : {}),
      }),
    ]);
  },
};
