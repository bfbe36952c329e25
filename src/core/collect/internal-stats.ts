// CollectInternalStats: what the collector tells of itself, under collectd's names.
//
//   collectd-write_queue/queue_length     lines that wait for a Carbon
//   collectd-write_queue/derive-dropped   and those that were given up
//   collectd-cache/cache_size             names that it remembers the newest value of

import { good } from '../base/result.ts';
import type { Task } from './plugin-loop.ts';
import { valueList } from './value-list.ts';

export interface InternalStats {
  readonly queueLength: number;
  readonly dropped: number;
  readonly cacheSize: number;
}

export function internalStatsTask(intervalS: number, now: () => InternalStats): Task {
  return {
    name: 'collectd',
    intervalS,
    read(_, done) {
      const { queueLength, dropped, cacheSize } = now();
      const queue = { plugin: 'collectd', pluginInstance: 'write_queue' };
      const cache = { plugin: 'collectd', pluginInstance: 'cache' };
      done(
        good([
          valueList({ ...queue, type: 'queue_length' }, queueLength),
          valueList({ ...queue, type: 'derive', typeInstance: 'dropped' }, dropped),
          valueList({ ...cache, type: 'cache_size' }, cacheSize),
        ]),
      );
    },
  };
}
