// <Server>: values gather in one packet, which goes to each server with the security of its own.

import type { Cancel } from '../../host/clock.ts';
import type { Notification, Severity } from '../notification.ts';
import type { Dispatched } from '../plugin.ts';
import { makeComplaints } from './complaints.ts';
import type { NetworkConfig } from './network-config.ts';
import type { NetworkHost } from './network.ts';
import { makePacketWriter, notificationPacket } from './packet-writer.ts';
import { UNITS_PER_S, type PartValue, type SentValues } from './parts.ts';
import { secured } from './security.ts';
import type { NetworkCounts } from './statistics.ts';

export interface NetworkSender {
  send(values: readonly Dispatched[]): void;
  notify(notification: Notification): void;
  /** Sends what waits for its packet to be full. */
  flush(): void;
  /** Sends what waits, and ends. */
  close(): void;
}

export const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = {
  FAILURE: 1,
  WARNING: 2,
  OKAY: 4,
};

export function makeNetworkSender(
  host: NetworkHost,
  { servers, maxPacketSize, timeToLive, forward, flushIntervalS }: NetworkConfig,
  counts: NetworkCounts,
): NetworkSender {
  const { clock, datagrams, secrets } = host;
  const complain = makeComplaints(host);
  const ways = servers.map((server) => ({
    server,
    sender: datagrams.open({ ...server, timeToLive }, (why) => {
      counts.packetsLost++;
      complain(`${server.host} ${server.port}`, `A packet to ${server.host} was not sent: ${why}.`);
    }),
  }));
  const writer = makePacketWriter(maxPacketSize, (packet) => {
    counts.octetsSent += packet.length;
    counts.packetsSent++;
    sendToAll(packet);
  });
  let cancel: Cancel = () => {};
  if (servers.length > 0 && flushIntervalS > 0) flushLater();

  function sendToAll(packet: Uint8Array): void {
    for (const { server, sender } of ways)
      sender.send(secured(packet, server.level, server, secrets));
  }

  function flushLater(): void {
    cancel = clock.at(clock.now() + flushIntervalS * 1000, () => {
      writer.flush();
      flushLater();
    });
  }

  return {
    send(values) {
      if (servers.length === 0) return;
      for (const value of values) {
        const sent = value.isReceived && !forward ? null : sentOf(value);
        if (sent !== null && writer.add(sent)) counts.valuesSent++;
        else counts.valuesNotSent++;
      }
    },
    notify({ severity, timeS, host: of, list, message }) {
      if (servers.length === 0) return;
      const { plugin, pluginInstance, type, typeInstance } = list;
      const names = { host: of, plugin, pluginInstance, type, typeInstance, time: unitsOf(timeS) };
      sendToAll(notificationPacket({ ...names, severity: SEVERITY_NUMBERS[severity], message }));
    },
    flush: writer.flush,
    close() {
      cancel();
      writer.flush();
      for (const { sender } of ways) sender.close();
    },
  };
}

function unitsOf(seconds: number): bigint {
  return BigInt(Math.max(0, Math.floor(seconds * UNITS_PER_S)));
}

/** Null when a value is none that a packet can hold: a total that is not known. */
function sentOf({ host, timeS, intervalS, list }: Dispatched): SentValues | null {
  const { plugin, pluginInstance, type, typeInstance } = list;
  const values: PartValue[] = [];
  for (const [index, { kind }] of list.sources.entries()) {
    const value = list.values[index] ?? NaN;
    if (kind === 'GAUGE') values.push({ kind, value });
    else if (Number.isFinite(value)) values.push({ kind, value: BigInt(Math.trunc(value)) });
    else return null;
  }
  const names = { host, plugin, pluginInstance, type, typeInstance, time: unitsOf(timeS) };
  return { ...names, interval: unitsOf(intervalS), values };
}
