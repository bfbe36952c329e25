// What the archives of a file know, each as one row of slots in order of time, for reading here and there in it.

import { good, type Result } from '../base/result.ts';
import { fetchFromArchive, type Slots } from './fetch.ts';
import type { Whisper } from './open.ts';
import { slotOf } from './slots.ts';

/** What an old archive knows, from its oldest slot to that of now. */
export interface Source extends Slots {
  readonly nans: ReadonlySet<number>;
}

/** Finest first. */
export function readSources(from: Whisper, now: number): Result<readonly Source[]> {
  const sources: Source[] = [];
  for (const archive of from.header.archives) {
    const slots = fetchFromArchive(from, archive, now - archive.retentionS, now);
    if (!slots.ok) return slots;
    sources.push({ ...slots.value, nans: new Set(slots.value.storedNans) });
  }
  return good(sources.sort((a, b) => a.step - b.step));
}

/** The first slot that begins at `time` or later. */
export function firstSlotFrom(time: number, step: number): number {
  return slotOf(time + step - 1, step);
}

export function isKnown(source: Source, time: number): boolean {
  const at = (time - source.start) / source.step;
  return (
    at >= 0 &&
    at < source.values.length &&
    (!Number.isNaN(valueAt(source, time)) || source.nans.has(at))
  );
}

export function valueAt(source: Source, time: number): number {
  return source.values[(time - source.start) / source.step] ?? NaN;
}

/** Whether one of the sources knows something of [from, until). */
export function knowsAny(finer: readonly Source[], from: number, until: number): boolean {
  return finer.some((source) => {
    // Outside of what it holds, a source of seconds would be asked for years of them.
    const end = Math.min(until, source.end);
    for (
      let time = firstSlotFrom(Math.max(from, source.start), source.step);
      time < end;
      time += source.step
    )
      if (isKnown(source, time)) return true;
    return false;
  });
}
