// threshold(90,"too hot") is a level line with a name.

import { drawn, renamed } from '../change.ts';
import { done, type RenderFunction } from '../render-function.ts';
import { lineAt } from './constant-line.ts';

export const threshold: RenderFunction = {
  group: 'Graph',
  description:
    'A level line with a label, for a limit that must not be passed. The colour is for pictures and does not change the data.',
  example: 'group(clinic.web1.wait,threshold(25,"too long","red"))',
  params: [
    { name: 'value', type: 'float', isRequired: true },
    { name: 'label', type: 'string' },
    { name: 'color', type: 'string' },
  ],
  run({ args, context }) {
    const line = lineAt(args.number('value'), context);
    const label = args.optional('label');
    const color = args.optional('color');
    const named = label?.kind === 'text' && label.text !== '' ? renamed(line, label.text) : line;
    return done([color?.kind === 'text' ? drawn(named, { color: color.text }) : named]);
  },
};
