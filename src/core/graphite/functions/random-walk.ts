// randomWalk("r"): a line that goes up and down by chance, to try functions with.

import { crc32 } from '../../base/crc32.ts';
import { makeRandom } from '../../base/random.ts';
import { encodeUtf8 } from '../../base/text.ts';
import { generated } from '../generated.ts';
import { doneOrRefused, type RenderFunction } from '../render-function.ts';
import { STEP } from './time-function.ts';

export const randomWalk: RenderFunction = {
  group: 'Special',
  description:
    'A line that begins at 0 and moves by up to a half, up or down, at each step. The same name and the same beginning give the same line.',
  example: 'randomWalk("a walk")',
  traps: ['The same name gives the same walk here. In graphite-web each look is another one.'],
  params: [{ name: 'name', type: 'string', isRequired: true }, STEP],
  run({ args, context }) {
    const name = args.text('name');
    // The dice come from the request, so that a graph that is drawn again does not change.
    const random = makeRandom(crc32(encodeUtf8(name)) ^ context.fromS);
    let next = 0;
    return doneOrRefused(
      generated({ name }, args.number('step'), context, () => {
        const value = next;
        next += random.fraction() - 0.5;
        return value;
      }),
    );
  },
};
