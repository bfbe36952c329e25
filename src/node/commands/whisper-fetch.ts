// `stacklab whisper fetch`: the values of a stretch of time.

import { Option, type Command } from 'commander';
import { pythonNumber } from '../../core/base/number.ts';
import { fetchSlots, valuesOf, type Slots } from '../../core/whisper/fetch.ts';
import { parseEpoch } from './options.ts';
import { ctime, percentF, strftime } from './python-text.ts';
import { DAY_S, nowOr, print, withWhisper } from './whisper-file.ts';

interface Options {
  readonly from?: number;
  readonly until?: number;
  readonly now?: number;
  readonly json?: boolean;
  readonly pretty?: boolean;
  readonly timeFormat?: string;
  readonly drop?: keyof typeof KEEPS;
}

/** A gap is null here: a stored value may be NaN. */
type Value = number | null;

/** What stays with --drop. */
const KEEPS = {
  zeroes: (value: Value) => value !== 0,
  nulls: (value: Value) => value !== null,
  empty: (value: Value) => value !== 0 && value !== null,
} as const;

export function addWhisperFetch(whisper: Command): void {
  whisper
    .command('fetch')
    .description('prints the values of a stretch of time, a line each')
    .argument('<path>', 'a Whisper file')
    .option('--from <epoch>', 'its beginning (default: 24 hours ago)', parseEpoch)
    .option('--until <epoch>', 'its end (default: now)', parseEpoch)
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .option('--json', 'JSON')
    .option('--pretty', 'times to read in place of seconds')
    .option('-t, --time-format <format>', 'how --pretty shows times; see strftime')
    .addOption(new Option('--drop <which>', 'leave values out').choices(Object.keys(KEEPS)))
    .action((path: string, options: Options) => fetch(path, options));
}

function fetch(path: string, options: Options): void {
  const now = nowOr(options.now);
  const { from = now - DAY_S, until = now } = options;
  const slots = withWhisper(path, 'r', (whisper) => fetchSlots(whisper, from, until, now));
  if (!slots.ok) return print(slots);
  if (slots.value === null) {
    console.error('No data in selected timerange');
    process.exitCode = 1;
    return;
  }
  const values = valuesOf(slots.value).filter(options.drop ? KEEPS[options.drop] : () => true);
  process.stdout.write(
    options.json ? asJson(slots.value, values) : asLines(slots.value, values, options),
  );
}

function asJson({ start, end, step }: Slots, values: readonly Value[]): string {
  const texts = values.map((value) => (value === null ? 'null' : jsonNumber(value)));
  return `{
    "start" : ${start},
    "end" : ${end},
    "step" : ${step},
    "values" : [${texts.join(', ')}]
  }\n`;
}

/** As whisper-fetch writes it, though JSON has no such word. */
function jsonNumber(value: number): string {
  return Number.isNaN(value) ? 'nan' : pythonNumber(value);
}

// With --drop the times still go step by step, as whisper-fetch prints them: outputs must agree.
function asLines({ start, step }: Slots, values: readonly Value[], options: Options): string {
  const { pretty = false, timeFormat } = options;
  const show = (timeS: number): string => {
    if (!pretty) return String(timeS);
    return timeFormat ? strftime(timeFormat, timeS) : ctime(timeS);
  };
  return values
    .map((value, i) => {
      const text = value === null ? 'None' : percentF(value);
      return `${show(start + i * step)}\t${text}\n`;
    })
    .join('');
}
