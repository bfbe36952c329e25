// collectd's plugin network: values go to other collectors and come from them, in packets of UDP.
//
//   values of this host -> packet-writer -> signed, encrypted -> <Server>
//   <Listen> -> decrypted, verified -> packet-reader -> values with their own host and time -> write_graphite, thresholds

import type { Result } from '../../base/result.ts';
import type { Clock } from '../../host/clock.ts';
import type { Datagrams } from '../../host/datagrams.ts';
import type { Log } from '../../host/log.ts';
import type { Address } from '../../host/net.ts';
import type { Secrets } from '../../host/secrets.ts';
import type { Notify } from '../notification.ts';
import type { Dispatched } from '../plugin.ts';
import type { Types, ValueList } from '../value-list.ts';
import type { NetworkConfig } from './network-config.ts';
import { makeNetworkReceiver } from './network-receiver.ts';
import { makeNetworkSender } from './network-sender.ts';
import { statisticsOf, zeroCounts } from './statistics.ts';

/** What only the network plugin asks of its place. */
export interface NetworkPorts {
  readonly datagrams: Datagrams;
  readonly secrets: Secrets;
}

export interface NetworkHost extends NetworkPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly types: Types;
  /** For values that do not tell theirs. */
  readonly intervalS: number;
}

/** What takes the values of others. */
export interface Taker {
  /** Gives back those that are not newer than what was here before. */
  dispatch(values: readonly Dispatched[]): readonly Dispatched[];
  /** Whether this is a value that we have sent ourselves. */
  isOwn(value: Dispatched): boolean;
  /** Whether there is no room for a new name. */
  isFull(value: Dispatched): boolean;
  notify: Notify;
}

export interface Network {
  /** See NetworkReceiver. */
  start(opened: (result: Result<readonly Address[]>) => void): void;
  send(values: readonly Dispatched[]): void;
  notify: Notify;
  /** Sends what waits for its packet to be full. */
  flush(): void;
  /** Empty without ReportStats. */
  read(): readonly ValueList[];
  stop(): void;
}

export function makeNetwork(host: NetworkHost, config: NetworkConfig, taker: Taker): Network {
  const counts = zeroCounts();
  const sender = makeNetworkSender(host, config, counts);
  const receiver = makeNetworkReceiver(host, config, counts, taker);
  return {
    start: receiver.start,
    send: sender.send,
    notify: sender.notify,
    flush: sender.flush,
    read: () => (config.reportStats ? statisticsOf(counts) : []),
    stop() {
      receiver.close();
      sender.close();
    },
  };
}
