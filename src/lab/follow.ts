// One point that a lab follows through all stages: what it is called in each, and what is known of it.

import { STATSD_DEFAULTS } from '../core/statsd/config.ts';
import { makeNames } from '../core/statsd/names.ts';
import { parsePacket } from '../core/statsd/packet.ts';

export interface Followed {
  /** Its name in the store. */
  readonly metric: string;
  /** Its name in StatsD, and the packet that it came in; null for a reading of the host. */
  readonly packet: { readonly key: string; readonly text: string } | null;
}

/** A lab's StatsD writes under the names that are not the legacy ones. */
const NAMES = makeNames({
  ...STATSD_DEFAULTS,
  namespace: { ...STATSD_DEFAULTS.namespace, legacy: false },
});

/** The reading that is followed while nobody has sent a packet: the first plugin of the lab gives it. */
export function followReading(host: string): Followed {
  return { metric: `collectd.${host}.cpu.percent-user`, packet: null };
}

/** The first sample of a packet; null when StatsD would not take it. */
export function followPacket(text: string): Followed | null {
  const sample = parsePacket(text, STATSD_DEFAULTS).samples[0];
  if (sample === undefined) return null;
  const { key, type } = sample;
  const packet = { key, text };
  if (type === 'counter') return { metric: NAMES.count(key), packet };
  if (type === 'gauge') return { metric: NAMES.gauge(key), packet };
  if (type === 'set') return { metric: NAMES.set(key), packet };
  const [before, after] = NAMES.timer(key);
  return { metric: `${before}.mean${after}`, packet };
}

export interface Slot {
  /** Seconds since 1970. */
  readonly timeS: number;
  /** Null for an empty slot. */
  readonly value: number | null;
}

/** The newest slot that holds a value, and its place in the list; null when all are empty. */
export function newestSlot(
  slots: readonly Slot[],
): { readonly at: number; readonly slot: Slot } | null {
  const at = slots.findLastIndex(({ value }) => value !== null);
  const slot = slots[at];
  return slot === undefined ? null : { at, slot };
}
