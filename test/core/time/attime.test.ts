import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAtTime, TIME_MAX_S } from '../../../src/core/time/attime.ts';
import { parseInterval } from '../../../src/core/time/interval.ts';
import { utc } from '../../../src/core/time/zone.ts';

// Recorded from graphite-web: a time text, and what it means.
const golden = readFileSync(new URL('../../golden/graphite/attime.txt', import.meta.url), 'utf8');
const NOW_S = Date.UTC(2015, 2, 8, 12) / 1000;
/** Texts recorded in UTC and in New York. */
const UTC_CASES = 64;
const NEW_YORK_CASES = 6;

// New York's clocks went forward at 07:00 UTC on the day of the recording.
const newYork = (epochS: number): number =>
  epochS >= Date.UTC(2015, 2, 8, 7) / 1000 ? -4 * 3600 : -5 * 3600;
const NEW_YORK_NOW_S = Date.UTC(2015, 2, 8, 16) / 1000;

describe('a time as Graphite writes it', () => {
  const cases = golden.split('\n').flatMap((line) => {
    const found = /^'(.*)' +(EXC .*|\d{4}-.*)$/.exec(line);
    return found ? [[found[1] ?? '', found[2] ?? ''] as const] : [];
  });

  test('the recording is read whole', () => expect(cases.length).toBe(UTC_CASES));

  test.each(cases)('%j is %s', (text, meaning) => {
    const parsed = parseAtTime(text, NOW_S, utc);
    const refusal = /^EXC \w+: (.*)$/.exec(meaning);
    if (refusal) expect(parsed).toEqual({ ok: false, why: refusal[1] });
    else expect(parsed).toEqual({ ok: true, value: Date.parse(meaning) / 1000 });
  });
});

describe('a time on the wall in New York, on the day the clocks go forward', () => {
  const cases = golden.split('\n').flatMap((line) => {
    const found = /^NY (.*) (\S+)$/.exec(line);
    return found ? [[found[1] ?? '', found[2] ?? ''] as const] : [];
  });

  test('the recording is read whole', () => expect(cases.length).toBe(NEW_YORK_CASES));

  test.each(cases)('%j is %s', (text, meaning) => {
    const parsed = parseAtTime(text, NEW_YORK_NOW_S, newYork);
    expect(parsed).toEqual({ ok: true, value: Date.parse(meaning) / 1000 });
  });
});

test('an offset of ten thousand years is refused in words', () => {
  expect(parseAtTime('+10000y', NOW_S, utc)).toMatchObject({ ok: false });
  expect(parseAtTime(String(TIME_MAX_S + 1), NOW_S, utc)).toMatchObject({ ok: false });
});

test('an interval without a sign counts forward, and units add up', () => {
  expect(parseInterval('1h30min')).toEqual({ ok: true, value: 5400 });
  expect(parseInterval('-2weeks')).toEqual({ ok: true, value: -1_209_600 });
  expect(parseInterval('*5s')).toMatchObject({ ok: false });
});
