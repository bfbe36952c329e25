// A command of ours inside the process of the test: hundreds of them would take minutes as processes of their own.

import { Command, CommanderError } from 'commander';
import { vi } from 'vitest';
import { addWhisper } from '../../src/node/commands/whisper.ts';
import type { Ended } from '../node/program.ts';

/** What `stacklab whisper …` prints and how it ends; as in main.ts, a bad argument ends with 2. */
export function runWhisper(args: readonly string[]): Ended {
  const text = { out: '', err: '' };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((part) => {
      text.out += String(part);
      return true;
    }),
    vi.spyOn(console, 'log').mockImplementation((line) => void (text.out += `${line}\n`)),
    vi.spyOn(console, 'error').mockImplementation((line) => void (text.err += `${line}\n`)),
  ];
  const program = new Command('stacklab')
    .exitOverride()
    .configureOutput({ writeErr: (part) => (text.err += part) });
  addWhisper(program);
  process.exitCode = 0;
  let code = 0;
  try {
    program.parse(['whisper', ...args], { from: 'user' });
    code = process.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) code = 2;
    else {
      code = 1;
      text.err += String(error);
    }
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
  return { code, ...text };
}
