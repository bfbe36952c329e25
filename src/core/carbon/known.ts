// What a Carbon knows of a metric, and what it lost of all: for whoever asks where points are.

import { good, type Result } from '../base/result.ts';
import { metricPath, type PathRules } from '../whisper/metric-path.ts';
import type { TimedValue } from '../whisper/point.ts';
import { admitName } from './admit.ts';
import type { Cache } from './cache.ts';
import type { Entry, Ledger, Tally, UnreadFrom } from './ledger.ts';
import type { Schema } from './schemas.ts';
import type { Writer } from './writer.ts';

export interface Known {
  /** The name that was asked for, and the one under which such points are kept. */
  readonly asked: string;
  readonly metric: string;
  /** Of its file, below the data folder. */
  readonly path: string;
  /** Whether a point of it was taken since the start. */
  readonly wasReceived: boolean;
  readonly lost: readonly Entry[];
  /** Whose lines or pickles could not be read, of whatever metric; the newest first. */
  readonly unreadFrom: readonly UnreadFrom[];
  readonly waiting: readonly TimedValue[];
  /** The rules for a new file of this name. */
  readonly schema: Schema;
}

export interface Losses extends Pick<Known, 'unreadFrom'> {
  /** Points that were taken. */
  readonly received: number;
  /** By reason, the most first. */
  readonly totals: readonly Tally[];
}

export interface KnownParts {
  readonly cache: Cache;
  readonly ledger: Ledger;
  readonly writer: Writer;
  readonly paths: PathRules;
}

/** Fails when no metric can have the name. */
export function knownOf(name: string, parts: KnownParts): Result<Known> {
  const { cache, ledger, writer, paths } = parts;
  const admitted = admitName(name, paths);
  if (!admitted.ok) return admitted;
  const metric = admitted.value;
  const path = metricPath(metric, paths);
  if (!path.ok) return path;
  return good({
    asked: name,
    metric,
    path: path.value,
    wasReceived: cache.knows(metric),
    lost: [...ledger.of(metric), ...(metric === name ? [] : ledger.of(name))],
    unreadFrom: ledger.unreadFrom(),
    waiting: cache.query(metric),
    schema: writer.schemaOf(metric),
  });
}
