import { expect, test } from 'vitest';
import { decodeUtf8Lossy } from '../../../src/core/base/text.ts';
import { FRAME_LINES_CHARACTERS, writePickles } from '../../../src/core/statsd/pickled-flush.ts';

test('a flush is one frame with a list of names, times and texts', () => {
  const [frame = new Uint8Array(0), ...more] = framesOf('a.b 1.5 17\nc 1e+21 17\n');
  expect(more).toEqual([]);
  const body = `(l(S'a.b'\n(L17L\nS'1.5'\ntta(S'c'\n(L17L\nS'1e+21'\ntta.`;
  expect([...frame.subarray(0, 4)]).toEqual([0, 0, 0, body.length]);
  expect(decodeUtf8Lossy(frame.subarray(4))).toBe(body);
});

test('a name that cannot stand in quotes is escaped', () => {
  const [frame = new Uint8Array(0)] = framesOf("a;x=o'é \\ y 1 17\n");
  expect(decodeUtf8Lossy(frame.subarray(4))).toBe(
    String.raw`(l(S'a;x=o\'\xc3\xa9 \\ y'` + `\n(L17L\nS'1'\ntta.`,
  );
});

test('a long flush is several frames, each of whole lines that Carbon takes', () => {
  const line = `${'n'.repeat(99)} 1 1700000000\n`;
  const count = Math.ceil((3 * FRAME_LINES_CHARACTERS) / line.length);
  const frames = framesOf(line.repeat(count));
  expect(frames).toHaveLength(4);
  const items = frames.map((frame) => decodeUtf8Lossy(frame).split('(S').length - 1);
  expect(items.reduce((sum, each) => sum + each, 0)).toBe(count);
  for (const frame of frames) expect(frame.length).toBeLessThan(1_048_576);
});

function framesOf(text: string): Uint8Array[] {
  const frames: Uint8Array[] = [];
  writePickles(text, (frame) => frames.push(frame));
  return frames;
}
