// What the world outside does: it sends text to ports of loopback.

import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

/** Over one connection, which ends then. */
export function sendLines(port: number, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.end(text, () => resolve());
  });
}

/** One after the other, so that they arrive in order. */
export async function sendPackets(port: number, packets: readonly string[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const packet of packets)
    await new Promise((sent) => {
      socket.send(packet, port, '127.0.0.1', sent);
    });
  socket.close();
}
