// Where a StatsD brings its flushes, each over a connection of its own.

import { createServer, type AddressInfo } from 'node:net';

export interface Sink {
  readonly port: number;
  /** The bytes of each connection that has ended. */
  received(): readonly Buffer[];
  end(): void;
}

export function startSink(onPort = 0): Promise<Sink> {
  const received: Buffer[] = [];
  const server = createServer((statsd) => {
    const parts: Buffer[] = [];
    statsd.on('data', (part: Buffer) => parts.push(part));
    statsd.on('end', () => received.push(Buffer.concat(parts)));
    statsd.on('error', () => statsd.destroy());
  });
  return new Promise((resolve) => {
    server.listen(onPort, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ port, received: () => received, end: () => void server.close() });
    });
  });
}
