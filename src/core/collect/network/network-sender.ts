// <Server>: values gather in one packet, which goes to each server with the security of its own.

import type { Cancel } from '../../host/clock.ts';
import type { Notification } from '../notification.ts';
import type { Dispatched } from '../plugin.ts';
import { makeComplaints } from './complaints.ts';
import type { NetworkConfig } from './network-config.ts';
import type { NetworkHost } from './network.ts';
import { makePacketWriter, notificationPacket } from './packet-writer.ts';
import { secured } from './security.ts';
import type { NetworkCounts } from './statistics.ts';
import { sentNotification, sentOf } from './translate.ts';

export interface NetworkSender {
  send(values: readonly Dispatched[]): void;
  notify(notification: Notification): void;
  /** Sends what waits for its packet to be full. */
  flush(): void;
  /** Sends what waits, and ends. */
  close(): void;
}

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
    notify(notification) {
      if (servers.length > 0) sendToAll(notificationPacket(sentNotification(notification)));
    },
    flush: writer.flush,
    close() {
      cancel();
      writer.flush();
      for (const { sender } of ways) sender.close();
    },
  };
}
