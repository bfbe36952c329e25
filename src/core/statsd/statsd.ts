// StatsD: packets come in at any time, one summary goes out at every flush.
//
//   UDP packets -> tally -> (flushInterval) -> lines -> one TCP connection to Carbon

import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import type { Result } from '../base/result.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { Address, Listener, Net } from '../host/net.ts';
import type { StatsdConfig } from './config.ts';
import { flushLines } from './flush.ts';
import { parsePacket } from './packet.ts';
import { addCount, addSample, makeTally, resetTally, selfCounters } from './tally.ts';

export interface Statsd {
  /** Opens the UDP port; `opened` is called once, with the address in use or why there is none. */
  start(opened: (result: Result<Address>) => void): void;
  /** Flushes at once, outside of the schedule. */
  flushNow(): void;
  stats(): StatsdStats;
  /** The buckets as they stand: for the picture of a lab. */
  peek(): StatsdPeek;
  /** Stops listening, sends what was counted, then calls `done`. */
  stop(done: () => void): void;
}

export interface StatsdStats {
  readonly packets: number;
  readonly badLines: number;
  readonly flushes: number;
  /** Flushes that wait because Carbon does not answer. */
  readonly waiting: number;
  /** Milliseconds since 1970 of the next flush. */
  readonly nextFlushMs: number;
}

export interface StatsdPeek {
  readonly counters: ReadonlyMap<string, number>;
  readonly gauges: ReadonlyMap<string, number>;
  /** How many values each timer holds. */
  readonly timers: ReadonlyMap<string, number>;
}

/** Flushes kept while Carbon does not answer; the oldest go first. The original keeps none. */
export const FLUSHES_WAITING_MAX = 360;
/** Examples of bad lines in the log for each flush. */
const BAD_LINES_TOLD_MAX = 3;

export function makeStatsd(
  host: { readonly clock: Clock; readonly net: Net; readonly log: Log },
  config: StatsdConfig,
): Statsd {
  const { clock, net, log } = host;
  const tally = makeTally(config.prefixStats);
  const [badLinesName, packetsName, metricsName] = selfCounters(config.prefixStats);
  const lagName = `${config.prefixStats}.timestamp_lag`;
  const startS = Math.round(clock.now() / 1000);
  const counts = { packets: 0, badLines: 0, flushes: 0 };
  let badTold = 0;
  let lastTimeS: number | null = null;
  let nextFlushMs = 0;
  let backend = { lastException: startS, lastFlush: startS, flushTimeMs: 0, flushLength: 0 };
  let waiting: string[] = [];
  let isSending = false;
  let whenSent: () => void = () => undefined;
  let cancel: Cancel = () => undefined;
  let listener: Listener | null = null;

  function receive(bytes: Uint8Array, from: Address): void {
    counts.packets++;
    addCount(tally, packetsName, 1);
    const packet = parsePacket(decodeUtf8Lossy(bytes), config.keyNameSanitize);
    addCount(tally, metricsName, packet.lines);
    for (const sample of packet.samples) addSample(tally, sample, config.gaugesMaxTTL);
    for (const why of packet.bad) {
      counts.badLines++;
      addCount(tally, badLinesName, 1);
      if (badTold++ < BAD_LINES_TOLD_MAX)
        log.say('warning', `StatsD cannot read ${why}`, { from: `${from.host}:${from.port}` });
    }
  }

  function flush(): void {
    const timeS = Math.round(clock.now() / 1000);
    // How late this flush is; the original sends it from the second flush on.
    if (lastTimeS !== null)
      tally.gauges.set(lagName, timeS - lastTimeS - config.flushInterval / 1000);
    lastTimeS = timeS;
    const { lines } = flushLines(tally, config, timeS, { ...backend, processingTimeMs: 0 });
    resetTally(tally, config);
    counts.flushes++;
    badTold = 0;
    if (config.graphiteHost === null) return;
    waiting.push(`${lines.join('\n')}\n`);
    if (waiting.length > FLUSHES_WAITING_MAX) waiting.shift();
    send();
  }

  function send(): void {
    if (isSending || waiting.length === 0 || config.graphiteHost === null) return whenSent();
    isSending = true;
    const beganMs = clock.now();
    const text = waiting.join('');
    const taken = waiting.length;
    let isWritten = false;
    net.connect(
      { host: config.graphiteHost, port: config.graphitePort },
      {
        opened(connection) {
          connection.write(encodeUtf8(text));
          connection.close();
          isWritten = true;
          waiting = waiting.slice(taken);
        },
        received() {},
        closed(why) {
          isSending = false;
          const nowS = Math.round(clock.now() / 1000);
          const flushTimeMs = clock.now() - beganMs;
          if (isWritten)
            backend = { ...backend, lastFlush: nowS, flushTimeMs, flushLength: text.length };
          else {
            backend = { ...backend, lastException: nowS };
            log.say('warning', `StatsD keeps its flush: ${why ?? 'no connection to Carbon'}`);
          }
          whenSent();
        },
      },
    );
  }

  /** Locked to the whole second of the start, so that flushes do not drift. */
  function plan(): void {
    const interval = config.flushInterval;
    const done = Math.round((clock.now() - startS * 1000) / interval);
    nextFlushMs = startS * 1000 + (done + 1) * interval;
    cancel = clock.at(nextFlushMs, () => {
      flush();
      plan();
    });
  }

  return {
    start(opened) {
      const at = { host: config.address, port: config.port };
      listener = net.listenUdp(at, receive, opened);
      plan();
    },
    flushNow: flush,
    stats: () => ({ ...counts, waiting: waiting.length, nextFlushMs }),
    peek: () => ({
      counters: tally.counters,
      gauges: tally.gauges,
      timers: new Map([...tally.timers].map(([key, timer]) => [key, timer.values.length])),
    }),
    stop(done) {
      cancel();
      listener?.close();
      let isDone = false;
      whenSent = () => {
        if (isDone || isSending) return;
        isDone = true;
        done();
      };
      flush();
      if (config.graphiteHost === null) whenSent();
    },
  };
}
