// The end of a Carbon: what waits in the cache is written, as fast as MAX_UPDATES_PER_SECOND_ON_SHUTDOWN lets it.
//
//   stop --> so many updates a second --> all is written                          nothing is left
//                                    '--> the time is up, and the journal has it  the next start writes it
//                                     '-> the time is up, and nothing has it      it is written without the limit
//
// The real program takes as long as it takes, and who cuts it short loses the rest.

import type { Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { Cache } from './cache.ts';
import type { Safekeeping } from './safekeeping.ts';
import type { Writer } from './writer.ts';

export interface WriteRestParts {
  readonly writer: Writer;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly log: Log;
  readonly safe: Safekeeping | null;
}

/** The limit slows the end down for no longer: whoever stops a daemon waits for it. */
export const LIMITED_MS_MAX = 2000;
/** Between two looks at the limit. */
const PAUSE_MS = 20;

/** Calls `done` with the number of points that could not be written; those that the journal keeps are not among them. */
export function writeRest(parts: WriteRestParts, done: (unwritten: number) => void): void {
  const { writer, cache, clock, log, safe } = parts;
  const rest = writer.finish();
  const endMs = clock.steadyMs() + LIMITED_MS_MAX;

  function end(): void {
    const isKept = safe !== null && safe.whyStuck() === null;
    const left = isKept ? rest.left() : 0;
    if (!isKept) writer.drain();
    else
      log.say(
        'info',
        'The limit of the end left points in the journal; the next start writes them.',
        {
          points: left,
        },
      );
    done(cache.size() - left);
  }

  function turn(): void {
    if (!rest.turn(clock.steadyMs())) done(cache.size());
    else if (clock.steadyMs() >= endMs) end();
    else clock.at(clock.now() + PAUSE_MS, turn);
  }

  turn();
}
