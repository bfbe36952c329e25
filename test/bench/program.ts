// A program that a bench starts, with what the system says about it.

import { spawn } from 'node:child_process';
import { openSync, closeSync, readFileSync } from 'node:fs';

export interface Program {
  /** On standard output, so far. */
  printed(): string;
  say(text: string): void;
  /** Asks every few milliseconds; fails when the program ends before, or when it is too late. */
  until(isSo: () => boolean | Promise<boolean>, endMs: number): Promise<void>;
  usage(): Usage;
  /** SIGTERM, and after a while SIGKILL. */
  end(): Promise<void>;
}

export interface Usage {
  /** With that of the programs that it started and that have ended. */
  readonly cpuS: number;
  readonly peakMib: number;
}

const ASK_MS = 20;
const END_MS_MAX = 10_000;
/** USER_HZ of Linux. */
const TICKS_PER_S = 100;
/** Fields of /proc/PID/stat behind the name of the program: utime, stime, cutime, cstime. */
const TIMES_AT = 11;
const TIMES = 4;

/** `log` is a file that takes its standard error; without one it is shown. */
export function startProgram(program: string, args: readonly string[], log?: string): Program {
  const errors = log === undefined ? 'inherit' : openSync(log, 'a');
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', errors] });
  if (typeof errors === 'number') closeSync(errors);
  // Nothing outlives the bench, however it ends; first of all, since its folder is removed at the exit too.
  const kill = (): void => void child.kill('SIGKILL');
  process.prependListener('exit', kill);
  let printed = '';
  let hasEnded = false;
  child.stdout?.setEncoding('utf8').on('data', (part: string) => (printed += part));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  void ended.then(() => {
    hasEnded = true;
    process.off('exit', kill);
  });
  return {
    printed: () => printed,
    say: (text) => void child.stdin?.write(text),
    async until(isSo, endMs) {
      while (!(await isSo())) {
        if (hasEnded) throw new Error(`${program} ${args.join(' ')} ended: ${printed}`);
        if (Date.now() > endMs) throw new Error(`${program} ${args.join(' ')} took too long.`);
        await new Promise((resolve) => setTimeout(resolve, ASK_MS));
      }
    },
    usage() {
      const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(TIMES_AT, TIMES_AT + TIMES).reduce((sum, each) => sum + +each, 0);
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const peakKib = Number(/^VmHWM:\s*(\d+)/m.exec(status)?.[1]);
      return { cpuS: ticks / TICKS_PER_S, peakMib: peakKib / 1024 };
    },
    async end() {
      child.kill('SIGTERM');
      const timer = setTimeout(kill, END_MS_MAX);
      await ended;
      clearTimeout(timer);
    },
  };
}
