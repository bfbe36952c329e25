// Points over TCP into a Carbon until all are in their files: ours, ours without its journal, and the real one, in turns, each
// with a tree of its own. See bench.mjs.
//
//   sender ==4 connections==> Carbon --> files       new       one point for each of the metrics, that have no file yet
//                                                    accepted  until Carbon has closed the connections
//                                                    durable   until the last write of a file: the newest mtime of the tree

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { STEP_S, type Load, type Protocol } from './carbon-load.ts';
import { countPoints, newestWriteMs, untilWritten } from './carbon-tree.ts';
import { startProgram, type Program } from './program.ts';
import { startTarget, type RunningCarbon, type Target, type Targets } from './carbon-target.ts';
import type { Sent } from './carbon-sender.ts';

export { carbonCache } from '../peers/peer.ts';
export { TARGETS } from './carbon-target.ts';

/** A run that takes longer is given up. */
const PHASE_MS_MAX = 300_000;

export interface Size {
  readonly metrics: number;
  readonly points: number;
}

export interface CarbonMeasured {
  readonly newPerS: number;
  readonly acceptedPerS: number;
  readonly durablePerS: number;
  readonly cpuUsPerPoint: number;
  readonly peakMib: number;
  /** Points that were sent and are not in their file as they were sent. */
  readonly lost: number;
}

/**
 * One run: a Carbon is started, gets everything, and is ended. Its tree stays, in a folder of its own: for some minutes ext4
 * takes no inode again that was given back, and looks at each of them whenever a new file is made. Beside the rest of
 * 100 000 removed files a new one took three times the processor, for whichever Carbon came next.
 */
export async function measureCarbon(
  target: Target,
  targets: Targets,
  protocol: Protocol,
  { metrics, points }: Size,
): Promise<CarbonMeasured> {
  const folder = mkdtempSync(join(targets.place, 'run-'));
  const carbon = await startTarget(target, targets, folder);
  try {
    const nowS = Math.floor(Date.now() / 1000);
    // Whole minutes, and far enough back that no point lies in the future.
    const firstS = Math.floor((nowS - (points + 1) * STEP_S) / 60) * 60 - 60;
    const load = { port: carbon.ports[protocol], protocol, metrics, firstS };
    const fresh = await phase(carbon, targets, { ...load, firstPoint: 0, points: 1 });
    const before = carbon.usage().cpuS;
    const more = await phase(carbon, targets, { ...load, firstPoint: 1, points });
    const { cpuS, peakMib } = carbon.usage();
    const sent = metrics * points;
    return {
      newPerS: metrics / fresh.durableS,
      acceptedPerS: sent / more.acceptedS,
      durablePerS: sent / more.durableS,
      cpuUsPerPoint: ((cpuS - before) / sent) * 1_000_000,
      peakMib,
      lost: metrics * (points + 1) - countPoints(carbon.data, metrics, points + 1, firstS),
    };
  } finally {
    await carbon.end();
  }
}

async function phase(
  carbon: RunningCarbon,
  { built }: Targets,
  load: Load,
): Promise<{ readonly acceptedS: number; readonly durableS: number }> {
  const endMs = Date.now() + PHASE_MS_MAX;
  const script = join(built, 'carbon-sender.js');
  const sender: Program = startProgram(process.execPath, [script, JSON.stringify(load)]);
  try {
    await sender.until(() => /^ready$/m.test(sender.printed()), endMs);
    sender.say('go\n');
    await sender.until(() => sender.printed().includes('}'), endMs);
    const { beganMs, closedMs } = JSON.parse(/\{.*\}/.exec(sender.printed())?.[0] ?? '') as Sent;
    await untilWritten(carbon.data, load, endMs);
    const writtenMs = newestWriteMs(carbon.data, load.metrics);
    return { acceptedS: (closedMs - beganMs) / 1000, durableS: (writtenMs - beganMs) / 1000 };
  } finally {
    await sender.end();
  }
}
