// Calendar arithmetic without a clock: days and dates of the Gregorian calendar.
//
// The trick: let a year begin in March. Then the leap day is the last day of the year, and the days
// before a month follow one formula: (153 * month + 2) / 5.

export interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

export const DAY_S = 86_400;

/** Days in 400 years; after them the calendar repeats. */
const ERA_DAYS = 146_097;
/** From 1 March of year 0 to 1 January 1970. */
const DAYS_TO_1970 = 719_468;

/** Days from 1970-01-01 to `date`; negative before it. */
export function daysSince1970(date: CalendarDay): number {
  const year = date.month <= 2 ? date.year - 1 : date.year;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const monthFromMarch = (date.month + 9) % 12;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + date.day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * ERA_DAYS + yearOfEra * 365 + leapDays + dayOfYear - DAYS_TO_1970;
}

/** The date that is `days` days after 1970-01-01. */
export function dateOf(days: number): CalendarDay {
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const yearStart = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - yearStart;
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** 0 = Sunday to 6 = Saturday. */
export function weekdayOf(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

/** True when the calendar has this day: 30 February is not one. */
export function isRealDate(date: CalendarDay): boolean {
  const back = dateOf(daysSince1970(date));
  return back.year === date.year && back.month === date.month && back.day === date.day;
}

/** "2015-03-08 12:00:00" for seconds since 1970 as a clock on the wall there shows them. */
export function wallText(wallS: number): string {
  const days = Math.floor(wallS / DAY_S);
  const date = dateOf(days);
  const second = Math.floor(wallS - days * DAY_S);
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `${twoDigits(date.year, 4)}-${twoDigits(date.month)}-${twoDigits(date.day)} ${clock.map((part) => twoDigits(part)).join(':')}`;
}

function twoDigits(value: number, digits = 2): string {
  return String(value).padStart(digits, '0');
}
