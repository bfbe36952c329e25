// verticalLine("12:00_20261127","update"): a mark at one moment.

import { parseAtTime } from '../../time/attime.ts';
import { computed } from '../change.ts';
import { done, refused, type RenderFunction } from '../render-function.ts';

export const verticalLine: RenderFunction = {
  group: 'Graph',
  description:
    'A mark at one moment, such as an update, with a label. The time is written as those of the graph are: -5min, or 16:00_20261127.',
  params: [
    { name: 'ts', type: 'date', isRequired: true },
    { name: 'label', type: 'string' },
    { name: 'color', type: 'string' },
  ],
  run({ args, context }) {
    const time = parseAtTime(args.text('ts'), context.nowS, context.offsetAt);
    if (!time.ok) return refused(time.why);
    const at = time.value;
    if (at < context.fromS)
      return refused(`verticalLine(): timestamp ${at} exists before start of range`);
    if (at > context.untilS)
      return refused(`verticalLine(): timestamp ${at} exists after end of range`);
    const label = args.optional('label');
    return done([
      computed({
        name: label?.kind === 'text' ? label.text : '',
        start: at,
        end: at,
        step: 1,
        values: Float64Array.of(1, 1),
        xFilesFactor: context.xFilesFactor,
      }),
    ]);
  },
};
