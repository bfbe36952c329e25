// What the management port of StatsD asks of its host: the file, with what the real program adds to it, and how Node shows a value.

import { inspect } from 'node:util';
import type { ManagerHost } from '../core/statsd/management.ts';
import { STATSD_DEFAULTS } from '../core/statsd/config.ts';
import type { FileValues } from './statsd-config.ts';

/** `hasFlushed` says whether there was a flush since the file was read: then there is more of it. */
export function makeManager(file: () => FileValues, hasFlushed: () => boolean): ManagerHost {
  return {
    file() {
      const shown = withTheirAdditions(file());
      return hasFlushed() ? withFlags(shown) : shown;
    },
    inspect: (value) => inspect(value),
  };
}

const FLAGS = ['deleteCounters', 'deleteTimers', 'deleteSets', 'deleteGauges'];

/** At its first flush. */
function withFlags(file: FileValues): FileValues {
  return { ...file, ...Object.fromEntries(FLAGS.map((flag) => [flag, file[flag] ?? false])) };
}

/** When it reads the file. */
function withTheirAdditions(file: FileValues): FileValues {
  const { gaugesMaxTTL: ttl } = file;
  const deletesAll = file['deleteIdleStats'] ?? false;
  return {
    ...file,
    gaugesMaxTTL: typeof ttl === 'number' && Number.isInteger(ttl) && ttl > 1 ? ttl : 1,
    deleteIdleStats: deletesAll,
    ...Object.fromEntries(
      deletesAll === true ? FLAGS.map((flag) => [flag, file[flag] ?? true]) : [],
    ),
    flushInterval: Number(file['flushInterval'] ?? STATSD_DEFAULTS.flushIntervalMs),
  };
}
