// cactiStyle(web.*.bytes,"si","b") is shown as "web.1.bytes Current:1.20 Mb   Max:3.00 Mb   Min:0.50 Mb"

import { last, max, min } from '../aggregation.ts';
import { renamed } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { isUnitSystem, unitOf } from '../unit-system.ts';

export const cactiStyle: RenderFunction = {
  group: 'Special',
  description:
    'Adds the last, the largest and the least value to each name that is shown, in columns, as the program Cacti does. With si or binary large numbers get a letter; units are put behind them.',
  params: [
    SERIES_LIST,
    { name: 'system', type: 'string', suggestions: ['si', 'binary'] },
    { name: 'units', type: 'string' },
  ],
  run({ args }) {
    const system = textOf(args.optional('system'));
    const units = textOf(args.optional('units'));
    if (system !== '' && !isUnitSystem(system))
      return refused(`cactiStyle(): the unit system is si or binary, not '${system}'`);
    const format = (value: number): string => {
      if (Number.isNaN(value)) return 'nan';
      const [size, letter] = system === '' ? [1, ''] : unitOf(value, system);
      return `${(value / size).toFixed(2)}${units === '' ? '' : ' '}${letter}${units}`;
    };
    const list = args.list('seriesList');
    const columns = [last, max, min].map((of) => {
      const values = list.map(({ values }) => of(values));
      // As wide as the whole numbers need, and three more; where there is none, as 3 needs.
      const widths = values.map((value) => format(Math.trunc(value || 3)).length);
      return { values, width: Math.max(0, ...widths) + 3 };
    });
    const nameWidth = Math.max(0, ...list.map(({ name }) => name.length));
    return done(
      list.map((series, i) => {
        const [current = '', most = '', least = ''] = columns.map(({ values, width }) =>
          format(values[i] ?? NaN).padEnd(width),
        );
        const name = series.name.padEnd(nameWidth);
        return renamed(series, `${name} Current:${current} Max:${most} Min:${least} `);
      }),
    );
  },
};

function textOf(value: { readonly kind: string; readonly text?: string } | null): string {
  return value?.text ?? '';
}
