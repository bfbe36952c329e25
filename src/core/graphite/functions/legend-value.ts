// legendValue(a.b.c,"max"): shown as "a.b.c (max: 10.0)"

import { pythonNumber } from '../../base/number.ts';
import { aggregationNamed, keepsWhole } from '../aggregation.ts';
import { renamed } from '../change.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';
import { isUnitSystem, withUnit } from '../unit-system.ts';
import { valueText } from '../value.ts';

export const legendValue: RenderFunction = {
  group: 'Alias',
  description:
    'Adds aggregations of the values to the name that is shown: last, max, avg and the others. With si or binary as the last word the numbers have units.',
  example: 'legendValue(clinic.*.visits,"last","max")',
  traps: ['The numbers become part of the name.'],
  params: [SERIES_LIST, { name: 'valueTypes', type: 'string', isMultiple: true }],
  run({ args }) {
    const words = args.literals('valueTypes').map(valueText);
    const system = isUnitSystem(words.at(-1)) ? words.pop() : undefined;
    return done(
      args.list('seriesList').map((series) => {
        const named = words.reduce((name, word) => {
          const value = valueOf(series, word);
          return system === undefined
            ? `${name} (${word}: ${shown(series, word, value)})`
            : inColumns(name, word, value === null ? '(?)' : withUnit(value, system));
        }, series.name);
        return renamed(series, named);
      }),
    );
  },
};

/** Null for a word that names no aggregation. */
function valueOf(series: Series, word: string): number | null {
  return aggregationNamed(word)?.(series.values) ?? null;
}

function shown(series: Series, word: string, value: number | null): string {
  if (value === null) return '(?)';
  return Number.isNaN(value) ? 'None' : pythonNumber(value, series.whole && keepsWhole(word));
}

// Names with units stand in columns, for legends that are set in one width.
function inColumns(name: string, word: string, value: string): string {
  return name.padEnd(20) + word.padEnd(5) + value.padEnd(10);
}
