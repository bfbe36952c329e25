// Grafana's words for points in time: now-6h, now/d, or milliseconds since 1970.

import { bad, good, type Result } from '../base/result.ts';

const UNITS_S: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** Seconds since 1970 of `text`, when the clock reads `nowMs`. */
export function parseInstant(text: string, nowMs: number): Result<number> {
  if (/^\d+$/.test(text)) return good(Number(text) / 1000);
  const match = /^now(?:([+-])(\d+)([smhdw]))?(?:\/([smhdw]))?$/.exec(text);
  if (match === null)
    return bad(`"${text}" is no time. Write now-6h, now/d or milliseconds since 1970.`);
  const [, sign, count, unit, rounding] = match;
  const offsetS = Number(count ?? 0) * (UNITS_S[unit ?? 's'] ?? 1);
  const atS = nowMs / 1000 + (sign === '-' ? -offsetS : offsetS);
  const stepS = rounding === undefined ? 0 : (UNITS_S[rounding] ?? 0);
  return good(stepS === 0 ? atS : Math.floor(atS / stepS) * stepS);
}

/** Milliseconds of a refresh interval, "10s"; null for "" (off) and what is none. */
export function parseRefresh(text: string): number | null {
  const match = /^(\d+)([smhd])$/.exec(text);
  return match === null ? null : Number(match[1]) * (UNITS_S[match[2] ?? 's'] ?? 1) * 1000;
}
