// Programs of your own: each line PUTVAL that one prints is a value, each PUTNOTIF a notification.

import { bad, good, type Result } from '../../base/result.ts';
import type { RunningProgram } from '../../host/outside.ts';
import type { ConfItem } from '../conf.ts';
import { texts } from '../options.ts';
import type { Asker, AskingHost, AskingPlugin } from '../plugin.ts';
import { programEnvironment } from '../notification.ts';
import { parsePutnotif } from '../putnotif.ts';
import { parsePutval } from '../putval.ts';

export interface ExecOptions {
  /** Each: user, program, arguments. */
  readonly programs: Programs;
  /** Those that are told what a threshold finds. */
  readonly notified: Programs;
}

type Programs = Readonly<Record<number, readonly string[]>>;

export const exec: AskingPlugin<ExecOptions> = {
  name: 'exec',
  defaults: { programs: {}, notified: {} },
  special: {
    exec: (options, item) =>
      withProgram(options.programs, item, (programs) => ({ ...options, programs })),
    notificationexec: (options, item) =>
      withProgram(options.notified, item, (notified) => ({ ...options, notified })),
  },
  start: (options, host) => makeAsker(options, host),
};

const WORDS_MAX = 64;

function withProgram(
  before: Programs,
  item: ConfItem,
  put: (programs: Programs) => ExecOptions,
): Result<ExecOptions> {
  const words = texts(item, 2, WORDS_MAX);
  if (!words.ok) return words;
  // As collectd: a mistake in a program that root runs costs too much.
  if (/^root(?::|$)/.test(words.value[0] ?? ''))
    return bad(`Line ${item.line}: ${item.key} runs no program as root; name another user.`);
  return good(put({ ...before, [Object.keys(before).length]: words.value }));
}

function makeAsker(options: ExecOptions, host: AskingHost): Asker {
  const programs = Object.values(options.programs).map((words) => makeProgram(words, host));
  return {
    read(done) {
      const isIdle = programs.length === 0;
      if (isIdle && Object.keys(options.notified).length > 0) return done(good([]));
      if (isIdle) return done(bad('its block has no Exec'));
      const reasons = programs.flatMap((program) => program.keepRunning() ?? []);
      done(reasons.length === programs.length ? bad(reasons.join('; ')) : good([]));
    },
    stop() {
      for (const program of programs) program.stop();
    },
  };
}

interface Program {
  /** Starts it when it does not run; why it ended badly the last time. */
  keepRunning(): string | null;
  stop(): void;
}

/** The least that makes a difference in seconds since 1970. */
const TIME_STEP_S = 1e-6;

function makeProgram(words: readonly string[], host: AskingHost): Program {
  const [user = '', program = '', ...args] = words;
  const { log, outside, clock, hostname, intervalS, types } = host;
  const environment = programEnvironment(hostname, intervalS);
  let running: RunningProgram | null = null;
  let why: string | null = null;
  let lastNowS = 0;

  /** Lines that come at once have a time each, since of two values with one time the second is refused. */
  function nextNowS(): number {
    const nowS = clock.now() / 1000;
    const isSame = nowS <= lastNowS && lastNowS - nowS < 1;
    return (lastNowS = isSame ? lastNowS + TIME_STEP_S : nowS);
  }

  function printed(line: string): void {
    if (line === '' || line.startsWith('#')) return;
    const parsed = /^PUTNOTIF\b/i.test(line) ? notified(line) : put(line);
    if (!parsed.ok) log.say('warning', `${program} printed what cannot be read: ${parsed.why}`);
  }

  function put(line: string): Result<unknown> {
    const parsed = parsePutval(line, nextNowS(), intervalS, types);
    if (parsed.ok) host.dispatch(parsed.value);
    return parsed;
  }

  function notified(line: string): Result<unknown> {
    const parsed = parsePutnotif(line);
    if (parsed.ok) host.notify(parsed.value);
    return parsed;
  }

  function run(): void {
    let hasEnded = false;
    const mine = outside.runProgram(
      { program, args, user, environment },
      {
        printed,
        complained: (line) => log.say('warning', `${program}: ${line}`),
        ended(reason) {
          hasEnded = true;
          running = null;
          why = reason === null ? null : `${program} ${reason}`;
        },
      },
    );
    if (!hasEnded) running = mine;
  }

  return {
    keepRunning() {
      if (running !== null) return null;
      const lastWhy = why;
      why = null;
      run();
      return lastWhy;
    },
    stop() {
      running?.stop();
    },
  };
}
