// From the cache to the files: makes the file of a new metric and writes batches, a bounded number a turn.
//
//   cache --(order)--> metric -> no file? schema + aggregation -> create
//                             -> all its points -> updateMany
//
// The real program loses points when a write fails, when a file is broken, when files may not be created so fast, and when
// they are older than every archive. Here only the last are lost, and counted. The others stay in the cache; a broken file
// is put aside, so that its points get a new one.

import { bad, good, type Bad, type Result } from '../base/result.ts';
import type { Clock } from '../host/clock.ts';
import { whyNotWritten, type Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';
import { createWhisper } from '../whisper/create.ts';
import type { PathRules } from '../whisper/metric-path.ts';
import { openWhisper, type Whisper } from '../whisper/open.ts';
import type { TimedValue } from '../whisper/point.ts';
import { updateMany, type Written } from '../whisper/update-many.ts';
import { aggregationFor, type Aggregations } from './aggregation.ts';
import { moveAside } from './aside.ts';
import type { Cache } from './cache.ts';
import { makeFinish, type Finish } from './finish.ts';
import type { Ledger, Lost } from './ledger.ts';
import { mendAfterCrash } from './mend.ts';
import { metricPlace } from './metric-place.ts';
import { schemaFor, type Schema, type Schemas } from './schemas.ts';
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
  /**
   * MAX_UPDATES_PER_SECOND_ON_SHUTDOWN, for updates and for new files: at the end it stands in the place of each of the
   * two limits that is set.
   */
  readonly updatesPerSecondAtEnd: number;
  /** MIN_TIMESTAMP_LAG: `timesorted` lets points wait until they are so old. */
  readonly lagS: number;
  readonly paths: PathRules;
  /** ENABLE_TAGS: series are found by their tags. */
  readonly keepsTags: boolean;
  /** LOG_CREATES and LOG_UPDATES. */
  readonly logsCreates: boolean;
  readonly logsUpdates: boolean;
}

export interface Writer {
  /**
   * Writes until `updatesMax` metrics are done, a limit is reached or every metric had its turn; true
   * when it stopped at `updatesMax` and more is waiting. Of values that came after the first `safeArrivals` none is
   * written: a file must not know what the journal could forget.
   */
  turn(updatesMax: number, safeArrivals: number): boolean;
  /** Writes everything once, without limits; what stays in the cache could not be written. */
  drain(): void;
  /** The same as fast as the end may be. */
  finish(): Finish;
  /** New rules for files that do not exist yet. */
  configure(schemas: Schemas, aggregations: Aggregations): void;
  /** The rules for a file of this name. */
  schemaOf(metric: string): Schema;
  /** From now on files are looked at as a crash may have left them: without the points since, which come again. */
  distrustFiles(): void;
  /** Whether the disk had no room when it was last asked. */
  isDiskFull(): boolean;
  readonly counts: WriterCounts;
}

/** Totals since the start. */
export interface WriterCounts {
  committedPoints: number;
  updateOperations: number;
  creates: number;
  /** Failed creations and writes; their points are in the cache still. */
  errors: number;
  /** Turns of a metric that had to wait because too many files were made in this minute. */
  delayedCreates: number;
  /** Files that could not be read, and were put aside. */
  corrupt: number;
}

interface MetricFile {
  readonly metric: string;
  readonly path: Result<string>;
  /** Was there when it was last asked for: the disk is not asked each time. */
  isThere: boolean;
  /** Since when it waits for the journal, by the steady clock; null when it does not. */
  waitsSinceMs: number | null;
}

type Outcome = 'done' | 'waits' | 'limit';

/** A metric that never rests waits no longer for the journal. */
const RESTLESS_MS = 5000;

/** Keeps the names of series with tags, whose files are called by a hash. */
export interface TagKeeper {
  add(series: string): Result<string>;
}

interface WriterHost {
  readonly clock: Clock;
  readonly log: Log;
  /** Null: nobody asks for series by their tags. */
  readonly tags: TagKeeper | null;
}

export function makeWriter(
  files: Files,
  cache: Cache,
  ledger: Ledger,
  { clock, log, tags }: WriterHost,
  config: WriterConfig,
): Writer {
  let { schemas, aggregations } = config;
  /** By the number of the metric. */
  const metricFiles: MetricFile[] = [];
  let isDiskFull = false;
  let afterCrash = false;
  const order = makeWriteOrder(config.strategy, cache, config.lagS);
  const creates = makeTokens(config.createsPerMinuteMax, config.createsPerMinuteMax / 60);
  const updates = makeTokens(config.updatesPerSecondMax, config.updatesPerSecondMax);
  const unlimited = makeTokens(Infinity, Infinity);
  const counts: WriterCounts = {
    committedPoints: 0,
    updateOperations: 0,
    creates: 0,
    errors: 0,
    delayedCreates: 0,
    corrupt: 0,
  };

  function turn(updatesMax: number, safeArrivals: number): boolean {
    order.beginTurn(clock.now());
    for (let done = 0; done < updatesMax; done++) {
      const id = order.next();
      if (id === null) return false;
      const isSafe = cache.newestArrival(id) <= safeArrivals || isRestless(id);
      if (isSafe && write(id, creates, updates) === 'limit') return false;
    }
    return cache.size() > 0;
  }

  /** A metric that gets values all the time is written in the end, though the newest may not be safe yet. */
  function isRestless(id: number): boolean {
    const atMs = clock.steadyMs();
    const file = fileOf(id, cache.pathOf(id));
    file.waitsSinceMs ??= atMs;
    return atMs - file.waitsSinceMs >= RESTLESS_MS;
  }

  function write(id: number, creating: Tokens, updating: Tokens): Outcome {
    if (cache.count(id) === 0) return 'done';
    const metric = cache.pathOf(id);
    const atMs = clock.steadyMs();
    if (!updating.has(atMs)) return 'limit';
    const file = fileOf(id, metric);
    if (!file.path.ok) return failed(metric, file.path);
    const path = file.path.value;
    if (!file.isThere) {
      const found = afterCrash ? mendAfterCrash(files, path) : good(files.exists(path));
      if (!found.ok) return failed(metric, found);
      file.isThere = found.value;
    }
    if (!file.isThere) {
      if (!creating.take(atMs)) {
        counts.delayedCreates++;
        return 'waits';
      }
      const made = create(metric, path);
      if (!made.ok) return failed(metric, made);
    }
    const opened = openWhisper(files, path);
    if (!opened.ok) return failed(metric, opened, file);
    if (opened.value === null) {
      if (!file.isThere) return failed(metric, bad('The new file is gone.'));
      // Somebody removed it. Its points go into a new one.
      file.isThere = false;
      return write(id, creating, updating);
    }
    file.isThere = true;
    updating.take(atMs);
    const written = writePoints(id, metric, opened.value);
    opened.value.file.close();
    return written.ok ? 'done' : failed(metric, written, file);
  }

  function fileOf(id: number, metric: string): MetricFile {
    let file = metricFiles[id];
    if (file?.metric !== metric) {
      const path = metricPlace(files, metric, config.paths);
      file = { metric, path, isThere: false, waitsSinceMs: null };
      if (metric.includes(';')) keepTags(metric);
      metricFiles[id] = file;
    }
    return file;
  }

  function keepTags(metric: string): void {
    if (!config.keepsTags) return;
    const kept = tags?.add(metric);
    if (kept && !kept.ok)
      log.say('warning', 'A series cannot be found by its tags.', { metric, why: kept.why });
  }

  function create(metric: string, path: string): Result<null> {
    const schema = schemaFor(schemas, metric);
    const aggregation = aggregationFor(aggregations, metric);
    const made = createWhisper(files, path, schema.archives, aggregation);
    if (!made.ok) return made;
    counts.creates++;
    if (config.logsCreates)
      log.say('info', 'Made a file for a new metric.', {
        metric,
        schema: schema.name,
        aggregation: aggregation.name,
      });
    return made;
  }

  function writePoints(id: number, metric: string, whisper: Whisper): Result<null> {
    const nowS = clock.now() / 1000;
    const points = wholeSeconds(cache.query(metric));
    const written = updateMany(whisper, points, Math.floor(nowS));
    if (!written.ok) return written;
    setDiskFull(false);
    fileOf(id, metric).waitsSinceMs = null;
    cache.remove(id);
    counts.updateOperations++;
    counts.committedPoints += points.length - written.value.tooOld;
    if (config.logsUpdates) log.say('info', 'Wrote points.', { metric, points: points.length });
    told(metric, points, written.value, whisper.header.maxRetentionS, nowS);
    return good(null);
  }

  function told(
    metric: string,
    points: readonly TimedValue[],
    { tooOld, overwritten }: Written,
    retentionS: number,
    nowS: number,
  ): void {
    if (overwritten > 0) ledger.lose('overwritten', metric, overwritten, lostAt(nowS, points[0]));
    if (tooOld === 0) return;
    const oldest = points.reduce((a, b) => (b.time < a.time ? b : a));
    ledger.lose('tooOld', metric, tooOld, lostAt(nowS, oldest));
    log.say('warning', 'Dropped points that are older than every archive of their file.', {
      metric,
      points: tooOld,
      oldest: oldest.time,
      retentionS,
    });
  }

  /** The points stay in the cache. What `file` holds is broken when it was not the disk that failed. */
  function failed(metric: string, why: Bad, file?: MetricFile): Outcome {
    counts.errors++;
    const reason = whyNotWritten(why);
    if (reason === 'full') {
      setDiskFull(true, why.why);
      return 'limit';
    }
    if (reason === null && file?.path.ok && putAside(metric, file.path.value, why.why)) {
      file.isThere = false;
      return 'waits';
    }
    log.say('error', 'Could not write; the points stay in the cache.', { metric, why: why.why });
    return 'waits';
  }

  function putAside(metric: string, path: string, why: string): boolean {
    const aside = moveAside(files, path);
    if (aside === null) return false;
    counts.corrupt++;
    log.say('error', 'Put a file aside that cannot be read; its metric gets a new one.', {
      metric,
      aside,
      why,
    });
    return true;
  }

  function setDiskFull(isFull: boolean, why = ''): void {
    if (isFull && !isDiskFull)
      log.say('error', 'The disk is full. Points wait, and so do senders, until there is room.', {
        why,
      });
    if (!isFull && isDiskFull) log.say('info', 'The disk has room again.');
    isDiskFull = isFull;
  }

  return {
    turn,
    drain() {
      makeFinish(cache, write, unlimited, unlimited).turn(clock.steadyMs());
    },
    finish() {
      const { createsPerMinuteMax, updatesPerSecondMax, updatesPerSecondAtEnd } = config;
      const limited = (max: number): Tokens =>
        max === Infinity ? unlimited : makeTokens(updatesPerSecondAtEnd, updatesPerSecondAtEnd);
      return makeFinish(cache, write, limited(createsPerMinuteMax), limited(updatesPerSecondMax));
    },
    configure(newSchemas, newAggregations) {
      schemas = newSchemas;
      aggregations = newAggregations;
    },
    schemaOf: (metric) => schemaFor(schemas, metric),
    distrustFiles() {
      afterCrash = true;
    },
    isDiskFull: () => isDiskFull,
    counts,
  };
}

function lostAt(atS: number, point: TimedValue | undefined): Lost {
  const { time = null, value = null } = point ?? {};
  return { atS, time, value, from: null, received: null };
}
