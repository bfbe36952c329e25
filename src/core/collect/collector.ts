// The collector: every interval it reads the host, lets each plugin name what it sees, and sends lines.
//
//   Sensors -> HostReading -> plugins -> ValueList -> rates, names -> "path value time\r\n" -> Carbon

import { good, type Result } from '../base/result.ts';
import type { Address } from '../host/net.ts';
import type { Sensors } from '../host/sensors.ts';
import type { CollectorConfig } from './config.ts';
import { NO_OUTSIDE } from '../host/outside.ts';
import { makeNamer } from './graphite-name.ts';
import { internalStatsTask } from './internal-stats.ts';
import { makeNetwork, type Network, type NetworkPorts } from './network/network.ts';
import { makeNotify, programEnvironment, type Notify } from './notification.ts';
import { makeEventSender } from './notify-event.ts';
import type { Dispatched } from './plugin.ts';
import { makePluginLoop, type Task } from './plugin-loop.ts';
import { startTasks } from './tasks.ts';
import { makeThresholds } from './thresholds.ts';
import { makeValueCache } from './value-cache.ts';
import { makeTyped } from './type-check.ts';
import { OWN_TYPES, type Types } from './value-list.ts';
import { makeSender, valueLines, type Sender, type SenderHost } from './write-graphite.ts';

export interface Collector {
  /** `started` is called once, with where it listens or with why it does not; then it does not read either. */
  start(started?: (result: Result<readonly Address[]>) => void): void;
  stats(): CollectorStats;
  /** Sends what waits for more: collectd does so on SIGUSR1. */
  flush(): void;
  /** Calls `done` when what was read is sent or in a spool, with the lines that are lost because neither could be. */
  stop(done: (linesLost: number) => void): void;
}

export interface CollectorStats {
  readonly readings: number;
  /** Readings left out because the one before had no answer yet. */
  readonly readingsSkipped: number;
  readonly readingsFailed: number;
  readonly linesSent: number;
  /** Given up because no Carbon took them and there was no more room: lines, or with a spool files of them. */
  readonly dropped: number;
}

export interface CollectorHost extends SenderHost {
  readonly sensors: Sensors;
  /** Where the network plugin can run. */
  readonly network?: NetworkPorts;
  /** Those of TypesDB too. */
  readonly types?: Types;
}

/** Names of values that are remembered, as far as others made them up: collectd would take any number. */
export const RECEIVED_NAMES_MAX = 100_000;

export function makeCollector(
  host: CollectorHost,
  hostname: string,
  config: CollectorConfig,
): Collector {
  const cache = makeValueCache();
  const typed = makeTyped(host.types ?? OWN_TYPES, host.log);
  const notified = Object.values(config.plugins.exec?.notified ?? {});
  const outside = host.sensors.outside ?? NO_OUTSIDE;
  const notifyPrograms = makeNotify(
    { log: host.log, outside },
    programEnvironment(hostname, config.intervalS),
    notified,
  );
  const events = config.plugins.notify_event?.url
    ? makeEventSender({ ...host, outside }, config.plugins.notify_event, config.intervalS)
    : null;
  const notifyHere: Notify = (notification) => {
    notifyPrograms(notification);
    events?.notify(notification);
  };
  const network = startNetwork();
  const notify: Notify = (notification) => {
    notifyHere(notification);
    network?.notify(notification);
  };
  const thresholds = makeThresholds(config.thresholds, notify);
  const outputs = config.writeGraphite.map((node) => ({
    node,
    namer: makeNamer(node.names),
    sender: makeSender(host, node, config.linesWaitingMax),
  }));

  function startNetwork(): Network | null {
    if (config.network === null) return null;
    if (host.network === undefined) {
      host.log.say('warning', 'The network plugin has no network in this place; it is left out.');
      return null;
    }
    const { clock, log, types = OWN_TYPES } = host;
    const { intervalS } = config;
    return makeNetwork({ clock, log, types, intervalS, ...host.network }, config.network, {
      dispatch,
      isOwn(value) {
        const newest = cache.newestOf(value);
        return newest !== null && !newest.isReceived && newest.timeS >= value.timeS;
      },
      isFull: (value) => cache.size() >= RECEIVED_NAMES_MAX && cache.newestOf(value) === null,
      notify: notifyHere,
    });
  }

  /** Gives back what is not newer than what was here before. */
  function dispatch(values: readonly Dispatched[]): readonly Dispatched[] {
    const nowS = host.clock.now() / 1000;
    const tooOld: Dispatched[] = [];
    const known = typed(values).flatMap((value) => {
      const rates = cache.update(value, nowS);
      if (rates === null) tooOld.push(value);
      return rates === null ? [] : [{ value, rates }];
    });
    for (const { value, rates } of known) thresholds.check(value, rates);
    for (const { node, namer, sender } of outputs)
      sender.send(known.flatMap(({ value, rates }) => valueLines(value, rates, node, namer)));
    network?.send(known.map(({ value }) => value));
    return tooOld;
  }

  const tasks = startTasks(host, hostname, config, { dispatch, notify });
  const sum = (of: (sender: Sender) => number): number =>
    outputs.reduce((total, { sender }) => total + of(sender), 0);
  const own = internalStatsTask(config.intervalS, () => ({
    queueLength: sum((sender) => sender.waiting()),
    dropped: sum((sender) => sender.dropped()),
    cacheSize: cache.size(),
  }));
  // It reads even when it tells nothing: a collector that only listens must see what is missing.
  const networkTask: readonly Task[] =
    network === null
      ? []
      : [
          {
            name: 'network',
            intervalS: config.network?.intervalS ?? config.intervalS,
            read: (_, done) => done(good(network.read())),
          },
        ];
  const loop = makePluginLoop(
    { clock: host.clock, log: host.log, read: () => host.sensors.read() },
    [...tasks.list, ...networkTask, ...(config.collectsInternalStats ? [own] : [])],
    config,
    (lists, timeMs, task) => {
      const intervalS = task?.intervalS ?? config.intervalS;
      const timeS = timeMs / 1000;
      dispatch(lists.map((list) => ({ host: hostname, timeS, intervalS, list })));
      for (const value of cache.takeMissing(timeS, config.timeout))
        thresholds.missing(value, timeS);
    },
  );

  return {
    start(started = () => {}) {
      host.log.say('info', 'collector reads this host', {
        plugins: Object.keys(config.plugins).join(' '),
        intervalS: config.intervalS,
      });
      if (network === null) return begin(good([]));
      network.start(begin);

      function begin(listening: Result<readonly Address[]>): void {
        if (listening.ok) loop.start();
        started(listening);
      }
    },
    stats: () => ({
      readings: loop.stats().readings,
      readingsSkipped: loop.stats().skipped,
      readingsFailed: loop.stats().failed,
      linesSent: sum((sender) => sender.sent()),
      dropped: sum((sender) => sender.dropped()),
    }),
    flush: () => network?.flush(),
    stop(done) {
      loop.stop();
      tasks.stop();
      events?.stop();
      network?.stop();
      let open = outputs.length + 1;
      const closed = (): void => {
        if (--open > 0) return;
        done(sum((sender) => sender.unsaved()));
      };
      for (const { sender } of outputs) sender.close(closed);
      closed();
    },
  };
}
