// `stacklab whisper diff`: where two files differ, as a table, in columns, or as JSON.

import type { Command } from 'commander';
import { pythonNumber } from '../../core/base/number.ts';
import { good } from '../../core/base/result.ts';
import { diff, type ArchiveDifference, type DifferentPoint } from '../../core/whisper/diff.ts';
import { parseEpoch } from './options.ts';
import { jsonNumber, jsonString } from './python-text.ts';
import { nowOr, print, withWhisper } from './whisper-file.ts';

interface Options {
  readonly summary?: boolean;
  readonly ignoreEmpty?: boolean;
  readonly columns?: boolean;
  /** False with --no-headers. */
  readonly headers: boolean;
  readonly until?: number;
  readonly now?: number;
  readonly json?: boolean;
}

export function addWhisperDiff(whisper: Command): void {
  whisper
    .command('diff')
    .description('prints where two files with the same archives differ')
    .argument('<path_a>', 'a Whisper file')
    .argument('<path_b>', 'a Whisper file')
    .option('--summary', 'only how many slots differ')
    .option('--ignore-empty', 'compare only slots that both know')
    .option('--columns', 'a line for each slot, for programs')
    .option('--no-headers', 'leave the first line out')
    .option('--until <epoch>', 'compare only what is not later (default: now)', parseEpoch)
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .option('--json', 'JSON')
    .action((left: string, right: string, options: Options) =>
      print(
        withWhisper(left, 'r', (a) =>
          withWhisper(right, 'r', (b) => {
            const now = nowOr(options.now);
            // whisper-diff takes 0 for "not said".
            const until = options.until || now;
            const found = diff(a, b, { until, now, ignoreEmpty: options.ignoreEmpty ?? false });
            if (!found.ok) return found;
            if (options.json) return good(asJson(found.value, left, right, options));
            return good(
              options.summary ? summary(found.value, options) : table(found.value, options),
            );
          }),
        ),
      ),
    );
}

function table(archives: readonly ArchiveDifference[], { columns, headers }: Options): string {
  const widths = columns ? [] : [7, 11, 13, 13];
  const names = ['timestamp', 'value_a', 'value_b'];
  const lines = headers ? [inColumns(['archive', ...names], widths)] : [];
  for (const { archive, total, points } of archives) {
    if (!columns)
      lines.push(
        `Archive ${archive} (${points.length} of ${total} datapoints differ)\n`,
        inColumns(['', ...names], widths),
      );
    for (const { time, left, right } of points) {
      const first = columns ? String(archive) : '';
      lines.push(inColumns([first, String(time), shown(left), shown(right)], widths));
    }
  }
  return lines.join('');
}

function summary(archives: readonly ArchiveDifference[], { columns, headers }: Options): string {
  const widths = columns ? [] : [7, 9, 9];
  const lines = headers ? [inColumns(['archive', 'total', 'differing'], widths)] : [];
  for (const { archive, total, points } of archives)
    lines.push(inColumns([archive, total, points.length].map(String), widths));
  return lines.join('');
}

function inColumns(texts: readonly string[], widths: readonly number[]): string {
  return `${texts.map((text, i) => text.padStart(widths[i] ?? 0)).join(' ')}\n`;
}

function shown(value: number | null): string {
  return value === null ? 'None' : pythonNumber(value);
}

// Written by hand: the keys are sorted, " : " stands between, and the float 0 is 0.0.
function asJson(
  archives: readonly ArchiveDifference[],
  left: string,
  right: string,
  { summary }: Options,
): string {
  const items = archives.map(({ archive, total, points }) => {
    const fields = [
      `      "archive" : ${archive}`,
      ...(summary ? [] : [`      "datapoint" : ${jsonList(points.map(jsonPoint), '      ')}`]),
      `      "points" : ${points.length}`,
      `      "total" : ${total}`,
    ];
    return `    {\n${fields.join(',\n')}\n    }`;
  });
  const paths = `  "path_a" : ${jsonString(left)},\n  "path_b" : ${jsonString(right)}`;
  return `{\n  "archives" : ${jsonList(items, '  ')},\n${paths}\n}\n`;
}

function jsonPoint({ time, left, right }: DifferentPoint): string {
  const value = (side: number | null): string => (side === null ? 'null' : jsonNumber(side));
  const fields = [
    `"timestamp" : ${time}`,
    `"value_a" : ${value(left)}`,
    `"value_b" : ${value(right)}`,
  ];
  return `        {\n${fields.map((field) => `          ${field}`).join(',\n')}\n        }`;
}

function jsonList(items: readonly string[], indent: string): string {
  return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
}
