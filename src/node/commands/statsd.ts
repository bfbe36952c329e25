// `stacklab statsd FILE`: StatsD alone, told by a configuration file of the real program.

import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { bad, good, type Result } from '../../core/base/result.ts';
import type { Log } from '../../core/host/log.ts';
import type { Address } from '../../core/host/net.ts';
import type { TallyFile } from '../../core/statsd/kept-tally.ts';
import { KEPT_IN_STRICT, STRICT_CHANGES } from '../../core/statsd/strict.ts';
import { makeStatsd, type Statsd } from '../../core/statsd/statsd.ts';
import { makeNodeClock } from '../clock.ts';
import { readStatsdFile } from '../conf.ts';
import { makeNodeFiles } from '../files.ts';
import { makeKernelDrops } from '../kernel-drops.ts';
import { makeNodeNet } from '../net.ts';
import { readNamed } from '../small-files.ts';
import { openSpools } from '../spools.ts';
import { OWN_OPTIONS, type ReadStatsdConfig } from '../statsd-config.ts';
import { makeManager } from '../statsd-manager.ts';
import { makeFlushPrinter, makeKeyTeller } from '../statsd-output.ts';
import { listenUnix } from '../unix-socket.ts';
import { watchFiles } from '../watched-files.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { showAddress, strictHelp } from './options.ts';

export function addStatsd(program: Command): void {
  program
    .command('statsd')
    .description('StatsD alone: counts packets, sends sums to Carbon')
    .argument('<file>', 'a StatsD configuration: an object of JavaScript without code, or JSON')
    .addHelpText('after', ownOptionsHelp())
    .addHelpText('after', strictHelp('strict: true', STRICT_CHANGES, KEPT_IN_STRICT))
    .action(async (file: string) => {
      runDaemon(await start(file));
      // What the real program says, and what scripts wait for.
      console.log('server is up');
    });
}

function ownOptionsHelp(): string {
  const lines = Object.entries(OWN_OPTIONS).map(([option, what]) => `  - ${option}: ${what}\n`);
  return `
Options that the real program does not have:
${lines.join('')}
A counter that it does not have, on Linux: packets_dropped_by_kernel, beside packets_received.
`;
}

/** How often the file is looked at. */
const RELOAD_MS = 1000;

async function start(file: string): Promise<Result<Daemon>> {
  const text = readNamed(file);
  if (!text.ok) return text;
  const read = readStatsdFile(text.value, file);
  if (!read.ok) return read;
  const { config, warnings, title } = read.value;
  const spools = openSpools(config.spool === null ? [] : [config.spool]);
  if (!spools.ok) return bad(`${file}: ${spools.why}`);
  const { spoolOf, close } = spools.value;
  if (title !== null) process.title = title;
  const log = daemonLog();
  const clock = makeNodeClock();
  let current = read.value;
  /** Flushes before the file was read. */
  let flushesBefore = 0;
  const manager = makeManager(
    () => current.file,
    () => statsd.stats().flushes > flushesBefore,
  );
  const statsd: Statsd = makeStatsd(
    {
      clock,
      net: makeNodeNet(),
      listenUnix,
      log,
      manager,
      ...(config.spool === null ? {} : { spool: spoolOf(config.spool) }),
      ...(config.stateFile === null ? {} : { tallyFile: tallyFileAt(config.stateFile) }),
      kernelDrops: makeKernelDrops(),
      printFlush: makeFlushPrinter(config),
      keysCounted: makeKeyTeller(config, log),
    },
    config,
  );
  const opened = await new Promise<Result<readonly Address[]>>((resolve) => statsd.start(resolve));
  if (!opened.ok) {
    close();
    return opened;
  }
  const listening = opened.value.map((at, i) => {
    const name = config.servers[i]?.protocol ?? 'management';
    return `${name} ${name === 'unix' ? at.host : showAddress(at)}`;
  });
  if (current.reloads)
    watchFiles(clock, RELOAD_MS, [file], () => {
      const next = reread(file, log);
      if (!next) return;
      current = next;
      flushesBefore = statsd.stats().flushes;
      statsd.configure(next.config);
    });
  const target =
    config.graphite === null
      ? 'sends nothing (no graphiteHost)'
      : `to ${showAddress(config.graphite)}`;
  return good({
    ready: ['statsd', ...listening, target, `every ${config.flushIntervalMs} ms`].join('  '),
    warnings,
    async stop() {
      const unsent = await new Promise<number>((resolve) => statsd.stop(resolve));
      close();
      if (unsent === 0) return null;
      if (config.spool === null) return `${unsent} flushes were not taken by Carbon and are lost.`;
      log.say('info', 'Flushes wait for Carbon on the disk.', { flushes: unsent });
      return null;
    },
  });
}

function tallyFileAt(path: string): TallyFile {
  return { files: makeNodeFiles(dirname(path)), name: basename(path) };
}

/** A file with a mistake changes nothing. */
function reread(file: string, log: Log): ReadStatsdConfig | null {
  const text = readNamed(file);
  const read = text.ok ? readStatsdFile(text.value, file) : text;
  if (!read.ok) {
    log.say('warning', 'The configuration was not read again.', { why: read.why });
    return null;
  }
  log.say('info', 'The configuration was read again.', { file });
  return read.value;
}
