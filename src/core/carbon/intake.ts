// The door to the cache, the same for every receiver: a point is stored, or dropped with a reason and counted.

import { pythonNumber } from '../base/number.ts';
import { good } from '../base/result.ts';
import type { Log } from '../host/log.ts';
import { admitName, admitTime } from './admit.ts';
import type { Cache } from './cache.ts';
import type { Point } from './point.ts';
import type { ReceiveCounts } from './stats.ts';

export interface Intake {
  /** Null when the point is stored, else why it is dropped. `from` is who sent it, for the log. */
  receive(point: Point, receivedS: number, from: string): string | null;
}

export function makeIntake(cache: Cache, counts: ReceiveCounts, log: Log): Intake {
  function drop(text: string, { path, value, time }: Point, from: string): string {
    log.say('warning', text, { metric: path, value: pythonNumber(value), time, from });
    return text;
  }

  return {
    receive(point, receivedS, from) {
      if (Number.isNaN(point.value)) {
        counts.nanValues++;
        return drop('Dropped a point without a value (NaN).', point, from);
      }
      const time = admitTime(point.time, receivedS);
      if (!time.ok) {
        counts.badTimes++;
        return drop(time.why, point, from);
      }
      // A name that the cache knows has been admitted before, in canonical form.
      const name = cache.knows(point.path) ? good(point.path) : admitName(point.path);
      if (!name.ok) {
        counts.badNames++;
        return drop(name.why, point, from);
      }
      counts.metricsReceived++;
      if (cache.store(cache.idOf(name.value), time.value, point.value)) return null;
      counts.overflow++;
      return drop('Dropped a point: the cache is full.', point, from);
    },
  };
}
