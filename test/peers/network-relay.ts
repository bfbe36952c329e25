// What stands between and behind two collectors: a relay that changes packets on their way, and a Carbon that only
// keeps its lines.

import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach } from 'vitest';

export interface LineSink {
  readonly port: number;
  /** Lines so far, without those of values that are not known. */
  lines(): readonly string[];
}

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

export function startLineSink(): Promise<LineSink> {
  const texts: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const at = texts.push('') - 1;
    sockets.add(socket);
    socket.setEncoding('utf8').on('data', (part: string) => (texts[at] += part));
    socket.on('error', () => socket.destroy());
  });
  const lines = (): readonly string[] =>
    texts
      .flatMap((text) => text.split('\r\n').slice(0, -1))
      .filter((line) => !line.includes(' nan '));
  endings.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, lines }),
    );
  });
}

/** Passes each packet on to `port`, as what `change` makes of it. */
export function startRelay(
  port: number,
  change: (packet: Buffer) => readonly Buffer[],
): Promise<{ readonly port: number }> {
  const socket = createSocket('udp4');
  socket.on('message', (packet) => {
    for (const changed of change(packet)) socket.send(Buffer.from(changed), port, '127.0.0.1');
  });
  endings.push(() => socket.close());
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => resolve({ port: socket.address().port }));
  });
}

/** Where packets go that nobody answers. */
export function startDatagramSink(): Promise<{
  readonly port: number;
  packets(): readonly Buffer[];
}> {
  const packets: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (packet) => packets.push(packet));
  endings.push(() => socket.close());
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () =>
      resolve({ port: socket.address().port, packets: () => packets }),
    );
  });
}

export function sendDatagram(packet: Uint8Array, port: number): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    socket.send(packet, port, '127.0.0.1', (error) => {
      socket.close();
      if (error) reject(error);
      else resolve();
    });
  });
}
