// How many processes are in each state, and how many are made: processes/ps_state-running, fork_rate.

import type { Plugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export type ProcessesOptions = Readonly<Record<string, never>>;

const STATES = ['running', 'sleeping', 'zombies', 'stopped', 'paging', 'blocked'] as const;

export const processes: Plugin<ProcessesOptions> = {
  name: 'processes',
  defaults: {},

  collect(reading) {
    const now = reading.processes;
    if (now === null) return [];
    const states = STATES.map((typeInstance) =>
      valueList({ plugin: 'processes', type: 'ps_state', typeInstance }, now[typeInstance]),
    );
    if (now.forks === null) return states;
    return [...states, valueList({ plugin: 'processes', type: 'fork_rate' }, now.forks)];
  },
};
