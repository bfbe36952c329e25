// cactiStyle(a.b.c): shown as "a.b.c Current:10.00   Max:12.00   Min:2.00   "

import { last, max, min } from '../aggregation.ts';
import { renamed } from '../change.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import { inUnit, isUnitSystem } from '../unit-system.ts';

const COLUMNS = [
  { title: 'Current', valueOf: last },
  { title: 'Max', valueOf: max },
  { title: 'Min', valueOf: min },
] as const;

/** Blanks after the longest number of a column. */
const MARGIN = 3;

/** What a column is made wide enough for when a series has no value, or 0. */
const WIDTH_VALUE = 3;

export const cactiStyle: RenderFunction = {
  group: 'Special',
  description:
    'Adds the last, the highest and the lowest value to the name that is shown, in columns, as the program Cacti does. With si or binary, large numbers have a letter; units are written after them.',
  example: 'cactiStyle(clinic.*.visits,"si")',
  traps: ['The numbers become part of the name, so the name changes with each look.'],
  params: [
    SERIES_LIST,
    { name: 'system', type: 'string', suggestions: ['si', 'binary'] },
    { name: 'units', type: 'string' },
  ],
  run({ args }) {
    const system = args.optional('system')?.kind === 'text' ? args.text('system') : '';
    const units = args.optional('units')?.kind === 'text' ? args.text('units') : '';
    if (system !== '' && !isUnitSystem(system))
      return refused(`The unit system '${system}' is not known; use 'si' or 'binary'`);
    const shown = (value: number): string => numberText(value, system, units);

    const list = args.list('seriesList');
    const nameWidth = Math.max(0, ...list.map((series) => series.name.length));
    const columns = COLUMNS.map(({ title, valueOf }) => {
      const widths = list.map(
        (series) => shown(Math.trunc(valueOf(series.values) || WIDTH_VALUE)).length,
      );
      return { title, valueOf, width: Math.max(0, ...widths) + MARGIN };
    });
    return done(
      list.map((series) => {
        const parts = columns.map(({ title, valueOf, width }) => {
          const value = valueOf(series.values);
          return `${title}:${(Number.isNaN(value) ? 'nan' : shown(value)).padEnd(width)}`;
        });
        return renamed(series, `${series.name.padEnd(nameWidth)} ${parts.join(' ')} `);
      }),
    );
  },
};

function numberText(value: number, system: string, units: string): string {
  const { scaled, letter } = inUnit(value, system);
  const unit = `${letter}${units}`;
  return `${scaled.toFixed(2)}${units === '' ? '' : ' '}${unit}`;
}
