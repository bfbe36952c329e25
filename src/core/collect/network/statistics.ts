// What the network plugin tells of itself with ReportStats, by collectd's names.

import { valueList, type ValueList } from '../value-list.ts';

export interface NetworkCounts {
  octetsReceived: number;
  octetsSent: number;
  packetsReceived: number;
  packetsSent: number;
  /** Packets received of which not all was taken, and packets that this machine could not send. */
  packetsRefused: number;
  packetsLost: number;
  valuesTaken: number;
  valuesRefused: number;
  valuesSent: number;
  valuesNotSent: number;
}

export function zeroCounts(): NetworkCounts {
  return {
    octetsReceived: 0,
    octetsSent: 0,
    packetsReceived: 0,
    packetsSent: 0,
    packetsRefused: 0,
    packetsLost: 0,
    valuesTaken: 0,
    valuesRefused: 0,
    valuesSent: 0,
    valuesNotSent: 0,
  };
}

/** if_dropped is our own: collectd counts neither. A packet never waits here, so the queue is empty. */
export function statisticsOf(counts: NetworkCounts): readonly ValueList[] {
  const plugin = 'network';
  const totals = [
    ['dispatch-accepted', counts.valuesTaken],
    ['dispatch-rejected', counts.valuesRefused],
    ['send-accepted', counts.valuesSent],
    ['send-rejected', counts.valuesNotSent],
  ] as const;
  return [
    valueList({ plugin, type: 'if_octets' }, counts.octetsReceived, counts.octetsSent),
    valueList({ plugin, type: 'if_packets' }, counts.packetsReceived, counts.packetsSent),
    valueList({ plugin, type: 'if_dropped' }, counts.packetsRefused, counts.packetsLost),
    ...totals.map(([typeInstance, count]) =>
      valueList({ plugin, type: 'total_values', typeInstance }, count),
    ),
    valueList({ plugin, type: 'queue_length' }, 0),
  ];
}
