// sinFunction("wave",2): a sine wave between -2 and 2.

import { generated } from '../generated.ts';
import { doneOrRefused, type RenderFunction } from '../render-function.ts';
import { STEP } from './time-function.ts';

export const sinFunction: RenderFunction = {
  group: 'Transform',
  description:
    'A series with the sine of the time as its value: a wave, to try functions with. The time is in seconds and the wave is about 6 seconds long, so most steps see only some of it.',
  example: 'sin("a wave",5)',
  traps: ['The angle is the time in seconds, so the wave is quick. It is meant for trying things.'],
  params: [
    { name: 'name', type: 'string', isRequired: true },
    { name: 'amplitude', type: 'float', default: { kind: 'number', value: 1, whole: true } },
    STEP,
  ],
  run: ({ args, context }) =>
    doneOrRefused(
      generated(
        { name: args.text('name') },
        args.number('step'),
        context,
        (timeS) => Math.sin(timeS) * args.number('amplitude'),
      ),
    ),
};
