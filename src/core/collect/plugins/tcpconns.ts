// How many TCP connections a port has in each state: tcpconns-22-local/tcp_connections-ESTABLISHED.

import { bad, good, type Result } from '../../base/result.ts';
import { SOCKET_STATES, type SocketReading } from '../../host/sensors.ts';
import type { ConfItem } from '../conf.ts';
import { show } from '../options.ts';
import type { ReadingPlugin } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface TcpconnsOptions {
  /** Every port on which this machine listens; null: only when nothing else is asked for. */
  readonly listeningPorts: boolean;
  readonly allPortsSummary: boolean;
  readonly localPorts: PortSet;
  readonly remotePorts: PortSet;
  /** Whether the file says anything about ListeningPorts. */
  readonly saysListening: boolean;
}

type PortSet = Readonly<Record<number, true>>;

const PORT_MAX = 65_535;

export const tcpconns: ReadingPlugin<TcpconnsOptions> = {
  name: 'tcpconns',
  tells: 'its TCP connections',
  defaults: {
    listeningPorts: false,
    allPortsSummary: false,
    localPorts: {},
    remotePorts: {},
    saysListening: false,
  },
  special: {
    listeningports(options, item) {
      const [value] = item.args;
      if (typeof value !== 'boolean')
        return bad(
          `Line ${item.line}: ListeningPorts wants true or false, received ${show(item)}.`,
        );
      return good({ ...options, listeningPorts: value, saysListening: true });
    },
    localport: (options, item) =>
      withPort(item, (port) => ({
        ...options,
        localPorts: { ...options.localPorts, [port]: true },
      })),
    remoteport: (options, item) =>
      withPort(item, (port) => ({
        ...options,
        remotePorts: { ...options.remotePorts, [port]: true },
      })),
  },

  collect({ sockets }, options) {
    if (sockets === null) return null;
    const asksNothing =
      !options.saysListening &&
      !options.allPortsSummary &&
      Object.keys({ ...options.localPorts, ...options.remotePorts }).length === 0;
    const listening = options.listeningPorts || asksNothing ? listeningPorts(sockets) : [];
    const local = new Set([...listening, ...Object.keys(options.localPorts).map(Number)]);
    const byLocal = bySide(sockets, ({ localPort }) => localPort);
    const byRemote = bySide(sockets, ({ remotePort }) => remotePort);
    return [
      ...(options.allPortsSummary ? counts('all', sockets) : []),
      ...[...local].flatMap((port) => counts(`${port}-local`, byLocal.get(port) ?? [])),
      ...Object.keys(options.remotePorts).flatMap((port) =>
        counts(`${port}-remote`, byRemote.get(Number(port)) ?? []),
      ),
    ];
  },
};

function withPort(item: ConfItem, put: (port: number) => TcpconnsOptions): Result<TcpconnsOptions> {
  const port = Number(item.args[0]);
  if (!Number.isInteger(port) || port < 1 || port > PORT_MAX)
    return bad(
      `Line ${item.line}: ${item.key} wants a port from 1 to ${PORT_MAX}, received ${show(item)}.`,
    );
  return good(put(port));
}

function listeningPorts(sockets: readonly SocketReading[]): readonly number[] {
  return sockets.filter(({ state }) => state === 'LISTEN').map(({ localPort }) => localPort);
}

function bySide(
  sockets: readonly SocketReading[],
  side: (socket: SocketReading) => number,
): ReadonlyMap<number, readonly SocketReading[]> {
  const byPort = new Map<number, SocketReading[]>();
  for (const socket of sockets) {
    const before = byPort.get(side(socket));
    if (before) before.push(socket);
    else byPort.set(side(socket), [socket]);
  }
  return byPort;
}

/** All states, zeros too. */
function counts(pluginInstance: string, sockets: readonly SocketReading[]): readonly ValueList[] {
  return SOCKET_STATES.map((typeInstance) =>
    valueList(
      { plugin: 'tcpconns', pluginInstance, type: 'tcp_connections', typeInstance },
      sockets.filter(({ state }) => state === typeInstance).length,
    ),
  );
}
