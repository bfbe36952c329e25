// `stacklab whisper …`: the tools around Whisper files, with the arguments and the output of Debian's whisper-create,
// whisper-update and the others; and two of our own, explain and doctor.

import type { Command } from 'commander';
import { addWhisperCreate } from './whisper-create.ts';
import { addWhisperDiff } from './whisper-diff.ts';
import { addWhisperDoctor } from './whisper-doctor.ts';
import { addWhisperDump } from './whisper-dump.ts';
import { addWhisperExplain } from './whisper-explain.ts';
import { addWhisperFetch } from './whisper-fetch.ts';
import { addWhisperFindCorrupt } from './whisper-find-corrupt.ts';
import { addWhisperInfo } from './whisper-info.ts';
import { addWhisperFill, addWhisperMerge } from './whisper-pair.ts';
import { addWhisperResize } from './whisper-resize.ts';
import { addWhisperSetFactor, addWhisperSetMethod } from './whisper-set.ts';
import { addWhisperUpdate } from './whisper-update.ts';

export function addWhisper(program: Command): void {
  const whisper = program
    .command('whisper')
    .description('looks into Whisper files, makes and fills them, as the whisper-… tools do');
  addWhisperCreate(whisper);
  addWhisperUpdate(whisper);
  addWhisperFetch(whisper);
  addWhisperInfo(whisper);
  addWhisperDump(whisper);
  addWhisperMerge(whisper);
  addWhisperFill(whisper);
  addWhisperDiff(whisper);
  addWhisperSetMethod(whisper);
  addWhisperSetFactor(whisper);
  addWhisperResize(whisper);
  addWhisperExplain(whisper);
  addWhisperFindCorrupt(whisper);
  addWhisperDoctor(whisper);
}
