// Sends points to a Carbon as fast as it takes them, over some connections at once. All bytes are made before a line on
// standard input starts it; it answers when it began and when the last connection was closed by the other side.

import { once } from 'node:events';
import { connect } from 'node:net';
import { joinBytes } from '../../src/core/base/bytes.ts';
import { picklePoints } from '../../src/core/carbon/pickled-points.ts';
import type { Point } from '../../src/core/carbon/point.ts';
import { CONNECTIONS, pointOf, type Load } from './carbon-load.ts';

const POINTS_IN_FRAME = 500;
const WRITE_BYTES = 65_536;

export interface Sent {
  /** Milliseconds since 1970. */
  readonly beganMs: number;
  readonly closedMs: number;
}

const load = JSON.parse(process.argv[2] ?? '') as Load;
const streams = Array.from({ length: CONNECTIONS }, (_, connection) => bytesOf(load, connection));
console.log('ready');
await once(process.stdin, 'data');
const beganMs = Date.now();
await Promise.all(streams.map((stream) => send(load.port, stream)));
console.log(JSON.stringify({ beganMs, closedMs: Date.now() } satisfies Sent));
process.exit();

/** What one connection carries: its part of the metrics, one step of time after the other. */
function bytesOf(
  { protocol, metrics, points, firstS, firstPoint }: Load,
  connection: number,
): Buffer {
  const pieces: Uint8Array[] = [];
  let waiting: Point[] = [];
  const flush = (): void => {
    if (waiting.length > 0) pieces.push(protocol === 'lines' ? linesOf(waiting) : frameOf(waiting));
    waiting = [];
  };
  for (let k = firstPoint; k < firstPoint + points; k++)
    for (let metric = connection; metric < metrics; metric += CONNECTIONS) {
      waiting.push(pointOf(metric, k, firstS));
      if (waiting.length === POINTS_IN_FRAME) flush();
    }
  flush();
  return Buffer.from(joinBytes(pieces));
}

function linesOf(points: readonly Point[]): Uint8Array {
  return Buffer.from(points.map(({ path, value, time }) => `${path} ${value} ${time}\n`).join(''));
}

function frameOf(points: readonly Point[]): Uint8Array {
  const body = picklePoints(points);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return joinBytes([head, body]);
}

/** Resolves when the other side has closed, which it does when it has read all. */
function send(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject).on('close', () => resolve());
    socket.resume();
    let done = 0;
    const more = (): void => {
      while (done < bytes.length) {
        const end = Math.min(bytes.length, done + WRITE_BYTES);
        const isTaken = socket.write(bytes.subarray(done, end));
        done = end;
        if (!isTaken) return void socket.once('drain', more);
      }
      socket.end();
    };
    more();
  });
}
