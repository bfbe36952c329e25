// upper(a.b.c) is shown in capital letters; with positions, only the letters there.

import { renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const upper: RenderFunction = {
  group: 'Alias',
  description:
    'Shows the name in capital letters, or only the letters at the given positions, counted from 0.',
  example: 'upper(clinic.web1.visits)',
  params: [SERIES_LIST, { name: 'pos', type: 'node', isMultiple: true }],
  run({ args }) {
    const positions = new Set(
      args.literals('pos').map((literal) => (literal.kind === 'number' ? literal.value : NaN)),
    );
    return done(
      args.list('seriesList').map((series) => {
        if (positions.size === 0) return renamed(series, series.name.toUpperCase());
        const letters = Array.from(series.name, (letter, index) =>
          positions.has(index) || positions.has(index - series.name.length)
            ? letter.toUpperCase()
            : letter,
        );
        return renamed(series, letters.join(''));
      }),
    );
  },
};
