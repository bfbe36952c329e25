// write_graphite: values become lines, which wait while their Carbon is away. Each node has its own sender, so that
// one that does not answer never holds up another.

import { encodeUtf8 } from '../base/text.ts';
import { formatG } from '../base/number.ts';
import type { Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { Disk } from '../host/disk.ts';
import type { Connection, Net } from '../host/net.ts';
import type { Namer } from './graphite-name.ts';
import type { Dispatched } from './plugin.ts';
import { makeSpooledSender } from './spooled-sender.ts';
import type { WriteGraphiteNode } from './write-graphite-config.ts';

/** write_graphite packs UDP lines into packets of this size, so that Ethernet need not split them. */
const PACKET_BYTES_MAX = 1428;

/** Who does not answer is asked again after this; each time twice as late, up to the second. */
export const DIAL_AGAIN_MS_MIN = 1000;
export const DIAL_AGAIN_MS_MAX = 30_000;

/** One line for each data source, at the nearest whole second; a value that is not known yet gets none (Carbon drops "nan"). */
export function valueLines(
  { list, host, timeS }: Dispatched,
  rates: readonly number[],
  node: WriteGraphiteNode,
  namer: Namer,
): readonly string[] {
  const names = namer(list, host);
  return list.sources.flatMap(({ kind }, index) => {
    const isRate = kind !== 'GAUGE' && node.storeRates;
    const value = (isRate ? rates[index] : list.values[index]) ?? NaN;
    if (Number.isNaN(value)) return [];
    const text = isRate ? value.toFixed(6) : kind === 'GAUGE' ? formatG(value, 15) : value;
    return [`${names[index] ?? ''} ${text} ${Math.round(timeS)}\r\n`];
  });
}

export interface Sender {
  send(lines: readonly string[]): void;
  sent(): number;
  /** Given up because no Carbon took them and there was no more room: lines, or with a spool files of them. */
  dropped(): number;
  /** Not taken yet, in the same unit. */
  waiting(): number;
  /** Lines that wait in memory, where the end of the process would lose them. */
  unsaved(): number;
  /** Calls `done` when all that can be sent is on its way or in the spool. */
  close(done: () => void): void;
}

export interface SenderHost {
  readonly clock: Clock;
  readonly net: Net;
  readonly log: Log;
  /** The folder of a spool; a host without disks has none. */
  readonly spoolOf?: (folder: string) => Disk;
}

/** `linesMax` are kept in memory while Carbon does not answer; the oldest go first. */
export function makeSender(host: SenderHost, node: WriteGraphiteNode, linesMax: number): Sender {
  if (node.protocol === 'udp') return makeUdpSender(host, node);
  const spool = node.spool === '' ? undefined : host.spoolOf?.(node.spool);
  return spool ? makeSpooledSender(host, node, spool) : makeTcpSender(host, node, linesMax);
}

function makeUdpSender(host: SenderHost, node: WriteGraphiteNode): Sender {
  let sent = 0;
  return {
    send(lines) {
      for (const packet of packets(lines)) host.net.send(node, encodeUtf8(packet));
      sent += lines.length;
    },
    sent: () => sent,
    dropped: () => 0,
    waiting: () => 0,
    unsaved: () => 0,
    close: (done) => done(),
  };
}

function makeTcpSender(
  { clock, net, log }: SenderHost,
  node: WriteGraphiteNode,
  linesMax: number,
): Sender {
  const to = { host: node.host, port: node.port };
  let waiting: string[] = [];
  let connection: Connection | 'dialling' | null = null;
  let openedAtMs = 0;
  let notBeforeMs = 0;
  let pauseMs = DIAL_AGAIN_MS_MIN;
  let sent = 0;
  let dropped = 0;
  let closed = false;
  let complained = false;

  function dial(): void {
    if (clock.steadyMs() < notBeforeMs) return;
    connection = 'dialling';
    let mine: Connection | null = null;
    net.connect(to, {
      opened(opened) {
        mine = opened;
        connection = opened;
        openedAtMs = clock.steadyMs();
        pauseMs = DIAL_AGAIN_MS_MIN;
        complained = false;
        flush();
        if (closed) opened.close();
      },
      received() {},
      closed(why) {
        // The end of one that was put away for a newer one says nothing.
        if (mine !== null && connection !== mine) return;
        connection = null;
        if (mine === null) backOff();
        complain(why);
      },
    });
  }

  function backOff(): void {
    notBeforeMs = clock.steadyMs() + pauseMs;
    pauseMs = Math.min(2 * pauseMs, DIAL_AGAIN_MS_MAX);
  }

  function complain(why: string | null): void {
    if (closed || complained || why === null || !node.logSendErrors) return;
    complained = true;
    log.say('warning', `Carbon does not answer: ${why}. The readings wait here.`, to);
  }

  function flush(): void {
    if (connection === null || connection === 'dialling' || waiting.length === 0) return;
    connection.write(encodeUtf8(waiting.join('')));
    sent += waiting.length;
    waiting = [];
  }

  function endOld(): void {
    if (connection === null || connection === 'dialling' || node.reconnectInterval === 0) return;
    if (clock.steadyMs() - openedAtMs < node.reconnectInterval * 1000) return;
    const old = connection;
    connection = null;
    old.close();
  }

  return {
    send(lines) {
      endOld();
      waiting.push(...lines);
      const surplus = waiting.length - linesMax;
      if (surplus > 0) {
        waiting.splice(0, surplus);
        dropped += surplus;
      }
      if (connection === null) dial();
      else flush();
    },
    sent: () => sent,
    dropped: () => dropped,
    waiting: () => waiting.length,
    unsaved: () => waiting.length,
    close(done) {
      closed = true;
      if (connection !== null && connection !== 'dialling') connection.close();
      done();
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
