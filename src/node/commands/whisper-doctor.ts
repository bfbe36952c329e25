// `stacklab whisper doctor`: which files of a tree are not as the configuration says, or cannot work as they are.

import { join, relative, sep } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import { AGGREGATION_FILE } from '../../core/carbon/aggregation.ts';
import { reportLines, type FileFinding } from '../../core/carbon/doctor-report.ts';
import { diagnose, metricOf, type Finding, type Rules } from '../../core/carbon/doctor.ts';
import { SCHEMAS_FILE } from '../../core/carbon/schemas.ts';
import { parseInterval } from '../../core/time/interval.ts';
import { headRepairs } from '../../core/whisper/repair.ts';
import { readStorageRules, type Read, type StorageRules } from '../conf.ts';
import { messageOf } from '../files.ts';
import { makeProgress } from '../progress.ts';
import { readNamed, readOrNull } from '../small-files.ts';
import { walkWhisper } from '../whisper-walk.ts';
import { parseEpoch } from './options.ts';
import { nowOr, withWhisper } from './whisper-file.ts';

interface Options {
  readonly config: string;
  readonly data: string;
  readonly interval?: number;
  readonly now?: number;
}

export function addWhisperDoctor(whisper: Command): void {
  whisper
    .command('doctor')
    .description('compares a tree of files with the configuration, and says what cannot work')
    .requiredOption('--config <dir>', `folder of ${SCHEMAS_FILE} and ${AGGREGATION_FILE}`)
    .requiredOption('--data <dir>', 'the tree of Whisper files')
    .option('--interval <time>', 'how often the sender sends, like 10s', parseSeconds)
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .action((options: Options, command: Command) => {
      const read = readRules(options.config);
      if (!read.ok) return command.error(`error: ${read.why}`);
      for (const warning of read.value.warnings) console.error(warning);
      const { interval: intervalS = null } = options;
      run(options.data, { ...read.value.config, intervalS, now: nowOr(options.now) });
    });
}

function run(data: string, rules: Rules): void {
  const progress = makeProgress('Looking at');
  const findings: FileFinding[] = [];
  let files = 0;
  let tagged = 0;
  for (const folder of walkWhisper(data)) {
    if (folder.why !== null) findings.push({ ...unreadable(folder.why), path: folder.path });
    for (const path of folder.files) {
      progress.step(path);
      files++;
      const metric = metricOf(relative(data, path).replaceAll(sep, '/'));
      if (metric === null) tagged++;
      for (const finding of look(path, metric, rules)) findings.push({ ...finding, path });
    }
  }
  progress.clear();
  for (const line of reportLines(findings, data)) console.log(line);
  if (tagged > 0)
    console.log(
      `Not compared with the configuration: ${counted(tagged, 'file')} of tagged series, whose path is a hash of the name.`,
    );
  console.log(`${counted(files, 'file')} looked at, ${counted(findings.length, 'finding')}`);
  if (findings.length > 0) process.exitCode = 1;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function look(path: string, metric: string | null, rules: Rules): readonly Finding[] {
  try {
    const found = withWhisper(path, 'r', (whisper) => {
      const head = headRepairs(whisper.file, path);
      if (!head.ok) return head;
      const damage = head.value.map(({ what }) => unreadable(what));
      return good(damage.length > 0 ? damage : diagnose(whisper, metric, rules));
    });
    return found.ok ? found.value : [unreadable(found.why)];
  } catch (error) {
    return [unreadable(messageOf(error))];
  }
}

function unreadable(why: string): Finding {
  return { kind: 'unreadable', what: `cannot be read as it is: ${why}`, remedy: null };
}

function readRules(folder: string): Result<Read<StorageRules>> {
  const schemas = readNamed(join(folder, SCHEMAS_FILE));
  if (!schemas.ok) return schemas;
  const rules = readStorageRules(schemas.value, readOrNull(join(folder, AGGREGATION_FILE)));
  return rules.ok ? rules : bad(`${folder}: ${rules.why}`);
}

function parseSeconds(text: string): number {
  const interval = parseInterval(text);
  if (!interval.ok || !(interval.value > 0))
    throw new InvalidArgumentError('It wants a length of time, like 10s or 1min.');
  return interval.value;
}
