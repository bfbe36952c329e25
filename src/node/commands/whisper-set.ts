// `stacklab whisper set-aggregation-method` and `set-xfilesfactor`: the two rules in the header of a file.

import type { Command } from 'commander';
import { parsePythonFloat, pythonNumber } from '../../core/base/number.ts';
import { bad, good, type Result } from '../../core/base/result.ts';
import { METHODS, parseMethod } from '../../core/whisper/aggregate.ts';
import { setRollup } from '../../core/whisper/create.ts';
import type { Whisper } from '../../core/whisper/open.ts';
import { parseFactor } from './options.ts';
import { print, withWhisper } from './whisper-file.ts';

export function addWhisperSetMethod(whisper: Command): void {
  whisper
    .command('set-aggregation-method')
    .description('changes how coarse slots are made of fine ones; what is stored stays')
    .argument('<path>', 'a Whisper file')
    .argument('<method>', METHODS.join(', '))
    .argument('[xFilesFactor]', 'known part that a coarse point needs, from 0 to 1')
    .action((path: string, method: string, factor: string | undefined) =>
      print(withWhisper(path, 'r+', (file) => setMethod(file, method, factor))),
    );
}

function setMethod(
  whisper: Whisper,
  method: string,
  factorText: string | undefined,
): Result<string> {
  const xFilesFactor = factorText === undefined ? null : parsePythonFloat(factorText);
  if (parseMethod(method) !== null && factorText !== undefined && xFilesFactor === null)
    return bad(`Invalid xFilesFactor ${factorText}, not a float`);
  const before = whisper.header.method;
  const set = setRollup(whisper, { method, xFilesFactor });
  if (!set.ok) return set;
  return good(`Updated aggregation method: ${whisper.path} (${before} -> ${method})\n`);
}

export function addWhisperSetFactor(whisper: Command): void {
  whisper
    .command('set-xfilesfactor')
    .description('changes the known part that a coarse point needs; what is stored stays')
    .argument('<path>', 'a Whisper file')
    .argument('<xFilesFactor>', 'a number from 0 to 1', parseFactor)
    .action((path: string, xFilesFactor: number) =>
      print(
        withWhisper(path, 'r+', (whisper) => {
          const before = pythonNumber(whisper.header.xFilesFactor);
          const set = setRollup(whisper, { method: null, xFilesFactor });
          if (!set.ok) return set;
          return good(
            `Updated xFilesFactor: ${path} (${before} -> ${pythonNumber(xFilesFactor)})\n`,
          );
        }),
      ),
    );
}
