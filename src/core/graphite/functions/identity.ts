// identity("x"): the time itself, each minute.

import { generated } from '../generated.ts';
import { done, refused, type RenderFunction } from '../render-function.ts';

const STEP_S = 60;

export const identity: RenderFunction = {
  group: 'Calculate',
  description: 'A series with the time as its value, one point a minute.',
  example: 'identity("a line that is the time")',
  traps: ['The value is the time itself, in seconds since 1970.'],
  params: [{ name: 'name', type: 'string', isRequired: true }],
  run({ args, context }) {
    const name = args.text('name');
    const text = { name, pathExpression: `identity("${name}")` };
    const series = generated(text, STEP_S, context, (timeS) => timeS);
    if (!series.ok) return refused(series.why);
    return done(series.value.map((one) => ({ ...one, whole: true })));
  },
};
