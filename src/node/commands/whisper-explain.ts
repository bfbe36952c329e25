// `stacklab whisper explain`: why a file answers as it does.

import type { Command } from 'commander';
import { good } from '../../core/base/result.ts';
import { explainFile } from '../../core/trace/explain-file.ts';
import { stepLines } from '../../core/trace/step.ts';
import { parseEpoch } from './options.ts';
import { DAY_S, nowOr, print, withWhisper } from './whisper-file.ts';

interface Options {
  readonly from?: number;
  readonly until?: number;
  readonly now?: number;
  readonly json?: boolean;
}

export function addWhisperExplain(whisper: Command): void {
  whisper
    .command('explain')
    .description('says which archive answers a question, what it knows, and what was rolled up')
    .argument('<path>', 'a Whisper file')
    .option('--from <epoch>', 'beginning of the question (default: 24 hours ago)', parseEpoch)
    .option('--until <epoch>', 'its end (default: now)', parseEpoch)
    .option('--now <epoch>', 'the time it is, in seconds since 1970', parseEpoch)
    .option('--json', 'JSON')
    .action((path: string, options: Options) => {
      const now = nowOr(options.now);
      const { from = now - DAY_S, until = now } = options;
      print(
        withWhisper(path, 'r', (file) => {
          const steps = explainFile(file, { from, until, now });
          if (!steps.ok) return steps;
          if (!options.json) return good(`${stepLines(steps.value).join('\n')}\n`);
          const answer = { path, from, until, now, steps: steps.value };
          return good(`${JSON.stringify(answer, null, 2)}\n`);
        }),
      );
    });
}
