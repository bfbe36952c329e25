// How often each device interrupted the cores: irq/irq-24, irq/irq-LOC.

import { isSelected, type ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export interface IrqOptions {
  readonly irq: readonly string[];
  readonly ignoreSelected: boolean;
}

export const irq: ReadingPlugin<IrqOptions> = {
  name: 'irq',
  tells: 'how often its devices interrupt it',
  defaults: { irq: [], ignoreSelected: false },

  collect({ interrupts }, options) {
    if (interrupts === null) return null;
    const selection = { names: options.irq, ignoreSelected: options.ignoreSelected };
    return interrupts
      .filter(({ name }) => isSelected(name, selection))
      .map(({ name, count }) =>
        valueList({ plugin: 'irq', type: 'irq', typeInstance: name }, count),
      );
  },
};
