// Whatever bytes arrive for lines, each line is a point or a sentence, and what waits stays short.

import { describe, expect, test } from 'vitest';
import { parsePythonFloat } from '../../../src/core/base/number.ts';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import { makeDecoder } from '../../../src/core/carbon/decoder.ts';
import type { Kind } from '../../../src/core/carbon/journal.ts';
import { LINE_BYTES_MAX, parseLine, SHOWN_CHARACTERS_MAX } from '../../../src/core/carbon/line.ts';
import { makeLineBuffer, NEWLINE } from '../../../src/core/carbon/line-buffer.ts';
import { makeLedger } from '../../../src/core/carbon/ledger.ts';
import { makeReceiveCounts } from '../../../src/core/carbon/stats.ts';
import { makeUnread } from '../../../src/core/carbon/unread.ts';
import { PATH_RULES } from '../../../src/core/whisper/metric-path.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 2003;
const RUNS_FULL = 10_000;
/** A sentence shows a field and the line it is in. */
const WHY_CHARACTERS_MAX = 3 * SHOWN_CHARACTERS_MAX;
const NOT_UTF8 = 'The line is not UTF-8 text';

describe('lines from anywhere', () => {
  const runs = timesInTier(RUNS_FULL);

  test(`are found whole however they are cut (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED);
    let long = 0;
    for (let i = 0; i < runs; i++) {
      const stream = randomStream(random);
      const wanted = linesIn(stream);
      const buffer = makeLineBuffer();
      const lines: string[] = [];
      let isOpen = true;
      for (let at = 0; isOpen && at < stream.length;) {
        const end = at + random.below(random.chance(0.1) ? 40_000 : 60);
        const piece = stream.slice(at, end);
        isOpen = buffer.receive(piece, (whole) => lines.push(...linesIn(whole).lines));
        // The host may use its bytes again.
        piece.fill(0xaa);
        expect(buffer.rest().length).toBeLessThanOrEqual(LINE_BYTES_MAX);
        at = end;
      }
      if (!isOpen) long++;
      expect([i, lines, isOpen]).toEqual([i, wanted.lines, wanted.isOpen]);
      for (const line of lines) checkParsed(line);
    }
    expect(long).toBeGreaterThan(runs / 100);
  });

  test(`are each a point or a reason (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED + 1);
    for (let i = 0; i < runs; i++) {
      const stream = randomStream(random);
      const { lines, isOpen } = linesIn(stream);
      if (!isOpen) continue;
      const whole = stream.slice(0, stream.lastIndexOf(NEWLINE) + 1);
      const decoded = decode('lines', whole);
      const good = lines.filter((line) => line !== NOT_UTF8 && parseLine(line).ok);
      expect([i, decoded.points, decoded.whys.length]).toEqual([
        i,
        good.length,
        lines.length - good.length,
      ]);
    }
  });

  test(`in packets are too (${runs} times, seed ${SEED})`, () => {
    const random = makeRandom(SEED + 2);
    for (let i = 0; i < runs; i++) {
      const packet = randomStream(random);
      const { points, whys } = decode('packet', packet);
      expect(points + whys.length).toBeLessThanOrEqual(packet.length);
      expect(points + whys.length > 0).toBe(packet.length > 0);
    }
  });

  test('that are one kind of character many times are read at once', () => {
    const length = 100_000;
    for (const character of ['1', '\u0661', '.', '_', ' ', '-', 'e', '\0', '\ufeff', 'x\t'])
      for (const end of ['', ' ', 'x', '\0']) {
        const text = character.repeat(length) + end;
        const isNumber = /^[1\u0661]+ ?$/.test(text);
        expect(parsePythonFloat(text)).toBe(isNumber ? Infinity : null);
        for (const line of [text, `a ${text} 1`, `a 1 ${text}`]) checkParsed(line);
      }
  });
});

function decode(kind: Kind, bytes: Uint8Array): { points: number; whys: readonly string[] } {
  let points = 0;
  const whys: string[] = [];
  const decoder = makeDecoder({
    unread: makeUnread(makeReceiveCounts(), makeLedger(), PATH_RULES),
    log: { say: (_level, _text, facts) => whys.push(String(facts?.['why'])) },
    take: () => points++,
    plainLines: () => null,
    strict: false,
  });
  decoder.take(kind, bytes, '127.0.0.1:9', 0);
  for (const why of whys) expect(why.length).toBeLessThan(WHY_CHARACTERS_MAX);
  return { points, whys };
}

function checkParsed(line: string): void {
  const parsed = parseLine(line);
  if (!parsed.ok) {
    expect(parsed.why).toMatch(/^(?:Expected "metric|The value "|The timestamp ")/);
    expect(parsed.why.length).toBeLessThan(WHY_CHARACTERS_MAX);
    return;
  }
  const { path, value, time } = parsed.value;
  expect(line).toContain(path);
  expect([path.length > 0, typeof value, Number.isFinite(time)]).toEqual([true, 'number', true]);
}

/** The plainest way to say what a buffer must do. */
function linesIn(stream: Uint8Array): { lines: string[]; isOpen: boolean } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const lines: string[] = [];
  let start = 0;
  for (;;) {
    const end = stream.indexOf(NEWLINE, start);
    if ((end < 0 ? stream.length : end) - start > LINE_BYTES_MAX) return { lines, isOpen: false };
    if (end < 0) return { lines, isOpen: true };
    try {
      lines.push(decoder.decode(stream.subarray(start, end)));
    } catch {
      lines.push(NOT_UTF8);
    }
    start = end + 1;
  }
}

/** Good lines, and between them what no program sends. */
function randomStream(random: Random): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let count = random.below(8); count > 0; count--) {
    const kind = random.below(20);
    const length = random.below(40);
    const bytes = (limit: number): Uint8Array =>
      Uint8Array.from({ length }, () => random.below(limit));
    if (kind < 8)
      parts.push(Buffer.from(`a.b${random.below(9)} ${random.below(99) / 8} 1700000000\n`));
    else if (kind < 11) parts.push(bytes(256));
    else if (kind < 13) parts.push(bytes(128));
    else if (kind < 15)
      parts.push(Buffer.from('é€𝄞 nan \u0661 inf\u3000-1\n'.slice(random.below(9))));
    else if (kind < 17) parts.push(Buffer.from('\n\n\0\0 \r\n\t\n'.slice(random.below(9))));
    else if (kind === 17) parts.push(new Uint8Array(LINE_BYTES_MAX - 20 + length).fill(0x61));
    else parts.push(Buffer.from('a 1e5 1_700_000_000 \nb -.5 .7e1\nc 1 2 3\n'.slice(length)));
  }
  return new Uint8Array(Buffer.concat(parts));
}
