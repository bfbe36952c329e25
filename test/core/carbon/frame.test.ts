import { describe, expect, test } from 'vitest';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import { frameOf, makeFrameBuffer } from '../../../src/core/carbon/frame.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 2004;
const RUNS_FULL = 10_000;
const FRAME_BYTES_MAX = 300;

describe('frames', () => {
  const runs = timesInTier(RUNS_FULL);

  test(`arrive whole however they are cut, until one is too long (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    for (let i = 0; i < runs; i++) {
      const stream = randomStream(random);
      const wanted = framesIn(stream, FRAME_BYTES_MAX);
      const buffer = makeFrameBuffer(FRAME_BYTES_MAX);
      const frames: string[] = [];
      let why = '';
      for (const piece of cut(random, stream)) {
        // The host may use its bytes again.
        const received = piece.slice();
        const taken = buffer.receive(received, (frame) => frames.push(hexOf(frame)));
        received.fill(0xaa);
        if (taken.ok) continue;
        why = taken.why;
        break;
      }
      expect([i, frames, why]).toEqual([i, wanted.frames, wanted.why]);
    }
  });

  test('longer than allowed are refused as soon as they are announced', () => {
    const buffer = makeFrameBuffer(100);
    expect(buffer.receive(Uint8Array.of(0, 0, 0, 101), () => undefined)).toEqual({
      ok: false,
      why: 'A frame of 101 bytes was announced; 100 are allowed.',
    });
    expect(
      makeFrameBuffer(100).receive(Uint8Array.of(255, 255, 255, 255), () => undefined),
    ).toEqual({
      ok: false,
      why: 'A frame of 4294967295 bytes was announced; 100 are allowed.',
    });
  });

  test('that arrive in one piece are not copied', () => {
    const piece = Uint8Array.from([...frameOf(Uint8Array.of(1, 2)), ...frameOf(Uint8Array.of(3))]);
    const buffers: ArrayBufferLike[] = [];
    makeFrameBuffer(100).receive(piece, (frame) => buffers.push(frame.buffer));
    expect(buffers.map((buffer) => buffer === piece.buffer)).toEqual([true, true]);
  });

  test('that arrive byte by byte take no more room than they are long', () => {
    const length = 1_000_000;
    const stream = frameOf(new Uint8Array(length).fill(7));
    const buffer = makeFrameBuffer(length);
    const rooms: number[] = [];
    for (let i = 0; i < 2; i++)
      for (let at = 0; at < stream.length; at++)
        buffer.receive(stream.subarray(at, at + 1), (frame) => rooms.push(frame.buffer.byteLength));
    expect(rooms).toEqual([length, length]);
  });

  test('that are announced and do not come take no room', () => {
    const connections = 1000;
    const lengthMax = 16_777_216;
    const before = process.memoryUsage().arrayBuffers;
    const buffers = Array.from({ length: connections }, () => makeFrameBuffer(lengthMax));
    for (const buffer of buffers) {
      const taken = buffer.receive(Uint8Array.of(1, 0, 0, 0, 0x80), () => undefined);
      expect(taken.ok).toBe(true);
    }
    // 16 gigabytes were announced.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(lengthMax);
    expect(buffers.length).toBe(connections);
  });
});

/** The frames of a whole stream, and why it ends: the plainest way to say what a buffer must do. */
function framesIn(stream: Uint8Array, bytesMax: number): { frames: string[]; why: string } {
  const frames: string[] = [];
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = 0;
  while (stream.length - at >= 4) {
    const length = view.getUint32(at);
    if (length > bytesMax)
      return { frames, why: `A frame of ${length} bytes was announced; ${bytesMax} are allowed.` };
    if (stream.length - at - 4 < length) break;
    frames.push(hexOf(stream.subarray(at + 4, at + 4 + length)));
    at += 4 + length;
  }
  return { frames, why: '' };
}

/** Frames of any length, most of them allowed, and perhaps something at the end that is none. */
function randomStream(random: Random): Uint8Array {
  const parts: number[] = [];
  for (let count = random.below(6); count > 0; count--) {
    const long = random.chance(0.1) ? FRAME_BYTES_MAX + 2 : 40;
    const length = random.chance(0.2) ? 0 : random.below(long);
    parts.push(...frameOf(Uint8Array.from({ length }, () => random.below(256))));
  }
  for (let count = random.below(8); count > 0; count--)
    parts.push(random.below(random.below(256) + 1));
  return Uint8Array.from(parts);
}

function cut(random: Random, stream: Uint8Array): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const longest = 1 + random.below(60);
  for (let at = 0; at < stream.length;) {
    const end = at + random.below(longest + 1);
    pieces.push(stream.subarray(at, end));
    at = end;
  }
  return pieces;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
