// events("update","web"): how many events with these tags there were in each second.

import { computed } from '../change.ts';
import { SERIES_POINTS_MAX, tooManyPoints } from '../limits.ts';
import { done, refused, type RenderFunction } from '../render-function.ts';
import { valueText } from '../value.ts';

/** Asks for every event, whatever its tags. */
const EVERY = '*';

export const events: RenderFunction = {
  group: 'Special',
  description:
    'How many events with all of these tags there were in each second; "*" asks for all events. With drawAsInfinite around it each becomes a line across the graph.',
  example: 'drawAsInfinite(events("update"))',
  traps: [
    'The step is one second, whatever the other series have.',
    'All tags that are given must be there.',
  ],
  params: [{ name: 'tags', type: 'string', isRequired: true, isMultiple: true }],
  run({ args, context }) {
    const tags = args.literals('tags').map(valueText);
    const count = context.untilS - context.fromS;
    if (count > SERIES_POINTS_MAX) return refused(tooManyPoints(count));
    const values = new Float64Array(count).fill(NaN);
    const isAll = tags.length === 1 && tags[0] === EVERY;
    for (const timeS of context.eventTimes(isAll ? null : tags, context.fromS, context.untilS)) {
      const place = timeS - context.fromS;
      if (place < count) values[place] = Number.isNaN(values[place]) ? 1 : (values[place] ?? 0) + 1;
    }
    return done([
      {
        ...computed({
          name: `events("${tags.join('", "')}")`,
          start: context.fromS,
          end: context.untilS,
          step: 1,
          values,
          whole: true,
          xFilesFactor: context.xFilesFactor,
        }),
        consolidation: 'sum',
      },
    ]);
  },
};
