// How often the cores change from one process to another: contextswitch/contextswitch.

import type { ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export const contextswitch: ReadingPlugin<Readonly<Record<string, never>>> = {
  name: 'contextswitch',
  tells: 'how often its cores change from one process to another',
  defaults: {},

  collect({ contextSwitches }) {
    if (contextSwitches === null) return null;
    return [valueList({ plugin: 'contextswitch', type: 'contextswitch' }, contextSwitches)];
  },
};
