// The series of the reference pages: two web servers of a clinic. Every value is computed from its time, so that any range
// can be asked for and the same one always looks the same.
//
//   clinic.web1.visits        a wave of half an hour over one of a day
//   clinic.web1.wait          with a few outliers
//   clinic.web1.bytes         a counter that begins anew now and then
//   clinic.web1.temperature   with gaps
//   sparse.web1.backup        one value in five minutes
//   disk.used;host=web1       with a tag

import { parseGlob } from '../whisper/glob.ts';
import { makeFetchedSeries } from './fetched-series.ts';
import type { Regex } from './regex.ts';
import type { Need, RenderContext } from './render-function.ts';
import type { Series } from './series.ts';
import { parseTagQuery } from '../tags/tag-expression.ts';
import { makeTagIndex } from '../tags/tag-index.ts';
import { utc } from '../time/zone.ts';

/** Wednesday, 13:00 in UTC; the graph shows the hour before it. */
export const EXAMPLE_NOW_S = 1_773_234_000;
export const EXAMPLE_FROM_S = EXAMPLE_NOW_S - 3600;
const STEP_S = 60;
/** As much history as a file of ten days has. */
const KEPT_S = 10 * 86_400;

/** A number from 0 to 1 that looks like dice and is always the same for the same time. */
function noise(timeS: number, kind: number): number {
  const seed = Math.sin((timeS / STEP_S) * 12.9898 + kind * 78.233) * 43_758.5453;
  return seed - Math.floor(seed);
}

function wave(timeS: number, periodS: number, shift = 0): number {
  return (1 + Math.sin((timeS / periodS + shift) * 2 * Math.PI)) / 2;
}

type Value = (timeS: number) => number;

const visits =
  (base: number, kind: number): Value =>
  (timeS) =>
    Math.round(
      base * (0.6 + 0.4 * wave(timeS, 86_400, 0.9)) * (0.5 + wave(timeS, 1800, kind / 3)) +
        8 * noise(timeS, kind),
    );

const wait =
  (base: number, kind: number): Value =>
  (timeS) => {
    const isOutlier = noise(timeS, kind + 10) > 0.94;
    return Math.round((base + 6 * noise(timeS, kind) + (isOutlier ? 25 : 0)) * 10) / 10;
  };

/** Begins anew every 100 minutes. */
const bytes: Value = (timeS) => {
  const sinceS = (timeS - 4000) % 6000;
  return Math.round(sinceS * 900 + 40_000 * wave(timeS, 1200));
};

const temperature =
  (base: number, kind: number, gaps: number): Value =>
  (timeS) =>
    noise(Math.floor(timeS / 180) * 60, kind + 20) < gaps
      ? NaN
      : Math.round((base + 2 * wave(timeS, 3600, kind / 4) + noise(timeS, kind)) * 10) / 10;

const SERIES: Readonly<Record<string, Value>> = {
  'clinic.web1.visits': visits(40, 1),
  'clinic.web2.visits': visits(28, 2),
  'clinic.web1.wait': wait(8, 3),
  'clinic.web2.wait': wait(11, 4),
  'clinic.web1.bytes': bytes,
  'clinic.web1.temperature': temperature(21, 5, 0.3),
  'clinic.web2.temperature': temperature(23, 6, 0.05),
  'sparse.web1.backup': (timeS) => (timeS % 300 === 0 ? visits(10, 7)(timeS) : NaN),
  'disk.used;host=web1': (timeS) => Math.round(60 + ((timeS % 7200) / 7200) * 20),
  'disk.used;host=web2': (timeS) => Math.round(35 + 5 * wave(timeS, 2400)),
};

export const EXAMPLE_NAMES: readonly string[] = Object.keys(SERIES);

const EVENTS: readonly (readonly [agoS: number, tags: readonly string[]])[] = [
  [2500, ['update']],
  [900, ['update', 'web1']],
  [300, ['alarm']],
];

/** Everything a target needs; `isLate` ends one that takes too long. */
export function exampleContext(regex: Regex, isLate: () => boolean = () => false): RenderContext {
  return {
    fromS: EXAMPLE_FROM_S,
    untilS: EXAMPLE_NOW_S,
    nowS: EXAMPLE_NOW_S,
    xFilesFactor: 0,
    offsetAt: utc,
    regex,
    template: new Map(),
    have: (need) => fetched(need, regex),
    isLate,
    eventTimes: (tags, fromS, untilS) =>
      EVENTS.filter(([, its]) => tags?.every((tag) => its.includes(tag)) ?? true)
        .map(([agoS]) => EXAMPLE_NOW_S - agoS)
        .filter((timeS) => timeS >= fromS && timeS <= untilS),
  };
}

function fetched({ path, from, until }: Need, regex: Regex): readonly Series[] {
  const start = Math.floor(Math.max(from, EXAMPLE_NOW_S - KEPT_S) / STEP_S) * STEP_S + STEP_S;
  const end = Math.floor(Math.min(until, EXAMPLE_NOW_S) / STEP_S) * STEP_S + STEP_S;
  const count = Math.max(0, (end - start) / STEP_S);
  return namesOf(path, regex).map((name) => {
    const valueAt = SERIES[name];
    const values = Float64Array.from({ length: count }, (_, i) =>
      valueAt ? valueAt(start + i * STEP_S) : NaN,
    );
    return makeFetchedSeries(path, { path: name, start, end, step: STEP_S, values }, 0);
  });
}

function namesOf(path: string, regex: Regex): readonly string[] {
  if (path.startsWith('seriesByTag(')) return taggedNames(path, regex);
  const globs = path.split('.').map(parseGlob);
  return EXAMPLE_NAMES.filter((name) => {
    if (name.includes(';')) return name === path;
    const parts = name.split('.');
    return parts.length === globs.length && globs.every((glob, i) => glob.matches(parts[i] ?? ''));
  }).toSorted();
}

function taggedNames(query: string, regex: Regex): readonly string[] {
  const index = makeTagIndex();
  for (const name of EXAMPLE_NAMES) if (name.includes(';')) index.add(name);
  const expressions = parseTagQuery(query, regex);
  const found = expressions.ok ? index.find(expressions.value) : expressions;
  return found.ok ? found.value : [];
}
