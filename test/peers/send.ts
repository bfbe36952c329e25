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
export async function sendPackets(
  port: number,
  packets: readonly (string | Uint8Array)[],
): Promise<void> {
  const socket = createSocket('udp4');
  for (const packet of packets)
    await new Promise((sent) => {
      socket.send(packet, port, '127.0.0.1', sent);
    });
  socket.close();
}

/** Sends bytes over one connection, and says whether it is still open some time later. */
export function isOpenAfter(port: number, bytes: Uint8Array, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const ended = (isOpen: boolean): void => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.on('error', () => ended(false)).on('end', () => ended(false));
    socket.resume();
    socket.write(bytes);
    setTimeout(() => ended(true), waitMs);
  });
}

/** Writes one request, and waits for the whole answer, a frame; empty when the connection ends instead. */
export function ask(port: number, request: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const answered = (bytes: Buffer): void => {
      socket.destroy();
      resolve(bytes);
    };
    let answer = Buffer.alloc(0);
    socket.on('error', reject).on('end', () => answered(Buffer.alloc(0)));
    socket.on('data', (part: Buffer) => {
      answer = Buffer.concat([answer, part]);
      // A frame: four bytes of length, then as many.
      if (answer.length >= 4 && answer.length >= 4 + answer.readUInt32BE()) answered(answer);
    });
    socket.write(request);
  });
}
