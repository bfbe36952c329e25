// Everything a stack needs from where it runs. Two hosts exist: node (real) and world (simulated).

import type { Clock } from './clock.ts';
import type { Disk } from './disk.ts';
import type { Log } from './log.ts';
import type { Net } from './net.ts';
import type { Sensors } from './sensors.ts';
import type { Usage } from './usage.ts';

export interface Host {
  readonly clock: Clock;
  readonly net: Net;
  /** The Whisper tree. Nothing else is written there. */
  readonly files: Disk;
  /** What a stack keeps beside it, its journal first; null keeps nothing. */
  readonly state: Disk | null;
  readonly sensors: Sensors;
  readonly log: Log;
  /** What this process costs, where it can be told. */
  readonly usage?: Usage;
}
