// Carbon: takes points in, keeps them in its cache until they are written, answers what it holds.
//
//   TCP lines ----.
//   UDP lines -----+--> decoder --> intake --> cache --(every second)--> writer --> Whisper files
//   TCP pickles --'|                             |
//   append() -----'|                             '--> query(), port 7002
//                  '--> journal, until the files are on the disk

import { bad, good, type Result } from '../base/result.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { Disk } from '../host/disk.ts';
import type { Log } from '../host/log.ts';
import type { Usage } from '../host/usage.ts';
import type { Listener, Net } from '../host/net.ts';
import type { TimedValue } from '../whisper/point.ts';
import type { Aggregations } from './aggregation.ts';
import { makeCache, type Cache } from './cache.ts';
import type { CarbonConfig } from './config.ts';
import { makeDecoder, type PlainLines } from './decoder.ts';
import { makeIntake } from './intake.ts';
import type { Checksum, Kind } from './journal.ts';
import { listen, type CarbonAddresses } from './listen.ts';
import { knownOf, type Known, type Losses } from './known.ts';
import { makeLedger } from './ledger.ts';
import type { NameLists } from './name-lists.ts';
import { ownMetricPath, ownMetrics, type OwnReading } from './own-metrics.ts';
import { picklePoints } from './pickled-points.ts';
import type { Point } from './point.ts';
import { makeQuietLog } from './quiet-log.ts';
import type { ReceiverParts } from './receivers.ts';
import { makeSafekeeping } from './safekeeping.ts';
import type { Schemas } from './schemas.ts';
import { makeSenders } from './senders.ts';
import { makeReceiveCounts, type CarbonStats, type ReceiveCounts } from './stats.ts';
import { makeUnread } from './unread.ts';
import { writeRest } from './write-rest.ts';
import { makeWriter, type TagKeeper } from './writer.ts';

export interface CarbonHost {
  readonly clock: Clock;
  readonly net: Net;
  /** The Whisper files. */
  readonly files: Disk;
  /** Where the journal is kept; null keeps none: then what waits in the cache dies with the process. */
  readonly state: Disk | null;
  readonly log: Log;
  /** What the process costs, where the host can tell. */
  readonly usage?: Usage;
  /** Where series with tags are told; left out: nowhere. */
  readonly tags?: TagKeeper;
  /** A quicker way for plain lines, where the host has one. */
  readonly plainLines?: (cache: Cache, counts: ReceiveCounts) => PlainLines;
  /** A quicker checksum for the journal, where the host has one. */
  readonly crc32?: Checksum;
}

export interface Carbon {
  /** Opens all listeners; `opened` is called once, with the addresses in use or the first failure. */
  start(opened: (result: Result<CarbonAddresses>) => void): void;
  /** Takes points as if they had been received; says how many were dropped, and why the first was. */
  append(points: readonly Point[]): Appended;
  /** What waits in the cache for a metric, in the order of arrival. The name is a canonical one. */
  query(metric: string): readonly TimedValue[];
  /** Names of the metrics that wait in the cache. */
  waiting(): readonly string[];
  /** What is known of a metric here. Fails when no metric can have the name. */
  known(name: string): Result<Known>;
  /** What came and is nowhere, of all metrics and of what has no name. */
  losses(): Losses;
  stats(): CarbonStats;
  /** Rules for files that do not exist yet, read again from their files. */
  configure(schemas: Schemas, aggregations: Aggregations): void;
  /** Which names are let in from now on. */
  setLists(lists: NameLists): void;
  /** Writes the whole cache, without limits; the number of points that could not be written. */
  drainAll(): number;
  /** Stops listening, writes the cache as fast as the end may, then calls `done` with what could not be written. */
  stop(done: (unwritten: number) => void): void;
}

export interface Appended {
  readonly stored: number;
  readonly dropped: number;
  readonly why: string | null;
}

/** Between two turns of one round, so that sockets are read in between. */
const WRITE_PAUSE_MS = 1;
/** The same while much arrives: what is read first makes fewer and longer writes. */
const WRITE_PAUSE_BUSY_MS = 20;
/** How much longer turns are while little arrives. */
const QUIET_TURN_FACTOR = 4;
/** Points between two turns that are much. */
const BUSY_POINTS = 1000;
/** With slowed senders, points still in flight find room up to here: Carbon's hard limit. */
const CACHE_HARD_FACTOR = 1.05;
/** How often connections are looked at that bring nothing. */
const IDLE_CHECK_MS = 1000;
/** Senders go on when the cache has shrunk to this part of its limit. */
const CACHE_LOW_FACTOR = 0.95;

/** Of a long call, so many points go into one record of the journal: well below what a pickle may hold. */
const POINTS_PER_RECORD = 10_000;

export function makeCarbon(host: CarbonHost, config: CarbonConfig): Carbon {
  const { clock, net, files } = host;
  const log = makeQuietLog(host.log, clock);
  const counts = makeReceiveCounts();
  const cache = makeCache(config.cacheSizeMax * (config.slowsSenders ? CACHE_HARD_FACTOR : 1));
  const ledger = makeLedger();
  const unread = makeUnread(counts, ledger, config.paths);
  const intake = makeIntake(cache, counts, ledger, log, config);
  const writer = makeWriter(files, cache, ledger, { clock, log, tags: host.tags ?? null }, config);
  const senders = makeSenders(config.connectionsMax, clock);
  const safe =
    host.state &&
    makeSafekeeping({
      state: host.state,
      data: files,
      cache,
      clock,
      log,
      syncMs: config.journalSyncMs,
      sizeBytesMax: config.journalBytesMax,
      allSafe: writeSoon,
      ...(host.crc32 && { crc32: host.crc32 }),
    });
  const quick = host.plainLines?.(cache, counts) ?? null;
  const decoder = makeDecoder({
    unread,
    log,
    take: (point, from, receivedS) => void intake.receive(point, receivedS, from),
    plainLines: () => (intake.isPlain() ? quick : null),
    strict: config.strict,
  });
  const { logsConnections, logsLost } = config;
  const receivers: ReceiverParts = {
    counts,
    log,
    senders,
    unread,
    nowS: () => clock.now() / 1000,
    logsConnections,
    logsLost,
    receive,
  };
  let listeners: Listener[] = [];
  let writing: Cancel = () => undefined;
  /** Whether the next turn begins a round. */
  let isResting = true;
  let receivedBefore = 0;
  let telling: Cancel = () => undefined;
  let watching: Cancel = () => undefined;
  let writingMs = 0;

  function receive(kind: Kind, bytes: Uint8Array, from: string): boolean {
    const receivedS = clock.now() / 1000;
    safe?.keep(kind, bytes, receivedS);
    const goesOn = decoder.take(kind, bytes, from, receivedS);
    slowSenders();
    return goesOn;
  }

  /** Whoever sends over TCP waits while there is no room, and goes on when there is some again. */
  function slowSenders(): void {
    const isFull = config.slowsSenders && cache.size() >= config.cacheSizeMax;
    if (isFull || writer.isDiskFull() || safe?.whyStuck()) senders.pause(true);
    else if (cache.size() < config.cacheSizeMax * CACHE_LOW_FACTOR) senders.pause(false);
  }

  /** What an earlier run accepted and did not write. Fails when it has no room: it must not be lost now. */
  function replay(): Result<null> {
    const isFull = (): boolean => cache.size() >= config.cacheSizeMax;
    const before = counts.metricsReceived;
    safe?.replay((kind, bytes, receivedS) => {
      writer.distrustFiles();
      if (isFull()) writer.drain();
      if (!isFull()) decoder.take(kind, bytes, 'the journal', receivedS);
    });
    const points = counts.metricsReceived - before;
    if (points > 0) {
      log.say('info', 'Took points from the journal of an earlier run.', { points });
      writer.drain();
    }
    if (!isFull()) return good(null);
    return bad('The journal of an earlier run holds points that cannot be written: see above why.');
  }

  function write(): void {
    const isBusy = counts.metricsReceived - receivedBefore > BUSY_POINTS;
    receivedBefore = counts.metricsReceived;
    const beganMs = host.usage?.elapsedMs() ?? 0;
    const hasMore = writer.turn(
      config.updatesPerTurnMax * (isBusy ? 1 : QUIET_TURN_FACTOR),
      safe?.safeArrivals() ?? Infinity,
    );
    writingMs += (host.usage?.elapsedMs() ?? 0) - beganMs;
    slowSenders();
    isResting = !hasMore;
    const pauseMs = isBusy ? WRITE_PAUSE_BUSY_MS : WRITE_PAUSE_MS;
    writing = clock.at(clock.now() + (hasMore ? pauseMs : config.writeIntervalMs), write);
  }

  /** What came last waited for the journal; a round need not wait too. */
  function writeSoon(): void {
    if (!isResting || cache.size() === 0) return;
    writing();
    writing = clock.at(clock.now(), write);
  }

  function stats(): CarbonStats {
    return {
      ...counts,
      ...writer.counts,
      tooOld: ledger.total('tooOld'),
      overwritten: ledger.total('overwritten'),
      cacheSize: cache.size(),
      cacheQueues: cache.queues(),
      activeConnections: senders.count(),
    };
  }

  function read(): OwnReading {
    const { usage } = host;
    return {
      steadyMs: clock.steadyMs(),
      stats: stats(),
      usage: usage ? { cpuMs: usage.cpuMs(), memoryBytes: usage.memoryBytes(), writingMs } : null,
    };
  }

  function tellEvery(intervalMs: number): void {
    let before = read();
    function tell(): void {
      const now = read();
      const nowS = Math.floor(clock.now() / 1000);
      for (const [name, value] of ownMetrics(before, now))
        cache.store(cache.idOf(ownMetricPath(config, name)), nowS, value);
      before = now;
      telling = clock.at(clock.now() + intervalMs, tell);
    }
    telling = clock.at(clock.now() + intervalMs, tell);
  }

  function watchIdle(): void {
    senders.closeIdle(config.idleS * 1000);
    watching = clock.at(clock.now() + IDLE_CHECK_MS, watchIdle);
  }

  function drainAll(): number {
    writer.drain();
    return cache.size();
  }

  return {
    start(opened) {
      const replayed = replay();
      if (!replayed.ok) return void clock.at(clock.now(), () => opened(replayed));
      safe?.start();
      writing = clock.at(clock.now() + config.writeIntervalMs, write);
      if (config.ownMetricsIntervalS > 0) tellEvery(config.ownMetricsIntervalS * 1000);
      if (config.idleS !== Infinity) watchIdle();
      const hasFractions = config.resolutionS === 0;
      const queries = { cache, files, counts, log, paths: config.paths, hasFractions };
      listeners = listen(net, config, receivers, queries, opened);
    },
    append(points) {
      const receivedS = clock.now() / 1000;
      for (let at = 0; at < points.length; at += POINTS_PER_RECORD)
        safe?.keep('pickle', picklePoints(points.slice(at, at + POINTS_PER_RECORD)), receivedS);
      let dropped = 0;
      let why: string | null = null;
      for (const point of points) {
        const whyThis = intake.receive(point, receivedS, 'append');
        if (whyThis === null) continue;
        dropped++;
        why ??= whyThis;
      }
      slowSenders();
      return { stored: points.length - dropped, dropped, why };
    },
    query(metric) {
      counts.cacheQueries++;
      return cache.query(metric);
    },
    waiting: () => cache.paths(),
    known: (name) => knownOf(name, { cache, ledger, writer, paths: config.paths }),
    losses: () => ({
      received: counts.metricsReceived,
      totals: ledger.totals(),
      unreadFrom: ledger.unreadFrom(),
    }),
    stats,
    configure: (schemas, aggregations) => writer.configure(schemas, aggregations),
    setLists: (lists) => intake.setLists(lists),
    drainAll,
    stop(done) {
      for (const listener of listeners) listener.close();
      senders.closeAll();
      isResting = false;
      writing();
      telling();
      watching();
      writeRest({ writer, cache, clock, log, safe }, (unwritten) => {
        if (safe === null) done(unwritten);
        else safe.stop(() => done(unwritten));
      });
    },
  };
}
