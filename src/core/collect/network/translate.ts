// Values and notifications of ours as a packet has them, and those of a packet as we have them.

import type { Notification, Severity } from '../notification.ts';
import type { Dispatched } from '../plugin.ts';
import type { Identifier } from '../value-list.ts';
import {
  UNITS_PER_S,
  type Names,
  type PartValue,
  type SentNotification,
  type SentValues,
} from './parts.ts';

const SEVERITY_NUMBERS: Readonly<Record<Severity, number>> = {
  FAILURE: 1,
  WARNING: 2,
  OKAY: 4,
};

/** 0 for what is no time: a program may tell an interval without an end. */
function unitsOf(seconds: number): bigint {
  return Number.isFinite(seconds) ? BigInt(Math.max(0, Math.floor(seconds * UNITS_PER_S))) : 0n;
}

/** Null when a value is none that a packet can hold: a total that is not known. */
export function sentOf({ host, timeS, intervalS, list }: Dispatched): SentValues | null {
  const values: PartValue[] = [];
  for (const [index, { kind }] of list.sources.entries()) {
    const value = list.values[index] ?? NaN;
    if (kind === 'GAUGE') values.push({ kind, value });
    else if (Number.isFinite(value)) values.push({ kind, value: BigInt(Math.trunc(value)) });
    else return null;
  }
  return { ...sentNames(host, timeS, list), interval: unitsOf(intervalS), values };
}

export function sentNotification(notification: Notification): SentNotification {
  const { severity, timeS, host, list, message } = notification;
  return { ...sentNames(host, timeS, list), severity: SEVERITY_NUMBERS[severity], message };
}

function sentNames(host: string, timeS: number, identifier: Identifier): Names {
  const { plugin, pluginInstance, type, typeInstance } = identifier;
  return { host, plugin, pluginInstance, type, typeInstance, time: unitsOf(timeS) };
}

export function secondsOf(units: bigint): number {
  return Number(units) / UNITS_PER_S;
}

/** As collectd takes names: "/" parts a name from the next. What would break a line is no name either. */
export function namesOf(names: Names): Identifier & { readonly host: string } {
  const plain = (text: string): string =>
    text === '/' ? 'root' : text.replace(/^\//, '').replace(/[/\p{Cc}\p{Zl}\p{Zp}]/gu, '_');
  return {
    host: plain(names.host),
    plugin: plain(names.plugin),
    pluginInstance: plain(names.pluginInstance),
    type: plain(names.type),
    typeInstance: plain(names.typeInstance),
  };
}

export function notificationOf(sent: SentNotification): Notification {
  const { host, ...list } = namesOf(sent);
  const [severity = 'FAILURE'] = (Object.keys(SEVERITY_NUMBERS) as Severity[]).filter(
    (name) => SEVERITY_NUMBERS[name] === sent.severity,
  );
  const message = sent.message.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
  return { severity, timeS: secondsOf(sent.time), host, list, facts: [], message };
}
