// lower(a.b.c) is shown in small letters; with positions, only the letters there.

import { renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const lower: RenderFunction = {
  group: 'Alias',
  description:
    'Shows the name in small letters, or only the letters at the given positions, counted from 0.',
  example: 'lower(alias(clinic.web1.visits,"VISITS"))',
  params: [SERIES_LIST, { name: 'pos', type: 'node', isMultiple: true }],
  run({ args }) {
    const positions = new Set(
      args.literals('pos').map((literal) => (literal.kind === 'number' ? literal.value : NaN)),
    );
    return done(
      args.list('seriesList').map((series) => {
        if (positions.size === 0) return renamed(series, series.name.toLowerCase());
        const letters = Array.from(series.name, (letter, index) =>
          positions.has(index) || positions.has(index - series.name.length)
            ? letter.toLowerCase()
            : letter,
        );
        return renamed(series, letters.join(''));
      }),
    );
  },
};
