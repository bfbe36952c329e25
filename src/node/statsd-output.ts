// What StatsD writes for a person beside its flushes.

import { appendFileSync } from 'node:fs';
import { inspect } from 'node:util';
import type { Log } from '../core/host/log.ts';
import type { StatsdConfig } from '../core/statsd/config.ts';
import type { ConsoleFlush } from '../core/statsd/console-flush.ts';
import type { KeyCount } from '../core/statsd/key-flush.ts';
import { messageOf } from './files.ts';

/** For `keyFlush`: one line a key, to its log or to standard output. */
export function makeKeyTeller(config: StatsdConfig, log: Log): (keys: readonly KeyCount[]) => void {
  const path = config.keyFlush?.log ?? null;
  return (keys) => {
    const now = String(new Date());
    const text = keys.map(({ key, count }) => `${now} count=${count} key=${key}\n`).join('');
    if (path === null) {
      process.stdout.write(text);
      return;
    }
    try {
      appendFileSync(path, text);
    } catch (error) {
      log.say('warning', 'Could not write the log of keyFlush.', { why: messageOf(error) });
    }
  };
}

/** The console backend, to the byte as the real one prints. */
export function makeFlushPrinter({
  prettyprint,
}: StatsdConfig): (timeS: number, flush: ConsoleFlush) => void {
  return (timeS, flush) => {
    console.log('Flushing stats at ', new Date(timeS * 1000).toString());
    console.log(prettyprint ? inspect(flush, { depth: 5, colors: true }) : flush);
  };
}
