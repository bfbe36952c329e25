// Minutes of a chapter: planned for each page, and used since the first slide.

import type { Minutes } from '../../src/lesson/lesson-model.ts';

/** Page -> milliseconds in which its slides were shown, up to `since`; null while no page is. */
export interface Clock {
  readonly usedMs: Readonly<Record<string, number>>;
  readonly page: string | null;
  readonly sinceMs: number;
}

export const NOTHING_USED: Clock = { usedMs: {}, page: null, sinceMs: 0 };

/** The clock of a show that turns to `page`, or to none, at that time. */
export function turnedTo(clock: Clock, page: string | null, nowMs: number): Clock {
  const { page: before } = clock;
  const usedMs =
    before === null ? clock.usedMs : { ...clock.usedMs, [before]: usedOn(clock, before, nowMs) };
  return { usedMs, page, sinceMs: nowMs };
}

export function usedOn(clock: Clock, page: string, nowMs: number): number {
  return (clock.usedMs[page] ?? 0) + (clock.page === page ? nowMs - clock.sinceMs : 0);
}

export function usedInAll(clock: Clock, nowMs: number): number {
  const before = Object.values(clock.usedMs).reduce((sum, ms) => sum + ms, 0);
  return before + (clock.page === null ? 0 : nowMs - clock.sinceMs);
}

const MINUTE_MS = 60_000;

/** `6:30` */
export function clockWords(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export interface Pace {
  readonly isLate: boolean;
  readonly words: string;
}

/** Late is who has used more than the most that all pages up to this one may take; null where nobody planned. */
export function paceOf(planned: readonly (Minutes | null)[], usedMs: number): Pace | null {
  let most = 0;
  for (const minutes of planned) {
    if (minutes === null) return null;
    most += minutes.max;
  }
  const over = Math.floor(usedMs / MINUTE_MS - most);
  return usedMs <= most * MINUTE_MS
    ? { isLate: false, words: 'on time' }
    : { isLate: true, words: over < 1 ? 'less than 1 min over' : `${over} min over` };
}
