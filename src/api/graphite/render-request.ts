// What a request to /render asks for, read and checked.

import { bad, good, type Result } from '../../core/base/result.ts';
import { parseAtTime } from '../../core/time/attime.ts';
import type { OffsetAt } from '../../core/time/zone.ts';
import { TARGETS_MAX } from '../limits.ts';
import type { Parameters } from '../parameters.ts';
import { offsetAtZone } from '../zones.ts';

export interface RenderRequest {
  readonly targets: readonly string[];
  readonly fromS: number;
  readonly untilS: number;
  readonly nowS: number;
  readonly offsetAt: OffsetAt;
  readonly format: string | null;
  /** graphType=pie: shares of a whole, not lines over time. */
  readonly isPie: boolean;
  /** Slices of a pie that stand in the targets with their values. */
  readonly slices: readonly (readonly [name: string, value: number])[];
  /** Null: every point. */
  readonly pointsMax: number | null;
  readonly withoutGaps: boolean;
  readonly xFilesFactor: number;
  /** Values for `$name` in template(). */
  readonly template: ReadonlyMap<string, string>;
  /** Seconds that a browser may keep the answer; 0: never. */
  readonly cacheS: number;
}

/** `clockS` is the time now, unless the request brings its own. */
export function readRenderRequest(parameters: Parameters, clockS: number): Result<RenderRequest> {
  const given = parameters.all('target').filter((target) => target.trim() !== '');
  const isPie = parameters.one('graphType') === 'pie';
  const slices = isPie ? given.flatMap(sliceIn) : [];
  const targets = isPie ? given.filter((target) => sliceIn(target).length === 0) : given;
  if (targets.length > TARGETS_MAX)
    return bad(`The request has ${targets.length} targets; ${TARGETS_MAX} are allowed`);
  const time = readTime(parameters, clockS);
  if (!time.ok) return time;
  const share = Number(parameters.one('xFilesFactor') ?? '0');
  if (!(share >= 0 && share <= 1))
    return bad(
      `xFilesFactor must be a number from 0 to 1, not '${parameters.one('xFilesFactor')}'`,
    );
  const pointsMax = parameters.one('maxDataPoints') ?? '';

  return good({
    ...time.value,
    targets,
    isPie,
    slices,
    format: readFormat(parameters),
    pointsMax: /^\d{1,9}$/.test(pointsMax) ? Number(pointsMax) : null,
    withoutGaps: Boolean(parameters.one('noNullPoints')),
    xFilesFactor: share,
    template: readTemplate(parameters),
    cacheS: readCacheS(parameters),
  });
}

/** "disk:25" is a slice of its own. */
function sliceIn(target: string): readonly (readonly [name: string, value: number])[] {
  const [, name, value] = /^([^():]+):(-?\d+(?:\.\d+)?)$/.exec(target.trim()) ?? [];
  return name === undefined ? [] : [[name, Number(value)]];
}

type RenderTime = Pick<RenderRequest, 'fromS' | 'untilS' | 'nowS' | 'offsetAt'>;

function readTime(parameters: Parameters, clockS: number): Result<RenderTime> {
  const offsetAt = offsetAtZone(parameters.one('tz'));
  const now = parseAtTime(parameters.one('now') ?? 'now', clockS, offsetAt);
  if (!now.ok) return now;
  const from = parseAtTime(parameters.one('from') ?? '-1d', now.value, offsetAt);
  if (!from.ok) return from;
  const until = parseAtTime(parameters.one('until') ?? 'now', now.value, offsetAt);
  if (!until.ok) return until;
  if (from.value === until.value) return bad('Invalid empty time range');
  return good({
    fromS: Math.min(from.value, until.value),
    untilS: Math.max(from.value, until.value),
    nowS: now.value,
    offsetAt,
  });
}

// `rawData` and `pickle` are how the oldest clients ask.
function readFormat(parameters: Parameters): string | null {
  if (parameters.one('format') !== null) return parameters.one('format');
  if (parameters.one('rawData') !== null) return 'raw';
  return parameters.one('pickle') === null ? null : 'pickle';
}

function readTemplate(parameters: Parameters): ReadonlyMap<string, string> {
  const template = new Map<string, string>();
  for (const [name, value] of parameters.entries()) {
    const found = /^template\[(.+)\]$/.exec(name);
    if (found?.[1] !== undefined) template.set(found[1], value);
  }
  return template;
}

// graphite-web lets browsers keep answers for a minute. Here steps are seconds and the store is near,
// so an answer is kept only when the request says for how long.
function readCacheS(parameters: Parameters): number {
  const timeout = parameters.one('cacheTimeout') ?? '';
  if (parameters.one('noCache') || !/^\d{1,6}$/.test(timeout)) return 0;
  return Number(timeout);
}
