// From growing totals to rates: what collectd's value cache does for DERIVE.

import { TYPES, type ValueList } from './value-list.ts';

export interface Rates {
  /**
   * The value of each data source as it is sent: a gauge itself, a derive as its growth a second.
   * NaN when there is nothing to compare with yet, or the value lies outside its type's limits.
   */
  next(key: string, list: ValueList, timeS: number): readonly number[];
}

export function makeRates(): Rates {
  const before = new Map<string, { readonly values: readonly number[]; readonly timeS: number }>();

  return {
    next(key, list, timeS) {
      const last = before.get(key);
      before.set(key, { values: list.values, timeS });
      return TYPES[list.type].map((source, index) => {
        const value = list.values[index] ?? NaN;
        if (source.kind === 'GAUGE') return within(value, source.min, source.max);
        const lastValue = last?.values[index];
        if (last === undefined || lastValue === undefined || timeS <= last.timeS) return NaN;
        // A total that fell means the counter started again: a negative rate is outside its limits.
        return within((value - lastValue) / (timeS - last.timeS), source.min, source.max);
      });
    },
  };
}

function within(value: number, min: number, max: number): number {
  return value >= min && value <= max ? value : NaN;
}
