// The collector: every interval it reads the host, lets each plugin name what it sees, and sends lines.
//
//   Sensors -> HostReading -> plugins -> ValueList -> rates, names -> "path value time\r\n" -> Carbon

import { encodeUtf8 } from '../base/text.ts';
import { formatG } from '../base/number.ts';
import type { Cancel, Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { Connection, Net } from '../host/net.ts';
import type { HostReading, Sensors } from '../host/sensors.ts';
import type { CollectorConfig, WriteGraphiteNode } from './config.ts';
import { makeNamer } from './graphite-name.ts';
import type { Plugin, PluginState } from './plugin.ts';
import { PLUGINS } from './plugins/registry.ts';
import { makeRates, type Rates } from './rates.ts';
import { TYPES, type ValueList } from './value-list.ts';

export interface Collector {
  start(): void;
  stats(): CollectorStats;
  stop(): void;
}

export interface CollectorStats {
  readonly readings: number;
  readonly linesSent: number;
  /** Lines given up because no Carbon took them and the waiting line was full. */
  readonly linesDropped: number;
}

/** Lines kept while Carbon does not answer: an hour of sixty metrics at 10 s. The oldest go first. */
export const LINES_WAITING_MAX = 21_600;

/** write_graphite packs UDP lines into packets of this size, so that Ethernet need not split them. */
const PACKET_BYTES_MAX = 1428;

export function makeCollector(
  host: { clock: Clock; net: Net; sensors: Sensors; log: Log },
  hostname: string,
  config: CollectorConfig,
): Collector {
  const { clock, sensors, log } = host;
  const plugins = loadPlugins(config);
  const outputs = config.writeGraphite.map((node) => ({
    node,
    namer: makeNamer(hostname, node.names),
    rates: makeRates(),
    sender: makeSender(host, node),
  }));
  let readings = 0;
  let cancel: Cancel = () => {};

  function read(): void {
    const nowMs = clock.now();
    const reading = sensors.read();
    readings++;
    const timeS = Math.floor(nowMs / 1000);
    const lists = plugins.flatMap((plugin) => plugin(reading));
    for (const { node, namer, rates, sender } of outputs)
      sender.send(lists.flatMap((list) => valueLines(list, node, namer(list), rates, timeS)));
    plan(nowMs);
  }

  // Readings fall on whole multiples of the interval, so that one reading meets one slot.
  function plan(nowMs: number): void {
    const intervalMs = config.intervalS * 1000;
    cancel = clock.at((Math.floor(nowMs / intervalMs) + 1) * intervalMs, read);
  }

  return {
    start() {
      log.say('info', 'collector reads this host', {
        plugins: Object.keys(config.plugins).join(' '),
        intervalS: config.intervalS,
      });
      read();
    },
    stats: () => ({
      readings,
      linesSent: outputs.reduce((sum, { sender }) => sum + sender.sent(), 0),
      linesDropped: outputs.reduce((sum, { sender }) => sum + sender.dropped(), 0),
    }),
    stop() {
      cancel();
      for (const { sender } of outputs) sender.close();
    },
  };
}

function loadPlugins(
  config: CollectorConfig,
): readonly ((reading: HostReading) => readonly ValueList[])[] {
  return Object.entries(config.plugins).map(([name, options]) => {
    const state: PluginState = new Map();
    // The registry ties each name to its options; Object.entries forgets that tie.
    const plugin = PLUGINS[name as keyof typeof PLUGINS] as Plugin<unknown>;
    return (reading: HostReading) => plugin.collect(reading, options, state);
  });
}

/** One line for each data source; a value that is not known yet gets none (Carbon drops "nan"). */
function valueLines(
  list: ValueList,
  node: WriteGraphiteNode,
  names: readonly string[],
  rates: Rates,
  timeS: number,
): readonly string[] {
  const values = node.storeRates ? rates.next(names[0] ?? '', list, timeS) : list.values;
  return TYPES[list.type].flatMap((source, index) => {
    const value = values[index] ?? NaN;
    if (Number.isNaN(value)) return [];
    const isRate = source.kind === 'DERIVE' && node.storeRates;
    const text = isRate ? value.toFixed(6) : source.kind === 'GAUGE' ? formatG(value, 15) : value;
    return [`${names[index] ?? ''} ${text} ${timeS}\r\n`];
  });
}

interface Sender {
  send(lines: readonly string[]): void;
  sent(): number;
  dropped(): number;
  close(): void;
}

function makeSender(host: { clock: Clock; net: Net; log: Log }, node: WriteGraphiteNode): Sender {
  const to = { host: node.host, port: node.port };
  let waiting: string[] = [];
  let connection: Connection | 'dialling' | null = null;
  let sent = 0;
  let dropped = 0;
  let closed = false;
  let complained = false;

  function dial(): void {
    connection = 'dialling';
    host.net.connect(to, {
      opened(opened) {
        connection = opened;
        complained = false;
        flush();
        if (closed) opened.close();
      },
      received() {},
      closed(why) {
        connection = null;
        if (closed || complained || why === null) return;
        complained = true;
        host.log.say('warning', `Carbon does not answer: ${why}. The readings wait here.`, to);
      },
    });
  }

  function flush(): void {
    if (connection === null || connection === 'dialling' || waiting.length === 0) return;
    connection.write(encodeUtf8(waiting.join('')));
    sent += waiting.length;
    waiting = [];
  }

  return {
    send(lines) {
      if (node.protocol === 'udp') {
        for (const packet of packets(lines)) host.net.send(to, encodeUtf8(packet));
        sent += lines.length;
        return;
      }
      waiting.push(...lines);
      const surplus = waiting.length - LINES_WAITING_MAX;
      if (surplus > 0) {
        waiting.splice(0, surplus);
        dropped += surplus;
      }
      if (connection === null) dial();
      else flush();
    },
    sent: () => sent,
    dropped: () => dropped,
    close() {
      closed = true;
      if (connection !== null && connection !== 'dialling') connection.close();
    },
  };
}

function packets(lines: readonly string[]): readonly string[] {
  const packed: string[] = [];
  let packet = '';
  for (const line of lines) {
    if (packet !== '' && packet.length + line.length > PACKET_BYTES_MAX) {
      packed.push(packet);
      packet = '';
    }
    packet += line;
  }
  return packet === '' ? packed : [...packed, packet];
}
