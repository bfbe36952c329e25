// Series as text, in the formats of /render that are text. Those that may be very long come in pieces, a series each.

import { pythonNumber } from '../../core/base/number.ts';
import type { Series } from '../../core/graphite/series.ts';
import { wallText } from '../../core/time/calendar.ts';
import type { OffsetAt } from '../../core/time/zone.ts';
import { joinBytes } from '../../core/base/bytes.ts';
import { encodeUtf8 } from '../../core/base/text.ts';
import { jsonNumber, makePointWriter } from './point-bytes.ts';
import { pythonJson, pythonJsonText } from '../python-json.ts';

/** [{"target": name, "tags": {...}, "datapoints": [[value or null, seconds], ...]}, ...] */
export function* seriesJson(all: readonly Series[], withoutGaps: boolean): Generator<Uint8Array> {
  yield encodeUtf8('[');
  let between = '';
  const writer = makePointWriter();
  // As in graphite-web: where no series has a point, there are no series.
  if (all.every(({ values }) => values.length === 0)) all = [];
  for (const series of all) {
    const points = writer.points(series, withoutGaps);
    if (points === null) continue;
    const head = `${between}{"target": ${pythonJsonText(series.name)}, "tags": ${pythonJson(series.tags)}, "datapoints": `;
    yield joinBytes([encodeUtf8(head), points, encodeUtf8('}')]);
    between = ', ';
  }
  yield encodeUtf8(']');
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

/** Lines "name,YYYY-MM-DD HH:MM:SS,value", the time on the wall clock of `offsetAt`. */
export function* seriesCsv(all: readonly Series[], offsetAt: OffsetAt): Generator<Uint8Array> {
  for (const series of all) {
    const lines: string[] = [];
    const name = csvField(series.name);
    forEachPoint({ ...series, end: Infinity }, (value, time) => {
      const number = Number.isNaN(value) ? '' : pythonNumber(value, series.whole);
      lines.push(`${name},${wallText(time + offsetAt(time))},${number}\r\n`);
    });
    yield encodeUtf8(lines.join(''));
  }
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines "name,start,end,step|value,value,...". */
export function* seriesRaw(all: readonly Series[]): Generator<Uint8Array> {
  for (const series of all) {
    const values = Array.from(series.values, (value) =>
      Number.isNaN(value) ? 'None' : pythonNumber(value, series.whole),
    );
    yield encodeUtf8(
      `${series.name},${series.start},${series.end},${series.step}|${values.join(',')}\n`,
    );
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
