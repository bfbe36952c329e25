// What of a load stands in the files of a Carbon.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { makeRandom } from '../../src/core/base/random.ts';
import { metricPath } from '../../src/core/whisper/metric-path.ts';
import { openWhisper } from '../../src/core/whisper/open.ts';
import { fetchSlots } from '../../src/core/whisper/fetch.ts';
import { makeNodeFiles } from '../../src/node/files.ts';
import { nameOf, pointOf, STEP_S, type Load } from './carbon-load.ts';
import { valueOf } from './whisper-job.ts';

const SEED = 7;
/** Asking takes time from who is measured. */
const LOOK_MS = 100;

/** Until the last point of every metric is in its file. Looks at one file at a time, in an order that no writer has. */
export async function untilWritten(data: string, load: Load, endMs: number): Promise<void> {
  const last = load.firstPoint + load.points - 1;
  const random = makeRandom(SEED);
  const waiting = Array.from({ length: load.metrics }, (_, metric) => metric);
  while (waiting.length > 0) {
    const at = random.below(waiting.length);
    const metric = waiting[at] ?? 0;
    if (valueAt(data, metric, last, load.firstS) !== null) {
      waiting[at] = waiting.at(-1) ?? 0;
      waiting.pop();
      continue;
    }
    if (Date.now() > endMs)
      throw new Error(`${waiting.length} of ${load.metrics} files are not complete in time.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** When the tree was last written to, in milliseconds since 1970. */
export function newestWriteMs(data: string, metrics: number): number {
  let newestMs = 0;
  for (let metric = 0; metric < metrics; metric++)
    newestMs = Math.max(newestMs, statSync(join(data, fileOf(metric))).mtimeMs);
  return newestMs;
}

/** How many points are in their file with the value that was sent. */
export function countPoints(data: string, metrics: number, points: number, firstS: number): number {
  let count = 0;
  for (let metric = 0; metric < metrics; metric++) {
    const values = valuesOf(data, metric, firstS, points);
    for (let k = 0; k < points; k++) if (values?.[k] === pointOf(metric, k, firstS).value) count++;
  }
  return count;
}

function valueAt(data: string, metric: number, k: number, firstS: number): number | null {
  const value = valuesOf(data, metric, firstS + k * STEP_S, 1)?.[0] ?? NaN;
  return Number.isNaN(value) ? null : value;
}

/** Null when there is no file yet, or not all of it: the real whisper makes files under the eyes of others. */
function valuesOf(data: string, metric: number, fromS: number, count: number): Float64Array | null {
  const opened = openWhisper(makeNodeFiles(data, 'r'), fileOf(metric));
  if (!opened.ok || opened.value === null) return null;
  const until = fromS + (count - 1) * STEP_S;
  const slots = fetchSlots(opened.value, fromS - 1, until, Math.floor(Date.now() / 1000), STEP_S);
  opened.value.file.close();
  return slots.ok && slots.value !== null ? slots.value.values : null;
}

function fileOf(metric: number): string {
  return valueOf(metricPath(nameOf(metric)));
}
