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

/** Older lines are forgotten. */
export const LOG_LINES_MAX = 1000;

export function makeWorld(options: { seed: number; startMs: number }): World {
  const clock = makeWorldClock(options.startMs);
  const net = makeWorldNet(clock, makeRandom(options.seed));
  const files = makeWorldFiles();
  const log = makeWorldLog(clock);
  return {
    clock,
    net,
    files,
    log,
    host: (computer) => ({ clock, net, files, log, sensors: makeWorldSensors(clock, computer) }),
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
