// The collector: every interval it reads the host, lets each plugin name what it sees, and sends lines.
//
//   Sensors -> HostReading -> plugins -> ValueList -> rates, names -> "path value time\r\n" -> Carbon

import type { Sensors } from '../host/sensors.ts';
import type { CollectorConfig } from './config.ts';
import { NO_OUTSIDE } from '../host/outside.ts';
import { makeNamer } from './graphite-name.ts';
import { internalStatsTask } from './internal-stats.ts';
import { makeNotify, programEnvironment, type Notify } from './notification.ts';
import { makeEventSender } from './notify-event.ts';
import type { Dispatched } from './plugin.ts';
import { makePluginLoop } from './plugin-loop.ts';
import { startTasks } from './tasks.ts';
import { makeThresholds } from './thresholds.ts';
import { makeValueCache } from './value-cache.ts';
import { makeSender, valueLines, type Sender, type SenderHost } from './write-graphite.ts';

export interface Collector {
  start(): void;
  stats(): CollectorStats;
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
}

export function makeCollector(
  host: CollectorHost,
  hostname: string,
  config: CollectorConfig,
): Collector {
  const cache = makeValueCache();
  const notified = Object.values(config.plugins.exec?.notified ?? {});
  const outside = host.sensors.outside ?? NO_OUTSIDE;
  const notify = makeNotify(
    { log: host.log, outside },
    programEnvironment(hostname, config.intervalS),
    notified,
  );
  const events = config.plugins.notify_event?.url
    ? makeEventSender({ ...host, outside }, config.plugins.notify_event, config.intervalS)
    : null;
  const notifyAll: Notify = (notification) => {
    notify(notification);
    events?.notify(notification);
  };
  const thresholds = makeThresholds(config.thresholds, notifyAll);
  const outputs = config.writeGraphite.map((node) => ({
    node,
    namer: makeNamer(node.names),
    sender: makeSender(host, node, config.linesWaitingMax),
  }));

  function dispatch(values: readonly Dispatched[]): void {
    const nowS = host.clock.now() / 1000;
    const known = values.flatMap((value) => {
      const rates = cache.update(value, nowS);
      return rates === null ? [] : [{ value, rates }];
    });
    for (const { value, rates } of known) thresholds.check(value, rates);
    for (const { node, namer, sender } of outputs)
      sender.send(known.flatMap(({ value, rates }) => valueLines(value, rates, node, namer)));
  }

  const tasks = startTasks(host, hostname, config, { dispatch, notify: notifyAll });
  const sum = (of: (sender: Sender) => number): number =>
    outputs.reduce((total, { sender }) => total + of(sender), 0);
  const own = internalStatsTask(config.intervalS, () => ({
    queueLength: sum((sender) => sender.waiting()),
    dropped: sum((sender) => sender.dropped()),
    cacheSize: cache.size(),
  }));
  const loop = makePluginLoop(
    { clock: host.clock, log: host.log, read: () => host.sensors.read() },
    config.collectsInternalStats ? [...tasks.list, own] : tasks.list,
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
    start() {
      host.log.say('info', 'collector reads this host', {
        plugins: Object.keys(config.plugins).join(' '),
        intervalS: config.intervalS,
      });
      loop.start();
    },
    stats: () => ({
      readings: loop.stats().readings,
      readingsSkipped: loop.stats().skipped,
      readingsFailed: loop.stats().failed,
      linesSent: sum((sender) => sender.sent()),
      dropped: sum((sender) => sender.dropped()),
    }),
    stop(done) {
      loop.stop();
      tasks.stop();
      events?.stop();
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
