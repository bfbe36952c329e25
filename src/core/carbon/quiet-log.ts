// A log for what may happen a thousand times a second: some lines of it, then a count.

import type { Clock } from '../host/clock.ts';
import type { Level, Log } from '../host/log.ts';

/** Lines of one text that are said within a minute. */
export const LINES_PER_MINUTE_MAX = 20;
const MINUTE_MS = 60_000;

/** The same log, with each text at most LINES_PER_MINUTE_MAX times a minute. */
export function makeQuietLog(log: Log, { steadyMs }: Pick<Clock, 'steadyMs'>): Log {
  const minutes = new Map<string, { startMs: number; lines: number }>();

  function say(
    level: Level,
    text: string,
    facts?: Readonly<Record<string, string | number>>,
  ): void {
    const nowMs = steadyMs();
    let minute = minutes.get(text);
    if (!minute || nowMs - minute.startMs >= MINUTE_MS) {
      const unsaid = (minute?.lines ?? 0) - LINES_PER_MINUTE_MAX;
      if (unsaid > 0) log.say(level, `${text} (and more like it)`, { lines: unsaid });
      minute = { startMs: nowMs, lines: 0 };
      minutes.set(text, minute);
    }
    minute.lines++;
    if (minute.lines <= LINES_PER_MINUTE_MAX) log.say(level, text, facts);
  }

  return { say };
}
