// What a show takes along from page to page in its window: its name, its clock, the hands that were counted.

import { NOTHING_USED, type Clock } from './clock.ts';

/** Slide -> hands for each of its options. */
export type Hands = Readonly<Record<string, readonly number[]>>;

export interface Memory {
  /** Another chapter is another show. */
  readonly lessonId: string;
  /** By it the notes find their slides, whatever else is open in this browser. */
  readonly show: string;
  readonly clock: Clock;
  /** Page -> hands on its slides. */
  readonly hands: Readonly<Record<string, Hands>>;
}

const KEY = 'stacklab.show.v1';

export function recall(lessonId: string): Memory {
  const fresh = { lessonId, show: Date.now().toString(36), clock: NOTHING_USED, hands: {} };
  try {
    const text = sessionStorage.getItem(KEY);
    const kept = text === null ? null : (JSON.parse(text) as Memory);
    return kept?.lessonId === lessonId ? kept : fresh;
  } catch {
    return fresh;
  }
}

export function keep(memory: Memory): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // Storage is blocked: the clock then starts anew on each page.
  }
}

/** One hand more or less; never less than none. */
export function counted(hands: readonly number[], option: number, by: number): readonly number[] {
  const longer = Array.from(
    { length: Math.max(hands.length, option + 1) },
    (_, at) => hands[at] ?? 0,
  );
  return longer.map((count, at) => (at === option ? Math.max(0, count + by) : count));
}
