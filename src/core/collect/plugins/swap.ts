// How much was moved out of memory: swap/swap-used in bytes, swap/swap_io-in in pages.

import type { Plugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export interface SwapOptions {
  readonly valuesAbsolute: boolean;
  readonly valuesPercentage: boolean;
  readonly reportIO: boolean;
}

export const swap: Plugin<SwapOptions> = {
  name: 'swap',
  defaults: { valuesAbsolute: true, valuesPercentage: false, reportIO: true },

  collect(reading, options) {
    const now = reading.swap;
    if (now === null) return [];
    const parts: readonly (readonly [string, number])[] = [
      ['used', now.total - now.free - now.cached],
      ['free', now.free],
      ['cached', now.cached],
    ];
    const lists = (type: 'swap' | 'percent', of: (bytes: number) => number) =>
      parts.map(([typeInstance, bytes]) =>
        valueList({ plugin: 'swap', type, typeInstance }, of(bytes)),
      );
    const pages: readonly (readonly [string, number | null])[] = [
      ['in', now.pagesIn],
      ['out', now.pagesOut],
    ];
    return [
      ...(options.valuesAbsolute ? lists('swap', (bytes) => bytes) : []),
      // A host without swap has no percentage of it.
      ...(options.valuesPercentage && now.total > 0
        ? lists('percent', (bytes) => (100 * bytes) / now.total)
        : []),
      ...pages.flatMap(([typeInstance, count]) =>
        options.reportIO && count !== null
          ? [valueList({ plugin: 'swap', type: 'swap_io', typeInstance }, count)]
          : [],
      ),
    ];
  },
};
