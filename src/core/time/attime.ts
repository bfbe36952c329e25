// Points in time as Graphite writes them, after at(1): "-1h", "noon yesterday", "12:30_20150301".
//
//   when      := epoch seconds | reference [ offset ]
//   reference := "" | "now" | [ time of day ] [ day ]
//   offset    := "+" or "-", then number and unit, repeated
//
// The odd rules are Graphite's: "12am" is noon and "12pm" is midnight, for pm adds 12 hours to any
// hour and am adds none.

import { bad, good, type Result } from '../base/result.ts';
import {
  DAY_S,
  dateOf,
  daysSince1970,
  isRealDate,
  weekdayOf,
  type CalendarDay,
} from './calendar.ts';
import { parseInterval } from './interval.ts';
import { fromWall, type OffsetAt } from './zone.ts';

/** Last second of the year 9999, the last that Python's datetime knows. */
export const TIME_MAX_S = 253_402_300_799;

/** Seconds since 1970 that `text` means, at `nowS`, on the wall clock of `offsetAt`. */
export function parseAtTime(text: string, nowS: number, offsetAt: OffsetAt): Result<number> {
  const plain = text.trim().toLowerCase().replace(/[_, ]/g, '');
  if (/^\d+$/.test(plain) && !looksLikeDate(plain)) return inRange(Number(plain), text);

  const signAt = plain.includes('+') ? plain.indexOf('+') : plain.indexOf('-');
  const reference = signAt < 0 ? plain : plain.slice(0, signAt);
  const from = parseReference(reference, nowS, offsetAt);
  if (!from.ok) return from;
  const offset = parseInterval(signAt < 0 ? '' : plain.slice(signAt));
  if (!offset.ok) return offset;
  return inRange(from.value + offset.value, text);
}

// Eight digits are a date when they can be one, otherwise a time in 1970 to 1973.
function looksLikeDate(digits: string): boolean {
  if (digits.length !== 8) return false;
  const { year, month, day } = dateFromDigits(digits);
  return year > 1900 && month < 13 && day < 32;
}

function dateFromDigits(digits: string): CalendarDay {
  return {
    year: Number(digits.slice(0, 4)),
    month: Number(digits.slice(4, 6)),
    day: Number(digits.slice(6)),
  };
}

function inRange(timeS: number, text: string): Result<number> {
  if (timeS > TIME_MAX_S || timeS < -TIME_MAX_S)
    return bad(`The time '${text}' is outside the years that can be shown`);
  return good(timeS);
}

function parseReference(reference: string, nowS: number, offsetAt: OffsetAt): Result<number> {
  if (reference === '' || reference === 'now') return good(nowS);
  const clock = takeTimeOfDay(reference);
  if (!clock.ok) return clock;
  const today = Math.floor((nowS + offsetAt(nowS)) / DAY_S);
  const days = parseDay(clock.value.rest, today, reference);
  if (!days.ok) return days;
  const wallS = days.value * DAY_S + clock.value.hour * 3600 + clock.value.minute * 60;
  return good(fromWall(wallS, offsetAt));
}

interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
  readonly rest: string;
}

const NAMED_HOURS: readonly (readonly [name: string, hour: number])[] = [
  ['noon', 12],
  ['midnight', 0],
  ['teatime', 16],
];

function takeTimeOfDay(reference: string): Result<TimeOfDay> {
  let hour = 0;
  let minute = 0;
  let rest = reference;

  const clock = /^(.{1,2}?):(.{0,2})(am|pm)?/.exec(rest);
  if (clock) {
    const [all, hourText = '', minuteText = '', half] = clock;
    for (const digits of [hourText, minuteText])
      if (!/^\d+$/.test(digits)) return bad(`invalid literal for int() with base 10: '${digits}'`);
    hour = (Number(hourText) + (half === 'pm' ? 12 : 0)) % (half === 'pm' ? 24 : Infinity);
    minute = Number(minuteText);
    rest = rest.slice(all.length);
  }
  const half = /^(.{1,2}?)(am|pm)/.exec(rest);
  if (half) {
    const [all, digits = '', word] = half;
    if (!/^\d+$/.test(digits)) return bad(`invalid literal for int() with base 10: '${digits}'`);
    hour = word === 'pm' ? (Number(digits) + 12) % 24 : Number(digits);
    rest = rest.slice(all.length);
  }
  const named = NAMED_HOURS.find(([name]) => rest.startsWith(name));
  if (named) {
    hour = named[1];
    minute = 0;
    rest = rest.slice(named[0].length);
  }
  if (hour > 23) return bad('hour must be in 0..23');
  if (minute > 59) return bad('minute must be in 0..59');
  return good({ hour, minute, rest });
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Days since 1970 of the day that `text` names; "" is today. */
function parseDay(text: string, today: number, reference: string): Result<number> {
  if (text === '' || text === 'today') return good(today);
  if (text === 'yesterday') return good(today - 1);
  if (text === 'tomorrow') return good(today + 1);

  const slashed = /^(\d+)\/(\d+)\/(\d+)$/.exec(text);
  if (slashed) {
    let year = Number(slashed[3]);
    if (year < 1900) year += 1900;
    if (year < 1970) year += 100;
    return daysOf({
      year,
      month: Number(slashed[1]),
      day: Number(slashed[2]),
    });
  }
  if (/^\d{8}$/.test(text)) return daysOf(dateFromDigits(text));

  const month = MONTHS.indexOf(text.slice(0, 3)) + 1;
  if (month > 0) {
    const digits = /\d{1,2}$/.exec(text)?.[0];
    if (digits === undefined) return bad('Day of month required after month name');
    return daysOf({ year: dateOf(today).year, month, day: Number(digits) });
  }
  const weekday = WEEKDAYS.indexOf(text.slice(0, 3));
  if (weekday >= 0) return good(today - ((weekdayOf(today) - weekday + 7) % 7));
  return bad(`Unknown day reference: ${reference}`);
}

function daysOf(date: CalendarDay): Result<number> {
  if (date.month < 1 || date.month > 12) return bad('month must be in 1..12');
  if (date.year < 1 || date.year > 9999) return bad(`year ${date.year} is out of range`);
  if (!isRealDate(date)) return bad('day is out of range for month');
  return good(daysSince1970(date));
}
