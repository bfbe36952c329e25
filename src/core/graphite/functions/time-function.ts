// timeFunction("t"): the time itself, seconds since 1970.

import { generated } from '../generated.ts';
import { done, refused, type Param, type RenderFunction } from '../render-function.ts';

export const STEP: Param = {
  name: 'step',
  type: 'integer',
  default: { kind: 'number', value: 60, whole: true },
};

export const timeFunction: RenderFunction = {
  group: 'Transform',
  description: 'A series with the time as its value: a straight line, to try functions with.',
  example: 'time("the time",600)',
  traps: ['The value is the time itself, in seconds since 1970.'],
  params: [{ name: 'name', type: 'string', isRequired: true }, STEP],
  run({ args, context }) {
    const series = generated(
      { name: args.text('name') },
      args.number('step'),
      context,
      (timeS) => timeS,
    );
    if (!series.ok) return refused(series.why);
    return done(series.value.map((one) => ({ ...one, whole: true })));
  },
};
