// Wall clocks of the world, from the tables that every JavaScript engine has.

import { utc, type OffsetAt } from '../core/time/zone.ts';

/** The clock of `zone` ("Europe/Berlin"); UTC when there is no such zone, as graphite-web does. */
export function offsetAtZone(zone: string | null): OffsetAt {
  if (!zone || zone.toUpperCase() === 'UTC') return utc;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    return utc;
  }
  return (epochS) => {
    const parts = format.formatToParts(new Date(epochS * 1000));
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
    // "GMT-05:00", with seconds before clocks were set by zone; "GMT" alone is no offset.
    const found = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name);
    if (!found) return 0;
    const seconds = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? '0');
    return found[1] === '-' ? -seconds : seconds;
  };
}
