// How much was moved out of memory: swap/swap-used in bytes, swap/swap_io-in in pages.

import type { SwapReading } from '../../host/sensors.ts';
import type { ReadingPlugin } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface SwapOptions {
  /** Each partition or file by itself. */
  readonly reportByDevice: boolean;
  /** What was moved in bytes instead of pages. */
  readonly reportBytes: boolean;
  readonly valuesAbsolute: boolean;
  readonly valuesPercentage: boolean;
  readonly reportIO: boolean;
}

export const swap: ReadingPlugin<SwapOptions> = {
  name: 'swap',
  tells: 'the use of its swap space',
  defaults: {
    reportByDevice: false,
    reportBytes: false,
    valuesAbsolute: true,
    valuesPercentage: false,
    reportIO: true,
  },

  collect(reading, options) {
    const now = reading.swap;
    if (now === null) return null;
    const levels = options.reportByDevice
      ? now.devices.flatMap(({ name, total, used }) =>
          shares(
            deviceInstance(name),
            [
              ['used', used],
              ['free', total - used],
            ],
            total,
            options,
          ),
        )
      : shares('', wholeOf(now), now.total, options);
    return options.reportIO ? [...levels, ...moved(now, options)] : levels;
  },
};

type Parts = readonly (readonly [typeInstance: string, bytes: number])[];

function wholeOf(now: SwapReading): Parts {
  return [
    ['used', now.total - now.free - now.cached],
    ['free', now.free],
    ['cached', now.cached],
  ];
}

function shares(
  pluginInstance: string,
  parts: Parts,
  total: number,
  options: SwapOptions,
): readonly ValueList[] {
  const lists = (type: 'swap' | 'percent', of: (bytes: number) => number) =>
    parts.map(([typeInstance, bytes]) =>
      valueList({ plugin: 'swap', pluginInstance, type, typeInstance }, of(bytes)),
    );
  return [
    ...(options.valuesAbsolute ? lists('swap', (bytes) => bytes) : []),
    // A host without swap has no percentage of it.
    ...(options.valuesPercentage && total > 0
      ? lists('percent', (bytes) => (100 * bytes) / total)
      : []),
  ];
}

function moved(now: SwapReading, options: SwapOptions): readonly ValueList[] {
  const unit = options.reportBytes ? now.pageBytes : 1;
  const list = (typeInstance: string, pages: number | null): readonly ValueList[] =>
    pages === null
      ? []
      : [valueList({ plugin: 'swap', type: 'swap_io', typeInstance }, pages * unit)];
  return [...list('in', now.pagesIn), ...list('out', now.pagesOut)];
}

/** /dev/sda2 is dev_sda2. */
function deviceInstance(name: string): string {
  return name.replace(/^\//, '').replaceAll('/', '_');
}
