// `stacklab whisper dump`: every slot of every archive, as it lies in the file.

import type { Command } from 'commander';
import { formatG } from '../../core/base/number.ts';
import { bad, good, type Result } from '../../core/base/result.ts';
import { POINT_BYTES, viewOf, type Archive } from '../../core/whisper/format.ts';
import type { Whisper } from '../../core/whisper/open.ts';
import { ctime, percentG, strftime } from './python-text.ts';
import { print, withWhisper } from './whisper-file.ts';

interface Options {
  readonly pretty?: boolean;
  readonly timeFormat?: string;
}

export function addWhisperDump(whisper: Command): void {
  whisper
    .command('dump')
    .description('prints header and every slot of a file')
    .argument('<path>', 'a Whisper file')
    .option('--pretty', 'times to read in place of seconds')
    .option('-t, --time-format <format>', 'how --pretty shows times; see strftime')
    .action((path: string, options: Options) =>
      print(withWhisper(path, 'r', (file) => dump(file, options))),
    );
}

function dump(whisper: Whisper, options: Options): Result<string> {
  const { header } = whisper;
  const parts = [
    'Meta data:\n',
    `  aggregation method: ${header.method}\n`,
    `  max retention: ${header.maxRetentionS}\n`,
    `  xFilesFactor: ${formatG(header.xFilesFactor)}\n\n`,
    ...header.archives.map(archiveHead),
  ];
  for (const [i, archive] of header.archives.entries()) {
    const points = whisper.file.read(archive.offsetBytes, archive.sizeBytes);
    if (points.length < archive.sizeBytes)
      return bad(`${whisper.path} ends within archive ${i}: it was cut off.`);
    parts.push(`Archive ${i} data:\n`, archiveData(viewOf(points), archive.points, options));
  }
  return good(parts.join(''));
}

function archiveHead(archive: Archive, i: number): string {
  return [
    `Archive ${i} info:`,
    `  offset: ${archive.offsetBytes}`,
    `  seconds per point: ${archive.secondsPerPoint}`,
    `  points: ${archive.points}`,
    `  retention: ${archive.retentionS}`,
    `  size: ${archive.sizeBytes}`,
    '\n',
  ].join('\n');
}

/** whisper-dump's %10.35g: more digits than a float64 has, so that no two values look alike. */
const DIGITS = 35;
const WIDTH = 10;

function archiveData(view: DataView, points: number, { pretty, timeFormat }: Options): string {
  const show = (timeS: number): string => {
    if (!pretty) return String(timeS);
    return timeFormat ? strftime(timeFormat, timeS) : ctime(timeS);
  };
  const lines: string[] = [];
  for (let point = 0; point < points; point++) {
    const time = view.getUint32(point * POINT_BYTES);
    const value = view.getFloat64(point * POINT_BYTES + 4);
    const text = value === 0 && !Object.is(value, -0) ? '0' : percentG(value, DIGITS);
    lines.push(`${point}: ${show(time)}, ${text.padStart(WIDTH)}\n`);
  }
  return lines.join('');
}
