// What the management port of StatsD asks of its host: the file, and how Node shows a value.

import { inspect } from 'node:util';
import type { ManagerHost } from '../core/statsd/management.ts';
import { withFlags, type ReadStatsdConfig } from './statsd-config.ts';

/** `hasFlushed` says whether there was a flush since the file was read: the real program then shows more of it. */
export function makeManager(
  file: () => ReadStatsdConfig['file'],
  hasFlushed: () => boolean,
): ManagerHost {
  return {
    file: () => (hasFlushed() ? withFlags(file()) : file()),
    inspect: (value) => inspect(value),
  };
}
