// How each core spends its time: cpu-0/cpu-user in jiffies, or cpu/percent-user of the whole host.

import type { CpuReading } from '../../host/sensors.ts';
import type { ReadingPlugin } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface CpuOptions {
  /** One set of values for each core, or one for the whole host (then always in percent). */
  readonly reportByCpu: boolean;
  /** Each state, or only `active` (everything but idle), then always in percent. */
  readonly reportByState: boolean;
  readonly valuesPercentage: boolean;
  /** How many cores there are. */
  readonly reportNumCpu: boolean;
  /** The time of virtual machines as states of their own. */
  readonly reportGuestState: boolean;
  /** The kernel counts the time of virtual machines in user and nice too; it is taken out again. */
  readonly subtractGuestState: boolean;
}

const STATES = [
  'user',
  'system',
  'wait',
  'nice',
  'interrupt',
  'softirq',
  'steal',
  'idle',
] as const satisfies readonly (keyof CpuReading)[];

/** Jiffies of one core, by collectd's name of the state. */
type States = ReadonlyMap<string, number>;

export const cpu: ReadingPlugin<CpuOptions> = {
  name: 'cpu',
  tells: 'how its cores spend their time',
  defaults: {
    reportByCpu: true,
    reportByState: true,
    valuesPercentage: false,
    reportNumCpu: false,
    reportGuestState: false,
    subtractGuestState: true,
  },

  collect(reading, options, state) {
    if (reading.cpus === null) return null;
    const cores = reading.cpus.map((core) => statesOf(core, options));
    const count = options.reportNumCpu
      ? [valueList({ plugin: 'cpu', type: 'count' }, cores.length)]
      : [];
    if (options.reportByCpu && options.reportByState && !options.valuesPercentage)
      return [...cores.flatMap(jiffies), ...count];

    // Percentages compare with the reading before, so the first one gives none.
    const differences = cores.map((core, index) => sinceLast(core, String(index), state));
    const known = differences.filter((core) => core !== null);
    if (known.length < cores.length) return count;
    const lists = options.reportByCpu
      ? known.flatMap((core, index) => percents(core, String(index), options))
      : percents(together(known), '', options);
    return [...lists, ...count];
  },
};

function statesOf(core: CpuReading, options: CpuOptions): States {
  const states = new Map<string, number>(STATES.map((name) => [name, core[name]]));
  if (options.subtractGuestState) {
    states.set('user', Math.max(0, core.user - core.guest));
    states.set('nice', Math.max(0, core.nice - core.guestNice));
  }
  if (options.reportGuestState) {
    states.set('guest', core.guest);
    states.set('guest_nice', core.guestNice);
  }
  return states;
}

function sinceLast(
  core: States,
  key: string,
  state: Map<string, readonly number[]>,
): States | null {
  const last = state.get(key);
  state.set(key, [...core.values()]);
  if (last === undefined) return null;
  return new Map([...core].map(([name, value], at) => [name, value - (last[at] ?? 0)]));
}

function together(cores: readonly States[]): States {
  const names = [...(cores[0]?.keys() ?? [])];
  return new Map(
    names.map((name) => [name, cores.reduce((sum, core) => sum + (core.get(name) ?? 0), 0)]),
  );
}

function jiffies(core: States, index: number): readonly ValueList[] {
  const identifier = { plugin: 'cpu', pluginInstance: String(index), type: 'cpu' } as const;
  return [...core].map(([typeInstance, value]) =>
    valueList({ ...identifier, typeInstance }, value),
  );
}

function percents(core: States, pluginInstance: string, options: CpuOptions): readonly ValueList[] {
  const total = [...core.values()].reduce((sum, value) => sum + value, 0);
  if (total <= 0) return [];
  const percent = ([typeInstance, part]: readonly [string, number]): ValueList =>
    valueList(
      { plugin: 'cpu', pluginInstance, type: 'percent', typeInstance },
      (100 * part) / total,
    );
  if (options.reportByState) return [...core].map(percent);
  return [percent(['active', total - (core.get('idle') ?? 0)])];
}
