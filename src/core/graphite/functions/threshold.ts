// threshold(90,"too hot") is a level line with a name.

import { renamed } from '../change.ts';
import { done, type RenderFunction } from '../render-function.ts';
import { lineAt } from './constant-line.ts';

export const threshold: RenderFunction = {
  group: 'Graph',
  description:
    'A level line with a label, for a limit that must not be passed. The colour is for pictures and does not change the data.',
  params: [
    { name: 'value', type: 'float', isRequired: true },
    { name: 'label', type: 'string' },
    { name: 'color', type: 'string' },
  ],
  run({ args, context }) {
    const line = lineAt(args.number('value'), context);
    const label = args.optional('label');
    return done([label?.kind === 'text' && label.text !== '' ? renamed(line, label.text) : line]);
  },
};
