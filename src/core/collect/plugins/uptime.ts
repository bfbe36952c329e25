// For how long the host has been up: uptime/uptime in seconds.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export const uptime: ReadingPlugin<Readonly<Record<string, never>>> = {
  name: 'uptime',
  tells: 'for how long it has been up',
  defaults: {},

  collect({ uptimeS }) {
    return uptimeS === null ? null : [valueList({ plugin: 'uptime', type: 'uptime' }, uptimeS)];
  },
};
