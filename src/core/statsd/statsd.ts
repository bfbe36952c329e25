// StatsD: counts what applications tell it, and passes the sums on to Graphite every few seconds.
//
//   packets --> samples --> tally --(every flushIntervalMs)--> points --> Carbon
//                             '<------------- starts again -------'

import type { Result } from '../base/result.ts';
import { decodeUtf8Lossy } from '../base/text.ts';
import { makeQuietLog } from '../carbon/quiet-log.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { Disk } from '../host/disk.ts';
import type { Log } from '../host/log.ts';
import type { Address, Listener, Opened } from '../host/net.ts';
import type { StatsdConfig } from './config.ts';
import { consoleFlush, type ConsoleFlush } from './console-flush.ts';
import { flushText } from './flush.ts';
import { makeGraphiteSender, type GraphiteSender, type SenderCounts } from './graphite-sender.ts';
import { makeDropCounter, type DropCounter, type KernelDrops } from './kernel-drops.ts';
import { makeKeyCounter, type KeyCount } from './key-flush.ts';
import { loadTally, saveTally, type TallyFile } from './kept-tally.ts';
import { openManagement, type Managed, type ManagerHost } from './management.ts';
import { parsePacket, type Packet } from './packet.ts';
import { makePlainPackets } from './plain-packets.ts';
import { makeRepeater } from './repeater.ts';
import { openAll, openServer, type ServerHost } from './servers.ts';
import { NEVER_SENT, statusOf } from './status.ts';
import {
  addSample,
  count,
  gaugeAt,
  keysOf,
  makeTally,
  ownCounters,
  resetTally,
  type Tally,
} from './tally.ts';

export interface StatsdHost extends ServerHost {
  readonly clock: Clock;
  readonly log: Log;
  /** Keeps flushes until Carbon has them; without it they wait in memory. */
  readonly spool?: Disk;
  /** Where the tally is kept for the next start; without it a stop sends what is open, and gauges are forgotten. */
  readonly tallyFile?: TallyFile;
  /** Without it there is no management port. */
  readonly manager?: ManagerHost;
  /** Tells of packets that were lost before they came here; without it nobody counts them. */
  readonly kernelDrops?: KernelDrops;
  /** The console backend: prints each flush. */
  readonly printFlush?: (timeS: number, flush: ConsoleFlush) => void;
  /** Hears of the keys that came most. */
  readonly keysCounted?: (keys: readonly KeyCount[]) => void;
}

export interface Statsd {
  /**
   * Opens all servers and the management port; `opened` is called once, with their addresses in this order or the first
   * failure.
   */
  start(opened: (result: Result<readonly Address[]>) => void): void;
  /** Takes what may change while it runs: how keys are named and deleted, and which numbers of a timer are sent. */
  configure(next: StatsdConfig): void;
  /** Takes the text of one packet as if it had been received. */
  receive(text: string): void;
  stats(): StatsdStats;
  /** The tally as it is now, to look at. */
  tally(): Tally;
  /** A flush out of turn. */
  flushNow(): void;
  /**
   * Stops listening, flushes or keeps what is open in its file, and calls `done` when Carbon has the last flush, or did not
   * take it in time.
   */
  stop(done: (unsent: number) => void): void;
}

/** Totals since the start; see SenderCounts for the part about Graphite. */
export interface StatsdStats extends Readonly<SenderCounts> {
  readonly startedS: number;
  readonly packetsReceived: number;
  readonly metricsReceived: number;
  readonly badLinesSeen: number;
  /** Seconds since 1970 of the last packet; the start when there was none. */
  readonly lastMessageS: number;
  readonly flushes: number;
  /** Milliseconds since 1970. */
  readonly nextFlushMs: number;
}

/** How long a stop waits for Carbon. */
export const STOP_WAIT_MS_MAX = 4000;

export function makeStatsd(host: StatsdHost, startConfig: StatsdConfig): Statsd {
  let config = startConfig;
  const { clock, net } = host;
  const log = makeQuietLog(host.log, clock);
  let own = ownCounters(config.prefixStats);
  const tally = makeTally(config.prefixStats);
  if (host.tallyFile) loadTally(host.tallyFile, tally, log);
  // How late a flush of the former process was is nothing to tell again.
  tally.gauges.delete(lagKey(config));
  const plainPackets = makePlainPackets(tally, () => config);
  /** Of the packet that is being read; null when nobody sent it. */
  let from: Address | null = null;
  const startedS = Math.round(clock.now() / 1000);
  const totals = { packetsReceived: 0, metricsReceived: 0, badLinesSeen: 0, flushes: 0 };
  let lastMessageS = startedS;
  let previousFlushS: number | null = null;
  let listeners: Listener[] = [];
  let dropCounter: DropCounter | null = null;
  let nextFlushMs = 0;
  let cancelFlush: Cancel = () => undefined;
  const keyCounter =
    config.keyFlush && host.keysCounted
      ? makeKeyCounter(clock, config.keyFlush, host.keysCounted)
      : null;
  const repeater =
    config.repeater &&
    makeRepeater(net, clock, config.repeater, (target, why) =>
      log.say('warning', 'Could not repeat packets.', { to: target.host, port: target.port, why }),
    );
  const sender: GraphiteSender | null =
    config.graphite === null
      ? null
      : makeGraphiteSender(
          net,
          clock,
          { to: config.graphite, protocol: config.graphiteProtocol, spool: host.spool ?? null },
          {
            failed: (why) =>
              log.say('warning', 'Could not send a flush to Graphite; it waits for the next one.', {
                why,
              }),
            notKept: (why) =>
              log.say('warning', 'The spool did not take a flush; it waits in memory.', { why }),
            lost: (flushes) =>
              log.say(
                'warning',
                'Gave up the oldest flushes: there is no room for more that wait for Graphite, or their files are gone.',
                { flushes },
              ),
          },
        );

  function receivePacket(packet: Uint8Array, sentFrom: Address): void {
    repeater?.repeat(packet);
    from = sentFrom;
    // Who counts keys or shows lines wants to see each of them.
    if (keyCounter || config.dumpMessages) receive(decodeUtf8Lossy(packet));
    else countPacket(plainPackets.add(packet, receiveOther));
  }

  function receiveOther(line: Uint8Array): void {
    takeSamples(parsePacket(decodeUtf8Lossy(line), config));
  }

  function receive(text: string): void {
    if (config.dumpMessages)
      for (const line of text.split('\n'))
        if (line !== '') host.log.say('info', 'Received a line.', { line, from: senderText() });
    const packet = parsePacket(text, config);
    keyCounter?.count(packet.keys);
    takeSamples(packet);
    countPacket(packet.keys.length);
  }

  function countPacket(lines: number): void {
    totals.packetsReceived++;
    totals.metricsReceived += lines;
    count(tally, own.packetsReceived, 1);
    count(tally, own.metricsReceived, lines);
    lastMessageS = Math.round(clock.now() / 1000);
  }

  function takeSamples(packet: Packet): void {
    for (const sample of packet.samples) {
      const why = addSample(tally, sample, config);
      if (why !== null) tellBad(why);
    }
    for (const why of packet.bad) tellBad(why);
  }

  function tellBad(why: string): void {
    totals.badLinesSeen++;
    count(tally, own.badLinesSeen, 1);
    const sender = senderText();
    log.say('warning', 'Ignored a bad sample.', sender === '' ? { why } : { why, from: sender });
  }

  /** Of the packet that is being read; "" when nobody knows. */
  function senderText(): string {
    if (from === null) return '';
    return from.port > 0 ? `${from.host}:${from.port}` : from.host;
  }

  function flush(): void {
    const beganMs = clock.steadyMs();
    const timeS = Math.round(clock.now() / 1000);
    dropCounter?.count(tally, config.prefixStats);
    if (previousFlushS !== null)
      gaugeAt(tally, lagKey(config)).value = timeS - previousFlushS - config.flushIntervalMs / 1000;
    previousFlushS = timeS;
    totals.flushes++;
    if (sender) {
      const facts = { elapsedMs: () => clock.steadyMs() - beganMs, ...sender.counts };
      sender.send(flushText(tally, config, timeS, facts));
    }
    if (config.backends.includes('console')) host.printFlush?.(timeS, consoleFlush(tally, config));
    if (config.debug) log.say('info', 'Flushed.', { keys: keysOf(tally) });
    resetTally(tally, config);
    keepTally();
  }

  /** Whether the file has it. */
  function keepTally(): boolean {
    if (!host.tallyFile) return false;
    const saved = saveTally(host.tallyFile, tally);
    if (!saved.ok)
      log.say('warning', 'Could not write the state file; it is as it was before.', {
        why: saved.why,
      });
    return saved.ok;
  }

  /** The addresses are those of the servers, and of the management port behind them. */
  function countDropsAt(addresses: readonly Address[]): void {
    const isUdp = (_: Address, i: number): boolean => config.servers[i]?.protocol === 'udp';
    const ports = addresses.filter(isUdp).map(({ port }) => port);
    if (host.kernelDrops && !config.strict && ports.length > 0)
      dropCounter = makeDropCounter(host.kernelDrops, ports, log);
  }

  function planFlush(): void {
    nextFlushMs = nextFlushAt(clock.now(), startedS, config);
    cancelFlush = clock.at(nextFlushMs, () => {
      flush();
      planFlush();
    });
  }

  const managed = (manager: ManagerHost): Managed => ({
    strict: config.strict,
    nowS: () => Math.round(clock.now() / 1000),
    startedS,
    stats: () => [
      ['messages.last_msg_seen', lastMessageS],
      ['messages.bad_lines_seen', totals.badLinesSeen],
      ...statusOf(config.backends, {
        startedS,
        lastPrintedS: config.strict ? startedS : (previousFlushS ?? startedS),
        counts: sender?.counts ?? { ...NEVER_SENT, lastFlushS: startedS },
      }),
    ],
    tally: () => tally,
    health: config.strict ? 'up' : config.healthStatus,
    host: manager,
  });

  return {
    start(opened) {
      planFlush();
      const openers = config.servers.map(
        (server) => (each: Opened) => openServer(host, server, config.strict, receivePacket, each),
      );
      const { management } = config;
      const { manager } = host;
      if (management && manager)
        openers.push((each) => openManagement(net, management, managed(manager), each));
      listeners = openAll(openers, (result) => {
        if (result.ok) countDropsAt(result.value);
        opened(result);
      });
    },
    configure(next) {
      config = changed(config, next);
      own = ownCounters(config.prefixStats);
      for (const key of Object.values(own)) tally.counters.set(key, { sum: 0 });
      tally.removals++;
      if (!config.deleteGauges)
        for (const gauge of tally.gauges.values()) gauge.flushesLeft = Infinity;
    },
    receive(text) {
      from = null;
      receive(text);
    },
    stats: () => ({
      startedS,
      lastMessageS,
      nextFlushMs,
      ...totals,
      ...(sender?.counts ?? NEVER_SENT),
    }),
    tally: () => tally,
    flushNow: flush,
    stop(done) {
      // The kernel forgets its count with the sockets.
      dropCounter?.count(tally, config.prefixStats);
      for (const listener of listeners) listener.close();
      cancelFlush();
      keyCounter?.stop();
      repeater?.stop();
      if (!keepTally()) flush();
      if (sender) sender.end(STOP_WAIT_MS_MAX, () => done(sender.counts.waiting));
      else done(0);
    },
  };
}

function lagKey({ prefixStats }: StatsdConfig): string {
  return `${prefixStats}.timestamp_lag`;
}

function changed(config: StatsdConfig, next: StatsdConfig): StatsdConfig {
  return {
    ...config,
    deleteCounters: next.deleteCounters,
    deleteTimers: next.deleteTimers,
    deleteSets: next.deleteSets,
    deleteGauges: next.deleteGauges,
    gaugesMaxTTL: next.gaugesMaxTTL,
    prefixStats: next.prefixStats,
    keyNameSanitize: next.keyNameSanitize,
    calculatedTimerMetrics: next.calculatedTimerMetrics,
    histogram: next.histogram,
  };
}

/** Counted from one fixed second, so that flushes never drift away from it. */
function nextFlushAt(
  nowMs: number,
  startedS: number,
  { flushAligned, flushIntervalMs }: Pick<StatsdConfig, 'flushAligned' | 'flushIntervalMs'>,
): number {
  if (flushAligned) return (Math.floor(nowMs / flushIntervalMs) + 1) * flushIntervalMs;
  const turnsDone = Math.round((nowMs - startedS * 1000) / flushIntervalMs);
  return startedS * 1000 + (turnsDone + 1) * flushIntervalMs;
}
