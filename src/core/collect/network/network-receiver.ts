// <Listen>: packets of others become values of ours, with their own host, time and interval.
//
//   packet -> readPacket -> a type that we know? not our own come back? -> the collector, which may find it too old

import { bad, good, type Result } from '../../base/result.ts';
import { visible } from '../../base/text.ts';
import { isLoopback, type Address, type Listener } from '../../host/net.ts';
import type { Dispatched } from '../plugin.ts';
import { identifierOf } from '../value-list.ts';
import { openAuthFile } from './auth-file.ts';
import { COMPLAIN_AGAIN_MS, makeComplaints } from './complaints.ts';
import type { NetworkConfig, NetworkListen } from './network-config.ts';
import type { NetworkHost, Taker } from './network.ts';
import { readPacket, type PacketRules, type Reason } from './packet-reader.ts';
import type { SentNotification, SentValues } from './parts.ts';
import type { NetworkCounts } from './statistics.ts';
import { namesOf, notificationOf, secondsOf } from './translate.ts';

export interface NetworkReceiver {
  /** Opens all ports; `opened` is called once, with where they are or the first failure. */
  start(opened: (result: Result<readonly Address[]>) => void): void;
  close(): void;
}

/** Types about which a sentence was said. */
export const TYPES_TOLD_MAX = 1000;
/** Notifications of others in COMPLAIN_AGAIN_MS: each is a line of the log, and perhaps a program. */
export const NOTIFICATIONS_MAX = 6000;
/** A longer interval is taken for this one: who sends it would be remembered for too long. */
export const INTERVAL_S_MAX = 366 * 86_400;

export function makeNetworkReceiver(
  host: NetworkHost,
  config: NetworkConfig,
  counts: NetworkCounts,
  taker: Taker,
): NetworkReceiver {
  const { datagrams, log, types } = host;
  const complain = makeComplaints<Reason | 'too old' | 'too many' | 'too many told'>(host);
  const typesTold = new Set<string>();
  const listeners: Listener[] = [];
  let told = { sinceMs: -Infinity, count: 0 };

  function listen(
    place: NetworkListen,
    opened: (result: Result<readonly Address[]>) => void,
  ): void {
    const rules = rulesOf(place);
    if (!rules.ok) return opened(rules);
    const receive = (packet: Uint8Array, from: Address): void => take(packet, from, rules.value);
    listeners.push(
      datagrams.listen(place, receive, (result) => {
        if (result.ok) for (const { host: at } of result.value) warnOfOthers(at, place);
        opened(result);
      }),
    );
  }

  function rulesOf({ level, authFile }: NetworkListen): Result<PacketRules> {
    const { secrets } = host;
    if (authFile === '') return good({ level, passwordOf: null, secrets });
    const passwordOf = openAuthFile(authFile, secrets);
    if (passwordOf.ok) return good({ level, passwordOf: passwordOf.value, secrets });
    if (level !== 'none') return passwordOf;
    log.say('warning', `${passwordOf.why} Signatures are not looked at.`);
    return good({ level, passwordOf: null, secrets });
  }

  function warnOfOthers(at: string, { level, port, authFile }: NetworkListen): void {
    if (isLoopback(at)) return;
    const who =
      level === 'none'
        ? 'anyone who reaches it can send values; SecurityLevel "Sign" or "Encrypt" would ask for a password'
        : `who reaches it and knows a password of ${authFile} can send values`;
    log.say(
      'warning',
      `The network plugin listens on ${at}, port ${port}, beyond this machine: ${who}.`,
    );
  }

  function take(packet: Uint8Array, from: Address, rules: PacketRules): void {
    const bytes = packet.subarray(0, config.maxPacketSize);
    counts.octetsReceived += bytes.length;
    counts.packetsReceived++;
    const content = readPacket(bytes, rules);
    if (content.refusals.length > 0) counts.packetsRefused++;
    for (const { reason, what } of content.refusals)
      complain(reason, `A packet from ${senderOf(from)} has ${visible(what)}; that is refused.`);
    const values = content.values.flatMap((sent) => valueOf(sent, from) ?? []);
    const tooOld = values.length > 0 ? taker.dispatch(values) : [];
    for (const { host: of, list } of tooOld)
      complain(
        'too old',
        `${of}/${identifierOf(list)}, from ${senderOf(from)}, is not newer than what was here before; it is refused.`,
      );
    counts.valuesTaken += values.length - tooOld.length;
    counts.valuesRefused += content.values.length - values.length + tooOld.length;
    for (const notification of content.notifications) takeNotification(notification, from);
  }

  function takeNotification(sent: SentNotification, from: Address): void {
    const nowMs = host.clock.steadyMs();
    if (nowMs - told.sinceMs >= COMPLAIN_AGAIN_MS) told = { sinceMs: nowMs, count: 0 };
    told.count++;
    if (told.count <= NOTIFICATIONS_MAX) return taker.notify(notificationOf(sent));
    complain(
      'too many told',
      `More than ${NOTIFICATIONS_MAX} notifications came in a minute, the last from ${senderOf(from)}; the rest is refused.`,
    );
  }

  /** Null when it is refused. */
  function valueOf(sent: SentValues, from: Address): Dispatched | null {
    const { host: of, ...identifier } = namesOf(sent);
    const sources = types.get(identifier.type);
    if (sources === undefined)
      return refuseType(
        identifier.type,
        from,
        'is not known here; TypesDB may name a file that has it',
      );
    const fits =
      sources.length === sent.values.length &&
      sources.every(({ kind }, index) => kind === sent.values[index]?.kind);
    if (!fits) {
      const wanted = sources.map(({ kind }) => kind).join(', ');
      const received = sent.values.map(({ kind }) => kind).join(', ') || 'nothing';
      return refuseType(identifier.type, from, `is ${wanted} here, received ${received}`);
    }
    const intervalS = secondsOf(sent.interval) || host.intervalS;
    const value: Dispatched = {
      host: of,
      timeS: secondsOf(sent.time),
      intervalS: Math.min(intervalS, INTERVAL_S_MAX),
      list: { ...identifier, sources, values: sent.values.map(({ value }) => Number(value)) },
      isReceived: true,
    };
    if (taker.isOwn(value)) return null;
    if (!taker.isFull(value)) return value;
    complain(
      'too many',
      `${of}/${identifierOf(identifier)}, from ${senderOf(from)}, is new, and more names are not remembered; it is refused.`,
    );
    return null;
  }

  function refuseType(type: string, from: Address, why: string): null {
    if (typesTold.has(type) || typesTold.size >= TYPES_TOLD_MAX) return null;
    typesTold.add(type);
    log.say(
      'warning',
      `The type "${visible(type)}", from ${senderOf(from)}, ${why}. Its values are refused.`,
    );
    return null;
  }

  return {
    start(opened) {
      const results: Result<readonly Address[]>[] = [];
      const isDone = (): boolean => results.length === config.listens.length;
      const end = (): void => {
        const failed = results.find(({ ok }) => !ok);
        opened(failed ?? good(results.flatMap((result) => (result.ok ? result.value : []))));
      };
      if (isDone()) return end();
      for (const place of config.listens)
        listen(place, (result) => {
          results.push(
            result.ok ? result : bad(`The network plugin does not listen: ${result.why}`),
          );
          if (isDone()) end();
        });
    },
    close() {
      for (const listener of listeners) listener.close();
    },
  };
}

/** Where packets flood in, nobody asks who sent each of them. */
function senderOf({ host }: Address): string {
  return host === '' ? 'somebody' : host;
}
