// How many processes are in each state, and how many are made: processes/ps_state-running, fork_rate. What is asked for
// by name has values of its own: processes-<name>/ps_rss.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';
import { readProcess, readProcessMatch, type ProcessGroup } from './process-options.ts';
import { groupValues } from './process-group.ts';

export interface ProcessesOptions {
  readonly collectFileDescriptor: boolean;
  readonly collectContextSwitch: boolean;
  readonly collectMemoryMaps: boolean;
  readonly collectDelayAccounting: boolean;
  readonly groups: Readonly<Record<string, ProcessGroup>>;
}

const STATES = ['running', 'sleeping', 'zombies', 'stopped', 'paging', 'blocked'] as const;

export const processes: ReadingPlugin<ProcessesOptions> = {
  name: 'processes',
  tells: 'its processes',
  defaults: {
    collectFileDescriptor: false,
    collectContextSwitch: false,
    collectMemoryMaps: false,
    collectDelayAccounting: false,
    groups: {},
  },
  special: {
    process: (options, item) => readProcess(options, item),
    processmatch: (options, item) => readProcessMatch(options, item),
  },

  warns: ({ collectDelayAccounting, groups }) =>
    collectDelayAccounting || Object.values(groups).some((group) => group.collectDelayAccounting)
      ? [
          'CollectDelayAccounting has no effect: the kernel tells it over netlink only, which this program does not speak.',
        ]
      : [],

  collect(reading, options, state) {
    const now = reading.processes;
    if (now === null) return null;
    const states = STATES.map((typeInstance) =>
      valueList({ plugin: 'processes', type: 'ps_state', typeInstance }, now[typeInstance]),
    );
    const groups = Object.entries(options.groups).flatMap(([name, group]) =>
      groupValues(name, { ...options, ...group }, reading.processList ?? [], state),
    );
    const forks =
      now.forks === null ? [] : [valueList({ plugin: 'processes', type: 'fork_rate' }, now.forks)];
    return [...groups, ...states, ...forks];
  },
};
