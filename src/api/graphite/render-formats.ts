// Series as text, in the formats of /render that are text. Those that may be very long come in pieces, a series each.

import { pythonNumber } from '../../core/base/number.ts';
import type { Series } from '../../core/graphite/series.ts';
import { wallText } from '../../core/time/calendar.ts';
import type { OffsetAt } from '../../core/time/zone.ts';
import { pythonJson, pythonJsonText } from '../python-json.ts';

/** [{"target": name, "tags": {...}, "datapoints": [[value or null, seconds], ...]}, ...] */
export function* seriesJson(all: readonly Series[], withoutGaps: boolean): Generator<string> {
  yield '[';
  let between = '';
  const times = makeTimeTexts();
  // As in graphite-web: where no series has a point, there are no series.
  if (all.every(({ values }) => values.length === 0)) all = [];
  for (const series of all) {
    const points: string[] = [];
    const seconds = times(series);
    for (const [index, time] of seconds.entries()) {
      const value = series.values[index] ?? NaN;
      if (withoutGaps && Number.isNaN(value)) continue;
      points.push(`[${jsonNumber(value, series.whole)}, ${time}]`);
    }
    if (withoutGaps && points.length === 0) continue;
    yield `${between}{"target": ${pythonJsonText(series.name)}, "tags": ${pythonJson(series.tags)}, "datapoints": [${points.join(', ')}]}`;
    between = ', ';
  }
  yield ']';
}

/** The times of the points of a series as text; series after each other mostly have the same. */
function makeTimeTexts(): (series: Series) => readonly string[] {
  let texts: string[] = [];
  let of: Pick<Series, 'start' | 'end' | 'step'> | null = null;
  return (series) => {
    const { start, end, step, values } = series;
    const isSame = of?.start === start && of.end === end && of.step === step;
    if (isSame && texts.length === values.length) return texts;
    texts = [];
    of = series;
    for (let i = 0; i < values.length && start + i * step <= end; i++)
      texts.push(String(start + i * step));
    return texts;
  };
}

// Times run from start to end, and the shorter of times and values decides.
function forEachPoint(series: Series, visit: (value: number, time: number) => void): void {
  const { start, end, step, values } = series;
  for (let index = 0; index < values.length; index++) {
    const time = start + index * step;
    if (time > end) return;
    visit(values[index] ?? NaN, time);
  }
}

// JSON has no infinity; 1e9999 is legal and becomes it again in most readers.
function jsonNumber(value: number, whole: boolean): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? '1e9999' : '-1e9999';
  return pythonNumber(value, whole);
}

/** Lines "name,YYYY-MM-DD HH:MM:SS,value", the time on the wall clock of `offsetAt`. */
export function* seriesCsv(all: readonly Series[], offsetAt: OffsetAt): Generator<string> {
  for (const series of all) {
    const lines: string[] = [];
    const name = csvField(series.name);
    forEachPoint({ ...series, end: Infinity }, (value, time) => {
      const number = Number.isNaN(value) ? '' : pythonNumber(value, series.whole);
      lines.push(`${name},${wallText(time + offsetAt(time))},${number}\r\n`);
    });
    yield lines.join('');
  }
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines "name,start,end,step|value,value,...". */
export function* seriesRaw(all: readonly Series[]): Generator<string> {
  for (const series of all) {
    const values = Array.from(series.values, (value) =>
      Number.isNaN(value) ? 'None' : pythonNumber(value, series.whole),
    );
    yield `${series.name},${series.start},${series.end},${series.step}|${values.join(',')}\n`;
  }
}

/** {"labels" : ["Time", names], "data" : [[milliseconds, values], ...]}: rows are those of the first series. */
export function seriesDygraph(all: readonly Series[]): string {
  const [first] = all;
  if (!first) return '{}';
  const labels = ['Time', ...all.map((series) => series.name)];
  const rows = Array.from(first.values, (_, index) => {
    const cells = all.map((series) => dygraphNumber(series.values[index] ?? NaN, series.whole));
    return `[${[(first.start + index * first.step) * 1000, ...cells].join(', ')}]`;
  });
  return `{"labels" : ${pythonJson(labels)}, "data" : [${rows.join(', ')}]}`;
}

function dygraphNumber(value: number, whole: boolean): string {
  if (Number.isNaN(value)) return 'null';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return pythonNumber(value, whole);
}

/** [{"target": name, "datapoints": [{"x": seconds, "y": value}, ...]}, ...] */
export function seriesRickshaw(all: readonly Series[]): string {
  const parts = all.map((series) => {
    const points: string[] = [];
    forEachPoint(series, (value, time) => {
      points.push(`{"x": ${time}, "y": ${jsonNumber(value, series.whole)}}`);
    });
    return `{"target": ${pythonJsonText(series.name)}, "datapoints": [${points.join(', ')}]}`;
  });
  return `[${parts.join(', ')}]`;
}
