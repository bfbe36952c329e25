// dashed(a.b.c): a dashed line in pictures.

import { formatG } from '../../base/number.ts';
import type { NumberLiteral } from '../expression.ts';
import { drawn, renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { valueText } from '../value.ts';

const DASH: NumberLiteral = { kind: 'number', value: 5, whole: true };

export const dashed: RenderFunction = {
  group: 'Graph',
  description: 'Draws a dashed line in pictures. It does not change the values.',
  example: 'dashed(clinic.web1.visits,4)',
  params: [SERIES_LIST, { name: 'dashLength', type: 'float', default: DASH }],
  run({ args }) {
    const given = args.optionalNumber('dashLength') ?? DASH.value;
    const dash = { ...DASH, value: given, whole: Number.isInteger(given) };
    return done(
      args.list('seriesList').map((series) =>
        renamed(
          drawn(series, { dashed: dash.value }),
          `dashed(${series.name}, ${formatG(dash.value)})`,
          {
            tags: { dashed: valueText(dash) },
          },
        ),
      ),
    );
  },
};
