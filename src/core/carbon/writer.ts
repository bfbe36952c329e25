// From the cache to the files: makes the file of a new metric and writes batches, a bounded number a turn.
//
//   cache --(order)--> metric -> no file? schema + aggregation -> create
//                             -> all its points -> updateMany
//
// The real program loses points when a write fails, when files may not be created so fast, and when they are
// older than every archive. Here the first two stay in the cache, and all are counted by reason.

import type { Result } from '../base/result.ts';
import type { Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';
import { createWhisper } from '../whisper/create.ts';
import type { PathRules } from '../whisper/metric-path.ts';
import { openWhisper, type Whisper } from '../whisper/open.ts';
import { updateMany } from '../whisper/update-many.ts';
import { aggregationFor, type Aggregations } from './aggregation.ts';
import type { Cache } from './cache.ts';
import { metricPlace } from './metric-place.ts';
import { schemaFor, type Schemas } from './schemas.ts';
import { makeTokens, type Tokens } from './tokens.ts';
import { wholeSeconds } from './whole-seconds.ts';
import { makeWriteOrder, type Strategy } from './write-order.ts';

export interface WriterConfig {
  readonly schemas: Schemas;
  readonly aggregations: Aggregations;
  readonly strategy: Strategy;
  /** Carbon's MAX_CREATES_PER_MINUTE and MAX_UPDATES_PER_SECOND; Infinity is no limit. */
  readonly createsPerMinuteMax: number;
  readonly updatesPerSecondMax: number;
  /** MIN_TIMESTAMP_LAG: `timesorted` lets points wait until they are so old. */
  readonly lagS: number;
  readonly paths: PathRules;
  /** LOG_CREATES and LOG_UPDATES. */
  readonly logsCreates: boolean;
  readonly logsUpdates: boolean;
}

export interface Writer {
  /**
   * Writes until `updatesMax` metrics are done, a limit is reached or every metric had its turn; true
   * when it stopped at `updatesMax` and more is waiting.
   */
  turn(nowMs: number, updatesMax: number): boolean;
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

interface MetricFile {
  readonly metric: string;
  readonly path: Result<string>;
  /** Was there when it was last asked for: the disk is not asked each time. */
  isThere: boolean;
}

type Outcome = 'done' | 'waits' | 'limit';

export function makeWriter(files: Files, cache: Cache, log: Log, config: WriterConfig): Writer {
  let { schemas, aggregations } = config;
  /** By the number of the metric. */
  const metricFiles: MetricFile[] = [];
  const order = makeWriteOrder(config.strategy, cache, config.lagS);
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

  function turn(nowMs: number, updatesMax: number): boolean {
    order.beginTurn(nowMs);
    for (let done = 0; done < updatesMax; done++) {
      const id = order.next();
      if (id === null || write(id, nowMs, creates, updates) === 'limit') return false;
    }
    return cache.size() > 0;
  }

  function write(id: number, nowMs: number, creating: Tokens, updating: Tokens): Outcome {
    if (cache.count(id) === 0) return 'done';
    const metric = cache.pathOf(id);
    if (!updating.has(nowMs)) return 'limit';
    const file = fileOf(id, metric);
    if (!file.path.ok) return failed(metric, file.path.why);
    const path = file.path.value;
    file.isThere ||= files.exists(path);
    if (!file.isThere) {
      if (!creating.take(nowMs)) {
        counts.delayedCreates++;
        return 'waits';
      }
      const why = create(metric, path);
      if (why !== null) return failed(metric, why);
    }
    const opened = openWhisper(files, path);
    if (!opened.ok) return giveUp(id, metric, opened.why);
    if (opened.value === null) {
      if (!file.isThere) return failed(metric, 'The new file is gone.');
      // Somebody removed it. Its points go into a new one.
      file.isThere = false;
      return write(id, nowMs, creating, updating);
    }
    file.isThere = true;
    updating.take(nowMs);
    const outcome = writePoints(id, metric, opened.value, nowMs);
    opened.value.file.close();
    return outcome;
  }

  function fileOf(id: number, metric: string): MetricFile {
    let file = metricFiles[id];
    if (file?.metric !== metric) {
      file = { metric, path: metricPlace(files, metric, config.paths), isThere: false };
      metricFiles[id] = file;
    }
    return file;
  }

  function create(metric: string, path: string): string | null {
    const schema = schemaFor(schemas, metric);
    const aggregation = aggregationFor(aggregations, metric);
    const made = createWhisper(files, path, schema.archives, aggregation);
    if (!made.ok) return made.why;
    counts.creates++;
    if (config.logsCreates)
      log.say('info', 'Made a file for a new metric.', {
        metric,
        schema: schema.name,
        aggregation: aggregation.name,
      });
    return null;
  }

  function writePoints(id: number, metric: string, whisper: Whisper, nowMs: number): Outcome {
    const points = wholeSeconds(cache.query(metric));
    const written = updateMany(whisper, points, Math.floor(nowMs / 1000));
    if (!written.ok) return failed(metric, written.why);
    cache.remove(id);
    const { tooOld } = written.value;
    counts.updateOperations++;
    counts.committedPoints += points.length - tooOld;
    counts.tooOld += tooOld;
    if (config.logsUpdates) log.say('info', 'Wrote points.', { metric, points: points.length });
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
