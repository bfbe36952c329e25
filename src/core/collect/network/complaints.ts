// What goes wrong again and again is told once a minute: whoever sends nonsense must not fill the log.

import type { Clock } from '../../host/clock.ts';
import type { Log } from '../../host/log.ts';

export const COMPLAIN_AGAIN_MS = 60_000;

/** `subject` is one of few words: it is remembered for ever. */
export type Complain<Subject extends string> = (subject: Subject, text: string) => void;

export function makeComplaints<Subject extends string>({
  clock,
  log,
}: {
  clock: Clock;
  log: Log;
}): Complain<Subject> {
  const told = new Map<Subject, { readonly atMs: number; untold: number }>();
  return (subject, text) => {
    const nowMs = clock.steadyMs();
    const last = told.get(subject);
    if (last !== undefined && nowMs - last.atMs < COMPLAIN_AGAIN_MS) {
      last.untold++;
      return;
    }
    told.set(subject, { atMs: nowMs, untold: 0 });
    const untold = last?.untold ?? 0;
    log.say('warning', text, untold > 0 ? { untold } : {});
  };
}
