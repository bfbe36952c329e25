// From the cache to the files: makes the file of a new metric and writes batches, a bounded number a turn.
//
//   cache --(order)--> metric -> no file? schema + aggregation -> create
//                             -> all its points -> updateMany
//
// The real program loses points when a write fails, when files may not be created so fast, and when they are
// older than every archive. Here the first two stay in the cache, and all are counted by reason.

import type { Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';
import { createWhisper } from '../whisper/create.ts';
import { makeMetricPaths } from '../whisper/metric-path.ts';
import { openWhisper, type Whisper } from '../whisper/open.ts';
import { updateMany } from '../whisper/update-many.ts';
import { aggregationFor, type Aggregations } from './aggregation.ts';
import type { Cache } from './cache.ts';
import { schemaFor, type Schemas } from './schemas.ts';
import { makeTokens, type Tokens } from './tokens.ts';
import { makeWriteOrder, type Strategy } from './write-order.ts';

export interface WriterConfig {
  readonly schemas: Schemas;
  readonly aggregations: Aggregations;
  readonly strategy: Strategy;
  /** Carbon's MAX_CREATES_PER_MINUTE and MAX_UPDATES_PER_SECOND; Infinity is no limit. */
  readonly createsPerMinuteMax: number;
  readonly updatesPerSecondMax: number;
}

export interface Writer {
  /**
   * Writes until about `pointsMax` points are done, a limit is reached or every metric had its turn; true
   * when it stopped at `pointsMax` and more is waiting.
   */
  turn(nowMs: number, pointsMax: number): boolean;
  /** Writes everything once, without limits; what stays in the cache could not be written. */
  drain(nowMs: number): void;
  /** New rules for files that do not exist yet. */
  configure(schemas: Schemas, aggregations: Aggregations): void;
  readonly counts: WriterCounts;
}

/** Totals since the start. */
export interface WriterCounts {
  committedPoints: number;
  updateOperations: number;
  creates: number;
  /** Failed creations and writes; their points are still in the cache. */
  errors: number;
  /** Turns of a metric that had to wait because too many files were made in this minute. */
  delayedCreates: number;
  /** Points that lie before every archive of their file. */
  tooOld: number;
  /** Points whose file is not a Whisper file. */
  corrupt: number;
}

type Outcome = 'done' | 'waits' | 'limit';

export function makeWriter(files: Files, cache: Cache, log: Log, config: WriterConfig): Writer {
  let { schemas, aggregations } = config;
  const pathOf = makeMetricPaths();
  const order = makeWriteOrder(config.strategy, cache);
  const creates = makeTokens(config.createsPerMinuteMax, config.createsPerMinuteMax / 60);
  const updates = makeTokens(config.updatesPerSecondMax, config.updatesPerSecondMax);
  const counts: WriterCounts = {
    committedPoints: 0,
    updateOperations: 0,
    creates: 0,
    errors: 0,
    delayedCreates: 0,
    tooOld: 0,
    corrupt: 0,
  };

  function turn(nowMs: number, pointsMax: number): boolean {
    order.beginTurn();
    let points = 0;
    for (let id = order.next(); id !== null; id = order.next()) {
      points += cache.count(id);
      if (write(id, nowMs, creates, updates) === 'limit') return false;
      if (points >= pointsMax) return cache.size() > 0;
    }
    return false;
  }

  function write(id: number, nowMs: number, creating: Tokens, updating: Tokens): Outcome {
    if (cache.count(id) === 0) return 'done';
    const metric = cache.pathOf(id);
    if (!updating.has(nowMs)) return 'limit';
    const path = pathOf(metric);
    if (!path.ok) return failed(metric, path.why);
    let opened = openWhisper(files, path.value);
    if (opened.ok && opened.value === null) {
      if (!creating.take(nowMs)) {
        counts.delayedCreates++;
        return 'waits';
      }
      const why = create(metric, path.value);
      if (why !== null) return failed(metric, why);
      opened = openWhisper(files, path.value);
    }
    if (!opened.ok || opened.value === null)
      return giveUp(id, metric, opened.ok ? 'The new file is gone.' : opened.why);
    updating.take(nowMs);
    const outcome = writePoints(id, metric, opened.value, nowMs);
    opened.value.file.close();
    return outcome;
  }

  function create(metric: string, path: string): string | null {
    const schema = schemaFor(schemas, metric);
    const aggregation = aggregationFor(aggregations, metric);
    const made = createWhisper(files, path, schema.archives, aggregation);
    if (!made.ok) return made.why;
    counts.creates++;
    log.say('info', 'Made a file for a new metric.', {
      metric,
      schema: schema.name,
      aggregation: aggregation.name,
    });
    return null;
  }

  function writePoints(id: number, metric: string, whisper: Whisper, nowMs: number): Outcome {
    const points = cache.query(metric);
    const written = updateMany(whisper, points, Math.floor(nowMs / 1000));
    if (!written.ok) return failed(metric, written.why);
    cache.remove(id);
    const { tooOld } = written.value;
    counts.updateOperations++;
    counts.committedPoints += points.length - tooOld;
    counts.tooOld += tooOld;
    if (tooOld > 0)
      log.say('warning', 'Dropped points that are older than every archive of their file.', {
        metric,
        points: tooOld,
        oldest: Math.min(...points.map(({ time }) => time)),
        retentionS: whisper.header.maxRetentionS,
      });
    return 'done';
  }

  function failed(metric: string, why: string): Outcome {
    counts.errors++;
    log.say('error', 'Could not write; the points stay in the cache.', { metric, why });
    return 'waits';
  }

  function giveUp(id: number, metric: string, why: string): Outcome {
    counts.errors++;
    counts.corrupt += cache.count(id);
    cache.remove(id);
    log.say('error', 'Dropped points: their file cannot be read.', { metric, why });
    return 'done';
  }

  return {
    turn,
    drain(nowMs) {
      const unlimited = makeTokens(Infinity, Infinity);
      for (const id of cache.waiting()) write(id, nowMs, unlimited, unlimited);
    },
    configure(newSchemas, newAggregations) {
      schemas = newSchemas;
      aggregations = newAggregations;
    },
    counts,
  };
}
