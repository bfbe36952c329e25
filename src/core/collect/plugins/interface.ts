// What goes over each network interface: interface-eth0/if_octets, rx and tx.

import { isSelected, type ReadingPlugin } from '../plugin.ts';
import { valueList } from '../value-list.ts';

export interface InterfaceOptions {
  readonly interface: readonly string[];
  readonly ignoreSelected: boolean;
  /** Report interfaces that never received or sent a packet. */
  readonly reportInactive: boolean;
}

export const networkInterface: ReadingPlugin<InterfaceOptions> = {
  name: 'interface',
  tells: 'what its network interfaces carry',
  defaults: { interface: [], ignoreSelected: false, reportInactive: true },

  collect(reading, options) {
    if (reading.interfaces === null) return null;
    const selection = { names: options.interface, ignoreSelected: options.ignoreSelected };
    return reading.interfaces.flatMap((now) => {
      if (!isSelected(now.name, selection)) return [];
      if (!options.reportInactive && now.rxPackets === 0 && now.txPackets === 0) return [];
      const identifier = { plugin: 'interface', pluginInstance: now.name };
      return [
        valueList({ ...identifier, type: 'if_octets' }, now.rxOctets, now.txOctets),
        valueList({ ...identifier, type: 'if_packets' }, now.rxPackets, now.txPackets),
        valueList({ ...identifier, type: 'if_errors' }, now.rxErrors, now.txErrors),
        valueList({ ...identifier, type: 'if_dropped' }, now.rxDropped, now.txDropped),
      ];
    });
  },
};
