// A whole simulated place: one clock, one network, and computers on it, all from one seed.

import { makeRandom } from '../base/random.ts';
import type { Host } from '../host/host.ts';
import type { Level, Log } from '../host/log.ts';
import { makeWorldClock, type WorldClock } from './clock.ts';
import { makeWorldFiles, type WorldFiles } from './files.ts';
import { makeWorldNet, type WorldNet } from './net.ts';
import { makeWorldSensors, type WorldHost } from './sensors.ts';

export interface World {
  readonly clock: WorldClock;
  readonly net: WorldNet;
  readonly files: WorldFiles;
  /** A simulated world begins anew each time, so it keeps nothing for the next. */
  readonly state: null;
  readonly log: WorldLog;
  /** The same world seen from one of its computers. */
  host(computer: WorldHost): Host;
}

export interface WorldLog extends Log {
  lines(): readonly LogLine[];
}

export interface LogLine {
  readonly timeMs: number;
  readonly level: Level;
  readonly text: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a simulated disk takes to be synced. */
const SYNC_MS = 5;
/** Older lines are forgotten. */
export const LOG_LINES_MAX = 1000;

export function makeWorld(options: { seed: number; startMs: number }): World {
  const clock = makeWorldClock(options.startMs);
  const net = makeWorldNet(clock, makeRandom(options.seed));
  const files = makeWorldFiles((run) => clock.at(clock.now() + SYNC_MS, run));
  const log = makeWorldLog(clock);
  return {
    clock,
    net,
    files,
    state: null,
    log,
    host: (computer) => ({
      clock,
      net,
      files,
      state: null,
      log,
      sensors: makeWorldSensors(clock, computer),
    }),
  };
}

function makeWorldLog(clock: WorldClock): WorldLog {
  const lines: LogLine[] = [];
  return {
    say(level, text, facts = {}) {
      lines.push({ timeMs: clock.now(), level, text, facts });
      if (lines.length > LOG_LINES_MAX) lines.shift();
    },
    lines: () => lines,
  };
}
