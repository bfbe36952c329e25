// The door to the cache, the same for every receiver: a point is stored, or dropped with a reason and counted.

import { pythonNumber } from '../base/number.ts';
import { good } from '../base/result.ts';
import type { Log } from '../host/log.ts';
import type { PathRules } from '../whisper/metric-path.ts';
import { admitName, admitTime, type TimeRules } from './admit.ts';
import type { Cache } from './cache.ts';
import { areEmpty, listAgainst, type NameLists } from './name-lists.ts';
import type { Ledger, Loss } from './ledger.ts';
import type { Point } from './point.ts';
import type { ReceiveCounts } from './stats.ts';

export interface Intake {
  /** Null when the point is stored, else why it is dropped. `from` is who sent it, for the log. */
  receive(point: Point, receivedS: number, from: string): string | null;
  setLists(lists: NameLists): void;
  /** Whether a name that the cache knows and a time in whole seconds need no further thought. */
  isPlain(): boolean;
}

export interface IntakeRules extends TimeRules {
  readonly lists: NameLists;
  readonly paths: PathRules;
}

export function makeIntake(
  cache: Cache,
  counts: ReceiveCounts,
  ledger: Ledger,
  log: Log,
  rules: IntakeRules,
): Intake {
  let { lists } = rules;

  function drop(loss: Loss, text: string, point: Point, from: string, atS: number): string {
    const { path, value, time } = point;
    ledger.lose(loss, path, 1, { atS, time, value, from, received: null });
    log.say('warning', text, { metric: path, value: pythonNumber(value), time, from });
    return text;
  }

  /** By the name as it was received. What is kept out on purpose is counted and not logged. */
  function keptOut({ path, time, value }: Point, from: string, atS: number): string | null {
    const list = listAgainst(lists, path);
    if (list === null) return null;
    ledger.lose('keptOut', path, 1, { atS, time, value, from, received: null });
    if (list === 'blacklist') counts.blacklistMatches++;
    else counts.whitelistRejects++;
    return `The ${list} keeps this name out.`;
  }

  return {
    receive(point, receivedS, from) {
      const why = keptOut(point, from, receivedS);
      if (why !== null) return why;
      if (Number.isNaN(point.value)) {
        counts.nanValues++;
        return drop('nanValue', 'Dropped a point without a value (NaN).', point, from, receivedS);
      }
      const time = admitTime(point.time, receivedS, rules);
      if (!time.ok) {
        counts.badTimes++;
        return drop('badTime', time.why, point, from, receivedS);
      }
      // A name that the cache knows has been admitted before, in canonical form.
      const name = cache.knows(point.path) ? good(point.path) : admitName(point.path, rules.paths);
      if (!name.ok) {
        counts.badNames++;
        return drop('badName', name.why, point, from, receivedS);
      }
      counts.metricsReceived++;
      if (cache.store(cache.idOf(name.value), time.value, point.value)) return null;
      counts.overflow++;
      return drop('cacheFull', 'Dropped a point: the cache is full.', point, from, receivedS);
    },
    setLists(next) {
      lists = next;
    },
    isPlain: () => areEmpty(lists) && rules.resolutionS <= 1 && !rules.strict,
  };
}
