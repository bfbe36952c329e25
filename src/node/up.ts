// `stacklab up`: the whole stack of this machine and the site, on loopback.

import { hostname } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeStackStore } from '../api/stack-store.ts';
import type { StacklabParts, Status } from '../api/stacklab.ts';
import { bad, good, type Result } from '../core/base/result.ts';
import { encodeUtf8 } from '../core/base/text.ts';
import { CARBON_DEFAULTS } from '../core/carbon/config.ts';
import type { Host } from '../core/host/host.ts';
import { openTagLog, TAGS_FILE } from '../core/tags/tag-log.ts';
import { EVENTS_FILE, openEventLog } from '../core/events/event-log.ts';
import type { Log } from '../core/host/log.ts';
import { makeStack, type Stack, type StackConfig } from '../core/stack.ts';
import { makeNodeClock } from './clock.ts';
import { collectorPorts } from './collector-ports.ts';
import { makeNodeDisk } from './disk.ts';
import { CARBON_FILE, readCarbonConf } from './carbon-conf.ts';
import { readListsIn, watchRules } from './carbon-rules.ts';
import { readCollectorFile, readStatsdFile, readStorageRules } from './conf.ts';
import { dashboardsIn, progressIn } from './page-files.ts';
import { lockHome, openHome, type Home } from './home.ts';
import { makeKernelDrops } from './kernel-drops.ts';
import { makeNodeLog } from './log.ts';
import { makeNodeNet } from './net.ts';
import { makePlainLines } from './plain-lines.ts';
import { freeLinePort, freeTcpPort, freeUdpPort, type PortChoice } from './ports.ts';
import { makeSensors } from './sensors.ts';
import { readOrNull, replaceFile } from './small-files.ts';
import { openSpools } from './spools.ts';
import type { FileValues } from './statsd-config.ts';
import { makeNodeUsage } from './usage.ts';
import { makeManager } from './statsd-manager.ts';
import { startWeb, type WebServer } from './web.ts';

export interface UpOptions {
  readonly home: string;
  /** The web port that is wanted. */
  readonly host: string;
  readonly port: number;
  /** Folder of the built site; null serves the API alone. */
  readonly siteFolder: string | null;
  readonly version: string;
  /** Where sentences for the operator go. */
  readonly say: (line: string) => void;
}

export interface Running {
  readonly url: string;
  /** Stops in the order of the data; resolves when everything accepted is on disk. */
  stop(): Promise<void>;
}

/** StatsD's timer of our own: how long a request to /render took. */
const RENDER_TIMER = 'stacklab.render';

export async function up(options: UpOptions): Promise<Result<Running>> {
  const { say } = options;
  const opened = openHome(options.home);
  if (!opened.ok) return opened;
  const home = opened.value;
  const lock = lockHome(home);
  if (!lock.ok) return lock;
  let unlock = lock.value;
  const refused = (why: string): Result<never> => {
    unlock();
    return bad(why);
  };
  if (home.isNew)
    say(`This is the first start: ${home.folder} is made, and takes 100 MB at most at first.`);

  const ports = await choosePorts(options, home);
  tellMoved(ports, say);
  const config = readConfig(home, ports, say);
  if (!config.ok) return refused(config.why);
  const spools = openSpools(config.value.stack.collector.writeGraphite.map(({ spool }) => spool));
  if (!spools.ok) return refused(spools.why);
  unlock = () => {
    spools.value.close();
    lock.value();
  };

  const ofCollector = collectorPorts(config.value.stack.collector);
  for (const warning of ofCollector.warnings) say(warning);
  const sensors = await makeSensors(config.value.stack.collector.intervalS);
  const log = warningsOnly(makeNodeLog((line) => process.stderr.write(line)));
  const state = makeNodeDisk(home.state);
  const tags = openTagLog(state, TAGS_FILE, log);
  const host = {
    clock: makeNodeClock(),
    net: makeNodeNet(),
    files: makeNodeDisk(home.whisper),
    state,
    tags,
    spoolOf: spools.value.spoolOf,
    plainLines: makePlainLines,
    crc32,
    sensors: sensors.sensors,
    ...ofCollector.ports,
    log,
    usage: makeNodeUsage(),
    kernelDrops: makeKernelDrops(),
    manager: makeManager(
      () => config.value.statsdFile,
      () => stack.statsd.stats().flushes > 0,
    ),
  };
  const stack: Stack = makeStack(host, config.value.stack);
  const started = await new Promise<Result<unknown>>((resolve) => stack.start(resolve));
  if (!started.ok) return refused(started.why);

  const web = await startWeb(
    {
      store: makeStackStore(stack),
      clock: host.clock,
      tags,
      events: openEventLog(host.state, EVENTS_FILE, host.log),
      stacklab: routesOf({ options, home, stack, host, ports }),
      told: (route, tookMs) => {
        if (route === 'render') sendTimer(host, ports, tookMs);
      },
    },
    options.siteFolder,
    { host: options.host, port: ports.web.port },
  );
  if (!web.ok) return refused(web.why);
  replaceFile(join(home.state, 'ports.json'), `${JSON.stringify(portNumbers(ports), null, 2)}\n`);
  const target = {
    configure: stack.configure,
    setLists: stack.carbon.setLists,
  };
  const unwatch = watchRules(home.confFolder, config.value.usesLists, target, host);
  return good(
    running(web.value, stack, unlock, () => {
      sensors.stop();
      unwatch();
    }),
  );
}

/** A newcomer's terminal shows what to act on; the daemons one by one log everything. */
function warningsOnly(log: Log): Log {
  return {
    say(level, text, facts) {
      if (level !== 'info') log.say(level, text, facts);
    },
  };
}

function running(
  web: WebServer,
  stack: Stack,
  unlock: () => void,
  stopOthers: () => void,
): Running {
  return {
    url: `http://${web.address.host}:${web.address.port}/`,
    async stop() {
      web.close();
      stopOthers();
      await new Promise<void>((resolve) => stack.stop(() => resolve()));
      unlock();
    },
  };
}

interface Ports {
  readonly web: PortChoice;
  readonly line: PortChoice;
  readonly pickle: PortChoice;
  readonly statsd: PortChoice;
  readonly management: PortChoice;
}

const PORT_NAMES: Readonly<Record<keyof Ports, string>> = {
  web: 'the site',
  line: 'Carbon lines',
  pickle: 'Carbon pickles',
  statsd: 'StatsD',
  management: "StatsD's management",
};

async function choosePorts(options: UpOptions, home: Home): Promise<Ports> {
  // The browser keeps progress by origin, so the port of last time is taken again.
  const before = parsePorts(readOrNull(join(home.state, 'ports.json')));
  const { host } = options;
  return {
    web: await freeTcpPort(host, options.port === 0 ? 0 : (before['web'] ?? options.port)),
    line: await freeLinePort('127.0.0.1', 2003),
    pickle: await freeTcpPort('127.0.0.1', 2004),
    statsd: await freeUdpPort('127.0.0.1', 8125),
    management: await freeTcpPort('127.0.0.1', 8126),
  };
}

function parsePorts(text: string | null): Readonly<Record<string, number>> {
  try {
    return JSON.parse(text ?? '{}') as Readonly<Record<string, number>>;
  } catch {
    return {};
  }
}

function portNumbers(ports: Ports): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(ports).map(([name, { port }]) => [name, port]));
}

function tellMoved(ports: Ports, say: (line: string) => void): void {
  for (const [name, choice] of Object.entries(ports) as [keyof Ports, PortChoice][])
    if (choice.port !== choice.wanted && choice.wanted !== 0)
      say(
        `Port ${choice.wanted} for ${PORT_NAMES[name]} is taken by another program; ${choice.port} is used instead.`,
      );
}

interface UpConfig {
  readonly stack: StackConfig;
  /** statsd.js, for its management port. */
  readonly statsdFile: FileValues;
  /** Whether whitelist.conf and blacklist.conf count. */
  readonly usesLists: boolean;
}

function readConfig(home: Home, ports: Ports, say: (line: string) => void): Result<UpConfig> {
  const rules = readStorageRules(
    home.conf('storage-schemas.conf'),
    home.conf('storage-aggregation.conf'),
  );
  if (!rules.ok) return rules;
  const collector = readCollectorFile(home.conf('collectd.conf') ?? '', 'collectd.conf');
  if (!collector.ok) return collector;
  const statsd = readStatsdFile(home.conf('statsd.js') ?? '{}', 'statsd.js');
  if (!statsd.ok) return statsd;
  const carbon = readCarbonConf(home.conf(CARBON_FILE) ?? '', CARBON_DEFAULTS.instance);
  if (!carbon.ok) return carbon;
  const { usesLists, config: limits, listen, dataFolder } = carbon.value.config;
  if (dataFolder !== null || Object.values(listen).some((at) => at !== null))
    say(
      `${CARBON_FILE}: \`up\` has its own ports and data folder; those of the file are for \`carbon\`.`,
    );
  const { spool, stateFile, backends } = statsd.value.config;
  if (spool !== null || stateFile !== null || backends.includes('console'))
    say('statsd.js: `up` has no spool, no stateFile and no console; those are for `statsd`.');
  const lists = readListsIn(home.confFolder, usesLists);
  for (const { warnings } of [statsd.value, rules.value, collector.value, carbon.value, lists])
    for (const warning of warnings) say(warning);

  const name = collector.value.config.hostname ?? hostname();
  const carbonAt = { host: '127.0.0.1', port: ports.line.port };
  const stack: StackConfig = {
    hostname: name,
    collector: {
      ...collector.value.config,
      // The files name the usual port; where that one was taken, our Carbon is elsewhere.
      writeGraphite: collector.value.config.writeGraphite.map((node) =>
        node.port === ports.line.wanted ? { ...node, port: carbonAt.port } : node,
      ),
    },
    statsd: {
      ...statsd.value.config,
      servers: [{ protocol: 'udp', address: { host: '127.0.0.1', port: ports.statsd.port } }],
      management: { host: '127.0.0.1', port: ports.management.port },
      graphite: carbonAt,
      graphiteProtocol: 'text',
    },
    carbon: {
      ...CARBON_DEFAULTS,
      ...limits,
      lists: lists.config,
      line: carbonAt,
      udp: carbonAt,
      pickle: { host: '127.0.0.1', port: ports.pickle.port },
      ...rules.value.config,
      hostName: name,
    },
  };
  return good({ stack, statsdFile: statsd.value.file, usesLists });
}

interface RouteParts {
  readonly options: UpOptions;
  readonly home: Home;
  readonly stack: Stack;
  readonly host: Host;
  readonly ports: Ports;
}

function routesOf(parts: RouteParts): Omit<StacklabParts, 'clock'> {
  const { home, stack, host, ports } = parts;
  return {
    status: makeStatus(parts),
    where: (metric) => stack.where(metric),
    send: (to, packet) =>
      to === 'statsd'
        ? host.net.send({ host: '127.0.0.1', port: ports.statsd.port }, packet)
        : host.net.send({ host: '127.0.0.1', port: ports.line.port }, packet),
    progress: progressIn(home.state),
    dashboards: dashboardsIn(home.dashboards),
  };
}

/** Points a second over the time since the last question, but not over less than this. */
const RATE_OVER_MS_MIN = 10_000;

function makeStatus({ options, stack, host, ports }: RouteParts): () => Status {
  const startedAtS = Math.floor(host.clock.now() / 1000);
  let marks = [{ atMs: host.clock.steadyMs(), points: 0 }];
  return () => {
    const atMs = host.clock.steadyMs();
    const points = stack.carbon.stats().metricsReceived;
    const old = marks.filter((mark) => atMs - mark.atMs >= RATE_OVER_MS_MIN).at(-1);
    const from = old ?? marks[0];
    const passedS = from ? (atMs - from.atMs) / 1000 : 0;
    marks = [
      ...marks.filter((mark) => old === undefined || mark.atMs >= old.atMs),
      { atMs, points },
    ];
    return {
      version: options.version,
      places: {
        statsd: { host: '127.0.0.1', port: ports.statsd.port },
        management: { host: '127.0.0.1', port: ports.management.port },
        carbon: { host: '127.0.0.1', port: ports.line.port },
      },
      startedAtS,
      pointsPerSecond: passedS > 0 && from ? (points - from.points) / passedS : 0,
    };
  };
}

function sendTimer(host: Host, ports: Ports, tookMs: number): void {
  const packet = encodeUtf8(`${RENDER_TIMER}:${tookMs.toFixed(2)}|ms`);
  host.net.send({ host: '127.0.0.1', port: ports.statsd.port }, packet);
}
