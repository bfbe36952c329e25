// How many processes wanted to run: load/load with three values, for 1, 5 and 15 minutes.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export interface LoadOptions {
  /** Divide by the number of cores; the type instance is then `relative`. */
  readonly reportRelative: boolean;
}

export const load: ReadingPlugin<LoadOptions> = {
  name: 'load',
  tells: 'its load',
  defaults: { reportRelative: false },

  collect(reading, options) {
    const now = reading.load;
    if (now === null) return null;
    const cores = options.reportRelative ? (reading.cpus?.length ?? 1) : 1;
    const typeInstance = options.reportRelative ? 'relative' : '';
    const values = [now.shortterm, now.midterm, now.longterm].map((value) => value / cores);
    return [valueList({ plugin: 'load', type: 'load', typeInstance }, ...values)];
  },
};
