// Runs dist/stacklab.js as a process of its own, with bounded waits.

import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../../dist/stacklab.js', import.meta.url));
const WAIT_MS_MAX = 15_000;

export type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  /** The line `ready`. */
  readonly ready: string;
  readonly pid: number;
  out(): string;
  /** What it logged so far. */
  err(): string;
  signal(name: NodeJS.Signals): void;
  /** SIGTERM, and how it ended. */
  stop(): Promise<Ended>;
  /** SIGKILL: it can do nothing more. */
  kill(): Promise<Ended>;
}

const running = new Set<ChildProcess>();

/** For afterEach: nothing outlives its test. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Runs to its end. */
export function run(args: readonly string[], input = ''): Promise<Ended> {
  const { child, ended } = launch(args);
  child.stdin?.end(input);
  return within(ended, `${args.join(' ')} did not end`);
}

/** Starts a daemon and waits for its line `ready`. Of its environment, `env` is added. */
export async function start(args: readonly string[], env: Environment = {}): Promise<Running> {
  const { child, ended, text } = launch(args, env);
  const isReady = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const line = /^ready.*$/m.exec(text.out)?.[0];
      if (line !== undefined) resolve(line);
    });
    void ended.then(({ err }) => reject(new Error(`it ended instead: ${err}`)));
  });
  return {
    ready: await within(isReady, `${args.join(' ')} did not get ready`),
    pid: child.pid ?? 0,
    out: () => text.out,
    err: () => text.err,
    signal: (name) => void child.kill(name),
    stop() {
      child.kill('SIGTERM');
      return within(ended, `${args.join(' ')} did not stop`);
    },
    kill() {
      child.kill('SIGKILL');
      return within(ended, `${args.join(' ')} was not killed`);
    },
  };
}

/** The port that stands behind `name` in a line `ready`. */
export function portOf(ready: string, name: string): number {
  return Number(new RegExp(`${name}[ /:]+127\\.0\\.0\\.1:(\\d+)`).exec(ready)?.[1]);
}

/** Asks again until `look` finds something. */
export async function eventually<T>(look: () => Promise<T | null> | T | null): Promise<T> {
  const endMs = performance.now() + WAIT_MS_MAX;
  while (performance.now() < endMs) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come in time.');
}

function launch(
  args: readonly string[],
  env: Environment = {},
): {
  child: ChildProcess;
  ended: Promise<Ended>;
  text: { out: string; err: string };
} {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, TZ: 'Europe/Berlin', ...env },
  });
  running.add(child);
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.out += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.err += part));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code, ...text });
    });
  });
  return { child, ended, text };
}

function within<T>(promise: Promise<T>, why: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(why)), WAIT_MS_MAX);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
