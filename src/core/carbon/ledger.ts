// Everything that came and is in no file, by reason: points by metric, and what could not be read by sender too.
//
//   too old       web1.load   3 points   last: 1600000000 0.5
//   overwritten   web1.load  12 points   last: …
//   no number     web1.load   1 line     last: "web1.load abc 1700000000"
//   no number     10.0.0.7    1 line     the same, for whoever asks who sent it
//
// The real program knows of most of these only that they are not there.

/** What happens to points, how it is said, of one or of many ("3 points older than …"), and what to do about it. */
export const LOSSES = {
  keptOut: ['that a list keeps out', 'whitelist.conf and blacklist.conf say which names come in'],
  nanValue: ['without a value (NaN)', 'send a number, or nothing'],
  badName: [
    'with a name that no file can have',
    'a name is parts with dots between them, none empty',
  ],
  badTime: ['with a time that no file can hold', 'a time is seconds since 1970, not milliseconds'],
  cacheFull: ['that found the cache full', 'more comes than is written: send less'],
  tooOld: [
    'older than every archive of the file',
    'send sooner, or have new files keep more by storage-schemas.conf',
  ],
  overwritten: [
    'in a slot that a later one took',
    'send once for each slot, or through StatsD, which makes one point of many',
  ],
} as const;

const LINE = ['line', 'lines'] as const;
const PICKLE = ['pickle', 'pickles'] as const;
const ELEMENT = ['element of a pickle', 'elements of a pickle'] as const;

/** What is no point, one of it and many, and why. */
export const FAULTS = {
  fewFields: [LINE, 'fewer than the three fields "metric value timestamp"'],
  manyFields: [LINE, 'more than the three fields "metric value timestamp"'],
  badValue: [LINE, 'a value that is not a number'],
  badTimestamp: [LINE, 'a timestamp that is not a time in seconds'],
  notUtf8: [LINE, 'not UTF-8 text'],
  lineTooLong: [LINE, 'longer than a line may be'],
  noNewline: [LINE, 'no newline at the end'],
  badPickle: [PICKLE, 'broken, or not a list of points'],
  badElement: [ELEMENT, 'not (metric, (timestamp, value))'],
  frameTooLong: [PICKLE, 'longer than a pickle may be'],
} as const;

export type Loss = keyof typeof LOSSES;
export type Fault = keyof typeof FAULTS;

export interface Tally<Reason extends Loss | Fault = Loss | Fault> {
  readonly reason: Reason;
  readonly count: number;
}

export interface Entry<Reason extends Loss | Fault = Loss | Fault> extends Tally<Reason> {
  readonly last: Lost;
}

/** The last one, as an example. Times in seconds since 1970; what is not known is null. */
export interface Lost {
  readonly atS: number;
  readonly time: number | null;
  readonly value: number | null;
  /** Who sent it. */
  readonly from: string | null;
  /** What it was, where it could not be read: fit to be shown, and not long. */
  readonly received: string | null;
}

/** A host whose lines or pickles could not be read. */
export interface UnreadFrom {
  readonly host: string;
  /** The newest first. */
  readonly entries: readonly Entry<Fault>[];
}

export interface Ledger {
  lose(loss: Loss, metric: string, points: number, last: Lost): void;
  /** Something that is no point; `metric` is null where it has no name that can be read. */
  unread(fault: Fault, metric: string | null, last: Lost & { readonly from: string }): void;
  total(reason: Loss | Fault): number;
  /** All reasons that there were, the most first. */
  totals(): readonly Tally[];
  /** What was lost of a metric, the most first. */
  of(metric: string): readonly Entry[];
  /** The newest first. */
  unreadFrom(): readonly UnreadFrom[];
}

/** Metrics that are remembered one by one; of more, those that lost nothing for longest are only in the totals. */
export const LEDGER_METRICS_MAX = 10_000;
/** The same for hosts. */
export const LEDGER_SENDERS_MAX = 200;

export function makeLedger(): Ledger {
  const totals = new Map<Loss | Fault, number>();
  const points = makeBook<Loss>(LEDGER_METRICS_MAX);
  // Apart from the points: whoever sends rubbish invents names, and must not push out those of real metrics.
  const named = makeBook<Fault>(LEDGER_METRICS_MAX);
  const senders = makeBook<Fault>(LEDGER_SENDERS_MAX);

  function count(reason: Loss | Fault, by: number): void {
    totals.set(reason, (totals.get(reason) ?? 0) + by);
  }

  return {
    lose(loss, metric, number, last) {
      count(loss, number);
      points.add(metric, loss, number, last);
    },
    unread(fault, metric, last) {
      count(fault, 1);
      if (metric !== null) named.add(metric, fault, 1, last);
      senders.add(hostOf(last.from), fault, 1, last);
    },
    total: (reason) => totals.get(reason) ?? 0,
    totals: () => mostFirst([...totals].map(([reason, number]) => ({ reason, count: number }))),
    of: (metric) => mostFirst([...points.of(metric), ...named.of(metric)]),
    unreadFrom: () =>
      senders.newestFirst().map((host) => ({ host, entries: senders.of(host).toReversed() })),
  };
}

/** A sender has another port each time it connects. */
function hostOf(from: string): string {
  return from.replace(/:\d+$/, '');
}

function mostFirst<Counted extends Tally>(counted: Counted[]): readonly Counted[] {
  return counted.sort((a, b) => b.count - a.count);
}

interface Book<Reason extends Loss | Fault> {
  add(key: string, reason: Reason, count: number, last: Lost): void;
  /** The newest last. */
  of(key: string): readonly Entry<Reason>[];
  newestFirst(): readonly string[];
}

/** Entries of so many keys; the one to which nothing was added for longest goes first. */
function makeBook<Reason extends Loss | Fault>(keysMax: number): Book<Reason> {
  /** Both maps are in the order of what was added last. */
  const keys = new Map<string, Map<Reason, Entry<Reason>>>();

  return {
    add(key, reason, count, last) {
      const entries = keys.get(key) ?? new Map<Reason, Entry<Reason>>();
      const before = entries.get(reason)?.count ?? 0;
      entries.delete(reason);
      entries.set(reason, { reason, count: before + count, last });
      keys.delete(key);
      keys.set(key, entries);
      if (keys.size <= keysMax) return;
      const [oldest] = keys.keys();
      if (oldest !== undefined) keys.delete(oldest);
    },
    of: (key) => [...(keys.get(key)?.values() ?? [])],
    newestFirst: () => [...keys.keys()].reverse(),
  };
}

/** "3 points older than every archive of the file", "1 line that could not be read: …". */
export function tallyText({ reason, count }: Tally): string {
  if (isLoss(reason)) return `${count} ${count === 1 ? 'point' : 'points'} ${LOSSES[reason][0]}`;
  const [[one, many], why] = FAULTS[reason];
  return `${count} ${count === 1 ? one : many} that could not be read: ${why}`;
}

/** What to do about it; null where what is wrong says it. */
export function remedyOf(reason: Loss | Fault): string | null {
  return isLoss(reason) ? LOSSES[reason][1] : null;
}

function isLoss(reason: Loss | Fault): reason is Loss {
  return reason in LOSSES;
}
