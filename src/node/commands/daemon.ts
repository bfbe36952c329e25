// What every daemon does: one line `ready` on standard output, logs on standard error, an orderly stop.

import type { Result } from '../../core/base/result.ts';
import type { Log } from '../../core/host/log.ts';
import { endProcess } from '../end-process.ts';
import { makeNodeLog } from '../log.ts';

export interface Daemon {
  /** What listens where, for the line `ready`. */
  readonly ready: string;
  /** What its configuration says without effect; told once it runs, so that a failure is one line. */
  readonly warnings: readonly string[];
  /** Resolves when everything accepted is on disk or handed over; else with why it is not. */
  stop(): Promise<string | null>;
}

/** A stop that takes longer is a failure that must be told. */
const STOP_MS_MAX = 4800;

/** Runs until SIGTERM or SIGINT. A bad result ends the process with its sentence. */
export function runDaemon(started: Result<Daemon>): void {
  if (!started.ok) {
    console.error(started.why);
    process.exit(1);
  }
  const daemon = started.value;
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    // A second Ctrl-C does not wait. A second SIGTERM comes from supervisors that repeat themselves.
    if (isStopping && signal === 'SIGINT') process.exit(1);
    if (isStopping) return;
    isStopping = true;
    setTimeout(
      () => end(`The stop took more than ${STOP_MS_MAX} ms and was cut off.`),
      STOP_MS_MAX,
    );
    void daemon.stop().then(end);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  for (const warning of daemon.warnings) console.error(warning);
  console.log(`ready  ${daemon.ready}`);
}

function end(why: string | null): void {
  if (why !== null) console.error(why);
  void endProcess(why === null ? 0 : 1);
}

export function daemonLog(): Log {
  return makeNodeLog((line) => process.stderr.write(line));
}
