// How each core spends its time: cpu-0/cpu-user in jiffies, or cpu/percent-user of the whole host.

import type { CpuReading } from '../../host/sensors.ts';
import type { Plugin } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface CpuOptions {
  /** One set of values for each core, or one for the whole host (then always in percent). */
  readonly reportByCpu: boolean;
  /** Each state, or only `active` (everything but idle), then always in percent. */
  readonly reportByState: boolean;
  readonly valuesPercentage: boolean;
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

export const cpu: Plugin<CpuOptions> = {
  name: 'cpu',
  defaults: { reportByCpu: true, reportByState: true, valuesPercentage: false },

  collect(reading, options, state) {
    const cpus = reading.cpus;
    if (cpus === null) return [];
    if (options.reportByCpu && options.reportByState && !options.valuesPercentage)
      return cpus.flatMap((core, index) => jiffies(core, index));

    // Percentages compare with the reading before, so the first one gives none.
    const rows = cpus.map((core) => STATES.map((name) => core[name]));
    const differences = rows.map((row, index) => {
      const key = String(index);
      const last = state.get(key);
      state.set(key, row);
      return last === undefined ? null : row.map((value, at) => value - (last[at] ?? 0));
    });
    const known = differences.filter((row) => row !== null);
    if (known.length < rows.length) return [];
    if (options.reportByCpu) return known.flatMap((row, index) => percents(row, index, options));
    const whole = STATES.map((_, at) => known.reduce((sum, row) => sum + (row[at] ?? 0), 0));
    return percents(whole, null, options);
  },
};

function jiffies(core: CpuReading, index: number): readonly ValueList[] {
  return STATES.map((name) =>
    valueList(
      { plugin: 'cpu', pluginInstance: String(index), type: 'cpu', typeInstance: name },
      core[name],
    ),
  );
}

function percents(
  row: readonly number[],
  index: number | null,
  options: CpuOptions,
): readonly ValueList[] {
  const total = row.reduce((sum, value) => sum + value, 0);
  if (total <= 0) return [];
  const pluginInstance = index === null ? '' : String(index);
  const percent = (typeInstance: string, part: number): ValueList =>
    valueList(
      { plugin: 'cpu', pluginInstance, type: 'percent', typeInstance },
      (100 * part) / total,
    );
  if (options.reportByState) return STATES.map((name, at) => percent(name, row[at] ?? 0));
  const idle = row[STATES.indexOf('idle')] ?? 0;
  return [percent('active', total - idle)];
}
