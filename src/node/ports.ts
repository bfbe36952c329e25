// Which ports a stack takes: the wanted ones, or free ones where those are taken.

import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

export interface PortChoice {
  readonly wanted: number;
  readonly port: number;
}

/** The wanted TCP port, or a free one when somebody listens there. */
export async function freeTcpPort(host: string, wanted: number): Promise<PortChoice> {
  const port = (await tryTcp(host, wanted)) ?? (await tryTcp(host, 0)) ?? wanted;
  return { wanted, port };
}

/** The same for a service that takes one number in TCP and UDP, as Carbon does for lines. */
export async function freeLinePort(host: string, wanted: number): Promise<PortChoice> {
  for (const choice of [wanted, 0, 0, 0]) {
    const port = await tryTcp(host, choice);
    if (port !== null && (await tryUdp(host, port)) !== null) return { wanted, port };
  }
  return { wanted, port: wanted };
}

/** The same in UDP alone. */
export async function freeUdpPort(host: string, wanted: number): Promise<PortChoice> {
  const port = (await tryUdp(host, wanted)) ?? (await tryUdp(host, 0)) ?? wanted;
  return { wanted, port };
}

function tryTcp(host: string, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, host, () => {
      const bound = server.address();
      const found = typeof bound === 'object' && bound !== null ? bound.port : port;
      server.close(() => resolve(found));
    });
  });
}

function tryUdp(host: string, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(null);
    });
    socket.bind(port, host, () => {
      const found = socket.address().port;
      socket.close(() => resolve(found));
    });
  });
}
