// What the memory is used for: memory/memory-used in bytes.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export interface MemoryOptions {
  readonly valuesAbsolute: boolean;
  readonly valuesPercentage: boolean;
}

export const memory: ReadingPlugin<MemoryOptions> = {
  name: 'memory',
  tells: 'the use of its memory',
  defaults: { valuesAbsolute: true, valuesPercentage: false },

  collect(reading, options) {
    const now = reading.memory;
    if (now === null) return null;
    const slab = now.slab ?? now.slabReclaimable + now.slabUnreclaimable;
    // collectd counts as used what is neither free nor a cache the kernel could give back.
    const parts: readonly (readonly [string, number])[] = [
      ['used', now.total - now.free - now.buffered - now.cached - slab],
      ['buffered', now.buffered],
      ['cached', now.cached],
      ['free', now.free],
      ...(now.slab === undefined
        ? ([
            ['slab_unrecl', now.slabUnreclaimable],
            ['slab_recl', now.slabReclaimable],
          ] as const)
        : ([['slab', now.slab]] as const)),
    ];
    const lists = (type: 'memory' | 'percent', of: (bytes: number) => number) =>
      parts.map(([typeInstance, bytes]) =>
        valueList({ plugin: 'memory', type, typeInstance }, of(bytes)),
      );
    return [
      ...(options.valuesAbsolute ? lists('memory', (bytes) => bytes) : []),
      ...(options.valuesPercentage ? lists('percent', (bytes) => (100 * bytes) / now.total) : []),
    ];
  },
};
