// The points of series as JSON, written byte by byte: a graph has thousands of them, and a text for each costs most of
// the time of an answer.
//
//   [[5.0, 1700000000], [6.25, 1700000060]]
//     |    '- ten digits for all times from 2001 to 2286, and the same ones for the next series
//     '- at most three places behind the point: digits are written; else what Python prints

import { encodeUtf8 } from '../../core/base/text.ts';
import { pythonNumber } from '../../core/base/number.ts';
import type { Series } from '../../core/graphite/series.ts';

/** Python's longest float has 24 characters; brackets, commas and the time come with it. */
const POINT_BYTES_MAX = 48;

/** With thousandths up to this, sums and products of digits are exact. */
const THOUSANDTHS_MAX = 1e9;

const [MINUS, POINT, ZERO, OPEN, CLOSE, COMMA, BLANK] = [0x2d, 0x2e, 0x30, 0x5b, 0x5d, 0x2c, 0x20];

/** Series after each other mostly have the same times, and the same room. */
export interface PointWriter {
  /** "[[value, time], ...]"; null when gaps are left out and nothing else is there. */
  points(series: Series, withoutGaps: boolean): Uint8Array | null;
}

export function makePointWriter(): PointWriter {
  let room = new Uint8Array(0);
  let at = 0;
  let times: Times | null = null;

  function text(letters: string): void {
    for (let i = 0; i < letters.length; i++) room[at++] = letters.charCodeAt(i);
  }

  function digits(number: number): void {
    if (number < 10) {
      room[at++] = ZERO + number;
      return;
    }
    let length = 2;
    for (let limit = 100; number >= limit; limit *= 10) length++;
    let rest = number;
    for (let i = at + length - 1; i >= at; i--) {
      const tenth = Math.floor(rest / 10);
      room[i] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    at += length;
  }

  /** A float of at most three places, as Python prints it: 5.0, 5.25, 5.125. */
  function thousandths(count: number): void {
    const whole = Math.floor(count / 1000);
    digits(whole);
    room[at++] = POINT;
    const rest = count - whole * 1000;
    const hundreds = Math.floor(rest / 100);
    room[at++] = ZERO + hundreds;
    const below = rest - hundreds * 100;
    if (below === 0) return;
    const tens = Math.floor(below / 10);
    room[at++] = ZERO + tens;
    if (below - tens * 10 > 0) room[at++] = ZERO + below - tens * 10;
  }

  function number(value: number, whole: boolean): void {
    if (whole || !isShort(value)) return text(jsonNumber(value, whole));
    const count = Math.round(value * 1000);
    if (count < 0 || Object.is(value, -0)) room[at++] = MINUS;
    thousandths(Math.abs(count));
  }

  /** What JSON.stringify printed for a value, from `from` on, in Python's form; where the next one begins. */
  function printed(value: number, all: Uint8Array, from: number): number {
    const size = Math.abs(value);
    // JavaScript changes to the exponent form elsewhere, and prints no sign of -0.
    const isAlike = size >= 1e-4 && size < 1e16;
    if (!isAlike) text(jsonNumber(value, false));
    let hasPoint = false;
    let end = from;
    for (
      let byte = all[end] ?? CLOSE;
      byte !== COMMA && byte !== CLOSE;
      byte = all[++end] ?? CLOSE
    ) {
      if (byte === POINT) hasPoint = true;
      if (isAlike) room[at++] = byte;
    }
    if (isAlike && !hasPoint) {
      room[at++] = POINT;
      room[at++] = ZERO;
    }
    return end + 1;
  }

  return {
    points(series, withoutGaps) {
      const { values, whole } = series;
      times = timesOf(series, times);
      const { count, bytes, width } = times;
      const needed = count * POINT_BYTES_MAX + 2;
      if (room.length < needed) room = new Uint8Array(needed);
      at = 0;
      room[at++] = OPEN;
      const all = whole ? null : longNumbers(values, count);
      // Behind the bracket.
      let next = 1;
      for (let i = 0; i < count; i++) {
        const value = values[i] ?? NaN;
        if (Number.isNaN(value) && all) next += 'null,'.length;
        if (withoutGaps && Number.isNaN(value)) continue;
        if (at > 1) {
          room[at++] = COMMA;
          room[at++] = BLANK;
        }
        room[at++] = OPEN;
        if (Number.isNaN(value)) text('null');
        else if (all) next = printed(value, all, next);
        else number(value, whole);
        room[at++] = COMMA;
        room[at++] = BLANK;
        if (bytes === null) text(String(series.start + i * series.step));
        else for (let k = i * width; k < (i + 1) * width; k++) room[at++] = bytes[k] ?? 0;
        room[at++] = CLOSE;
      }
      room[at++] = CLOSE;
      return withoutGaps && at === 2 ? null : room.slice(0, at);
    },
  };
}

function isShort(value: number): boolean {
  const count = Math.round(value * 1000);
  return count / 1000 === value && Math.abs(count) <= THOUSANDTHS_MAX;
}

/** Values that are looked at to tell which kind most are. */
const SAMPLE = 64;

/**
 * Numbers of many digits, as means have them, are printed twice as fast all at once: a list in JSON, null for gaps. Null where
 * most are short.
 */
function longNumbers(values: Float64Array, count: number): Uint8Array | null {
  const stride = Math.max(1, Math.floor(count / SAMPLE));
  let balance = 0;
  for (let i = 0; i < count; i += stride) {
    const value = values[i] ?? NaN;
    balance += Number.isNaN(value) || isShort(value) ? -1 : 1;
  }
  return balance > 0 ? encodeUtf8(JSON.stringify(Array.from(values.subarray(0, count)))) : null;
}

/** Digits of the times of one grid, `width` bytes each; null where they are not equally long. */
interface Times {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  readonly width: number;
  readonly bytes: Uint8Array | null;
}

// Times run from start to end, and the shorter of times and values decides.
function timesOf({ start, end, step, values }: Series, last: Times | null): Times {
  const count = Math.max(0, Math.min(values.length, Math.floor((end - start) / step) + 1));
  if (last?.start === start && last.step === step && last.count === count) return last;
  const width = String(start).length;
  const newest = start + Math.max(0, count - 1) * step;
  if (String(newest).length !== width) return { start, step, count, width, bytes: null };
  const bytes = new Uint8Array(count * width);
  for (let i = 0; i < count; i++) {
    const digits = String(start + i * step);
    for (let k = 0; k < width; k++) bytes[i * width + k] = digits.charCodeAt(k);
  }
  return { start, step, count, width, bytes };
}

// JSON has no infinity; 1e9999 is legal and becomes it again in most readers.
export function jsonNumber(value: number, whole: boolean): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1e9999' : '-1e9999';
  return pythonNumber(value, whole);
}
