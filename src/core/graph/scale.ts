// Scales of a graph: which numbers stand beside it, and where.

import { inUnit } from '../graphite/unit-system.ts';
import { dateOf, DAY_S, wallText, weekdayOf } from '../time/calendar.ts';
import type { OffsetAt } from '../time/zone.ts';
import type { AxisOptions } from './options.ts';

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface ValueScale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** 0 at the bottom, 1 at the top; null where the scale has no place for it. */
  place(value: number): number | null;
}

/** A scale for values from `low` to `high`, with about `count` ticks. */
export function makeValueScale(
  low: number,
  high: number,
  count: number,
  axis: AxisOptions,
  unitSystem: string,
  logBase: number,
): ValueScale {
  let min = axis.min ?? low;
  let max = axis.max === 'max' ? high : (axis.max ?? Math.min(high, axis.limit ?? Infinity));
  if (logBase > 0) return logScale(min, max, unitSystem, logBase);
  if (!(max > min)) {
    // One level line stands in the middle of something.
    const half = Math.abs(min) / 2 || 1;
    max = axis.max === null ? Math.max(min, max) + half : min + half;
    if (axis.min === null) min -= half;
  }
  const step = axis.step !== null && axis.step > 0 ? axis.step : niceStep((max - min) / count);
  if (axis.min === null) min = Math.floor(min / step + 1e-9) * step;
  if (axis.max === null) max = Math.ceil(max / step - 1e-9) * step;
  const ticks: Tick[] = [];
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  for (let n = Math.ceil(min / step - 1e-9); n * step <= max + step * 1e-9; n++) {
    if (ticks.length >= TICKS_MAX) break;
    ticks.push({ at: n * step, label: valueLabel(n * step, unitSystem, places) });
  }
  return { min, max, ticks, place: (value) => (value - min) / (max - min) };
}

const TICKS_MAX = 200;

function logScale(low: number, high: number, unitSystem: string, base: number): ValueScale {
  const log = (value: number): number => Math.log(value) / Math.log(base);
  // There is no logarithm of 0: such values are left out.
  const from = Math.floor(log(low > 0 ? low : Math.min(1, high > 0 ? high : 1)) + 1e-9);
  const to = Math.max(from + 1, Math.ceil(log(high > 0 ? high : 1) - 1e-9));
  const stride = Math.max(1, Math.ceil((to - from) / 10));
  const ticks: Tick[] = [];
  for (let n = from; n <= to; n += stride) {
    const at = base ** n;
    ticks.push({ at, label: valueLabel(at, unitSystem, Math.max(0, -Math.floor(Math.log10(at)))) });
  }
  return {
    min: base ** from,
    max: base ** to,
    ticks,
    place: (value) => (value > 0 ? (log(value) - from) / (to - from) : null),
  };
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(about: number): number {
  const power = 10 ** Math.floor(Math.log10(about));
  const share = about / power;
  return (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10) * power;
}

/** 1500 is 1.5k. */
export function valueLabel(value: number, unitSystem: string, places = 2): string {
  const { scaled, letter } = inUnit(value, unitSystem);
  const text = scaled.toFixed(letter === '' ? Math.min(places, 10) : 2);
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text}${letter}`.replace(/^-0$/, '0');
}

const MINUTE = 60;
const HOUR = 3600;
const PARTS_OF_60 = [1, 2, 5, 10, 15, 30];
const TIME_STEPS = [
  ...PARTS_OF_60,
  ...PARTS_OF_60.map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 30, 60, 90, 180, 365].map((days) => days * DAY_S),
];

/** Times at whole seconds, minutes, hours or days of the wall clock, at most `count` of them. */
export function timeTicks(
  fromS: number,
  untilS: number,
  count: number,
  offsetAt: OffsetAt,
  format: string | null,
): readonly Tick[] {
  const about = (untilS - fromS) / Math.max(1, count);
  const step = TIME_STEPS.find((one) => one >= about) ?? Math.ceil(about / DAY_S) * DAY_S;
  const ticks: Tick[] = [];
  const pattern = format ?? usualFormat(step, untilS - fromS);
  // On the wall a day may have 23 hours, so each tick asks for the offset anew.
  let wall = Math.ceil((fromS + offsetAt(fromS)) / step) * step;
  while (ticks.length < TICKS_MAX) {
    const at = wall - offsetAt(wall - offsetAt(fromS));
    if (at > untilS) break;
    if (at >= fromS) ticks.push({ at, label: strftime(wall, pattern) });
    wall += step;
  }
  return ticks;
}

function usualFormat(step: number, rangeS: number): string {
  if (step < MINUTE) return '%H:%M:%S';
  if (step < DAY_S) return rangeS > 2 * DAY_S ? '%a %H:%M' : '%H:%M';
  return step < 365 * DAY_S ? '%d %b' : '%Y';
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The parts of strftime that graphs use; others stay as they are. `wallS` is the time on the wall. */
export function strftime(wallS: number, format: string): string {
  const days = Math.floor(wallS / DAY_S);
  const { month } = dateOf(days);
  const [date = '', clock = ''] = wallText(wallS).split(' ');
  const [year = '', monthDigits = '', day = ''] = date.split('-');
  const [hour = '', minute = '', second = ''] = clock.split(':');
  const parts: Readonly<Record<string, string>> = {
    Y: year,
    y: year.slice(-2),
    m: monthDigits,
    d: day,
    H: hour,
    I: String(((Number(hour) + 11) % 12) + 1).padStart(2, '0'),
    M: minute,
    S: second,
    p: Number(hour) < 12 ? 'AM' : 'PM',
    a: DAYS[weekdayOf(days)] ?? '',
    b: MONTHS[month - 1] ?? '',
    D: `${monthDigits}/${day}/${year.slice(-2)}`,
    '%': '%',
  };
  return format.replace(/%([A-Za-z%])/g, (whole, letter: string) => parts[letter] ?? whole);
}
