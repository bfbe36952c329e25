import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/base/text.ts';
import { LINE_BYTES_MAX, parseLine } from '../../../src/core/carbon/line.ts';
import { makeLineBuffer } from '../../../src/core/carbon/line-buffer.ts';

const SEED = 24_112_026;
const RUNS = 300;
const T = 1_700_000_000;

describe('a line', () => {
  test.each([
    [`a.ok 1 ${T}`, 'a.ok', 1, T],
    [`a.crlf 1 ${T}\r`, 'a.crlf', 1, T],
    [`a.tab\t2\t${T}`, 'a.tab', 2, T],
    [`  a.blanks   1  ${T}  `, 'a.blanks', 1, T],
    [`a.inf inf ${T}`, 'a.inf', Infinity, T],
    [`a.nan nan ${T}`, 'a.nan', NaN, T],
    ['a.m1 5 -1', 'a.m1', 5, -1],
    [`a.tsf 5 ${T}.7`, 'a.tsf', 5, T + 0.7],
    [`a.us 1_000 ${T}`, 'a.us', 1000, T],
    [`a.neg -1e3 ${T}`, 'a.neg', -1000, T],
    [`a.point .5 5.`, 'a.point', 0.5, 5],
    [`a.é 1 ${T}`, 'a.é', 1, T],
    [`a.*{b}? 1 ${T}`, 'a.*{b}?', 1, T],
    [`t.x;b=2;a=1 3 ${T}`, 't.x;b=2;a=1', 3, T],
  ])('%j is a point', (line, path, value, time) => {
    expect(parseLine(line)).toEqual({ ok: true, value: { path, value, time } });
  });

  test.each([
    [
      `a.extra 1 ${T} foo`,
      'Expected "metric value timestamp", received "a.extra 1 1700000000 foo".',
    ],
    ['a.short 1', 'Expected "metric value timestamp", received "a.short 1".'],
    ['', 'Expected "metric value timestamp", received "".'],
    ['a.N 5 N', 'The timestamp "N" is not a time in seconds, in "a.N 5 N".'],
    [`a.hex 0x10 ${T}`, 'The value "0x10" is not a number, in "a.hex 0x10 1700000000".'],
    [`a.comma 1,5 ${T}`, 'The value "1,5" is not a number, in "a.comma 1,5 1700000000".'],
    ['a.tsinf 5 inf', 'The timestamp "inf" is not a time in seconds, in "a.tsinf 5 inf".'],
    ['a.tsnan 5 nan', 'The timestamp "nan" is not a time in seconds, in "a.tsnan 5 nan".'],
    [
      `om{x="1",a="b c"} 3 ${T}`,
      `Expected "metric value timestamp", received "om{x="1",a="b c"} 3 1700000000".`,
    ],
  ])('%j is refused with what was received', (line, why) => {
    expect(parseLine(line)).toMatchObject({ ok: false, why });
  });

  test('that is long is shown in part', () => {
    const parsed = parseLine('x'.repeat(5000));
    expect(parsed.ok ? '' : parsed.why).toBe(
      `Expected "metric value timestamp", received "${'x'.repeat(400)}...".`,
    );
  });
});

describe('the bytes of a connection', () => {
  test(`give the same lines however they are cut (seed ${SEED})`, () => {
    const lines = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/\n/g, '')),
    );
    fc.assert(
      fc.property(lines, fc.array(fc.nat(40)), (wanted, cuts) => {
        const bytes = encodeUtf8(wanted.map((line) => `${line}\n`).join('') + 'rest');
        const buffer = makeLineBuffer();
        let received = '';
        let at = 0;
        for (const cut of [...cuts, bytes.length]) {
          buffer.receive(bytes.slice(at, at + cut), (whole) => {
            received += decodeUtf8(whole);
          });
          at += cut;
        }
        expect(received.split('\n').slice(0, -1)).toEqual(wanted);
        expect(buffer.rest()).toBe('rest');
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('a line of exactly the limit is taken, a longer one ends the connection', () => {
    const received: number[] = [];
    const take = (whole: Uint8Array): number => received.push(whole.length);
    const fits = `${'x'.repeat(LINE_BYTES_MAX)}\n`;
    expect(makeLineBuffer().receive(encodeUtf8(fits), take)).toBe(true);
    expect(makeLineBuffer().receive(encodeUtf8(`a\nx${fits}`), take)).toBe(false);
    expect(makeLineBuffer().receive(encodeUtf8('x'.repeat(LINE_BYTES_MAX + 1)), take)).toBe(false);
    expect(received).toEqual([LINE_BYTES_MAX + 1, 2]);
  });
});
