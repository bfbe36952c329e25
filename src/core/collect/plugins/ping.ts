// Whether hosts answer, and how fast: ping/ping-<host> in milliseconds, ping_stddev, ping_droprate.

import { bad, good } from '../../base/result.ts';
import type { PingRequest, RunningProgram } from '../../host/outside.ts';
import type { AskingHost, AskingPlugin } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface PingOptions {
  readonly host: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly ttl: number;
  readonly size: number;
  readonly sourceAddress: string;
  readonly device: string;
  readonly addressFamily: string;
  /** After so many packets lost in a row the name is looked up anew; below 0 never. */
  readonly maxMissed: number;
}

export const ping: AskingPlugin<PingOptions> = {
  name: 'ping',
  defaults: {
    host: [],
    interval: 1,
    timeout: 0.9,
    ttl: 255,
    size: 56,
    sourceAddress: '',
    device: '',
    addressFamily: 'any',
    maxMissed: -1,
  },
  start(options, host) {
    const targets = options.host.map((name) => makeTarget(name, options, host));
    return {
      read(done) {
        if (targets.length === 0) return done(bad('its block has no Host'));
        const lists = targets.flatMap((target) => target.take());
        const reasons = targets.flatMap((target) => target.whyEnded() ?? []);
        for (const target of targets) target.keepRunning();
        done(reasons.length === targets.length ? bad(reasons.join('; ')) : good(lists));
      },
      stop() {
        for (const target of targets) target.stop();
      },
    };
  },
};

interface Target {
  /** What came since the last call; nothing before the first packet. */
  take(): readonly ValueList[];
  /** Null while it runs. */
  whyEnded(): string | null;
  keepRunning(): void;
  stop(): void;
}

function makeTarget(name: string, options: PingOptions, { outside }: AskingHost): Target {
  let latencies: number[] = [];
  let lost = 0;
  let lostInARow = 0;
  let why: string | null = null;
  let running: RunningProgram | null = null;

  function run(): void {
    why = null;
    const mine = outside.ping(requestOf(name, options), {
      answered(latencyMs) {
        latencies.push(latencyMs);
        lostInARow = 0;
      },
      lost() {
        lost++;
        lostInARow++;
      },
      ended(reason) {
        why = reason;
        running = null;
      },
    });
    // It may have ended inside of the call.
    if (why === null) running = mine;
  }

  run();
  return {
    take() {
      const lists = latencies.length + lost === 0 ? [] : values(name, latencies, lost);
      latencies = [];
      lost = 0;
      return lists;
    },
    whyEnded: () => why,
    keepRunning() {
      if (running !== null && options.maxMissed >= 0 && lostInARow > options.maxMissed) {
        lostInARow = 0;
        running.stop();
        return;
      }
      if (running === null) run();
    },
    stop() {
      running?.stop();
    },
  };
}

function requestOf(host: string, options: PingOptions): PingRequest {
  const { interval, timeout, ttl, size, sourceAddress, device, addressFamily } = options;
  const family = addressFamily === 'ipv4' || addressFamily === 'ipv6' ? addressFamily : 'any';
  return {
    host,
    intervalS: interval,
    timeoutS: timeout,
    ttl,
    bytes: size,
    sourceAddress,
    device,
    family,
  };
}

function values(host: string, latencies: readonly number[], lost: number): readonly ValueList[] {
  const count = latencies.length;
  const sum = latencies.reduce((total, latency) => total + latency, 0);
  const squares = latencies.reduce((total, latency) => total + latency * latency, 0);
  const spread = (count * squares - sum * sum) / (count * (count - 1));
  const list = (type: 'ping' | 'ping_stddev' | 'ping_droprate', value: number): ValueList =>
    valueList({ plugin: 'ping', type, typeInstance: host }, value);
  return [
    list('ping', sum / count),
    // Rounding may bring it just below 0.
    list('ping_stddev', count === 0 ? NaN : count === 1 ? 0 : Math.sqrt(Math.max(0, spread))),
    list('ping_droprate', lost / (count + lost)),
  ];
}
