// What an argument of a function is once it is evaluated.

import { pythonNumber } from '../base/number.ts';
import type { Literal } from './expression.ts';
import type { Series } from './series.ts';

export type Value = SeriesValue | Literal;

export interface SeriesValue {
  readonly kind: 'series';
  readonly series: readonly Series[];
}

/** The value as Python's str() shows it: 5, 5.0, True, None. */
export function valueText(value: Literal): string {
  switch (value.kind) {
    case 'number':
      return pythonNumber(value.value, value.whole);
    case 'text':
      return value.text;
    case 'flag':
      return value.on ? 'True' : 'False';
    default:
      return 'None';
  }
}
