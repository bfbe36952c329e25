// The command `stacklab`. Each sub-command is described where it is made; --help shows what works.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { addCarbon } from './commands/carbon.ts';
import { addCheck } from './commands/check.ts';
import { addCollector } from './commands/collector.ts';
import type { Place } from './commands/place.ts';
import { addStatsd } from './commands/statsd.ts';
import { addStatsdProxy } from './commands/statsd-proxy.ts';
import { addUp } from './commands/up.ts';
import { addWeb } from './commands/web.ts';
import { addWhisper } from './commands/whisper.ts';
import { messageOf } from './files.ts';

const VERSION = '0.1.0';
/** A bad argument, as the daemons of this field answer it. */
const EXIT_BAD_ARGUMENT = 2;

const folder = fileURLToPath(new URL('.', import.meta.url));
const site = join(folder, 'site');
const place: Place = {
  version: VERSION,
  folder,
  siteFolder: existsSync(site) ? site : null,
};

const program = new Command('stacklab')
  .description('Two stacks, one lab: a monitoring stack small enough to read, and a Python course.')
  .version(VERSION)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_ARGUMENT))
  .configureOutput({ outputError: (text, write) => write(`${oneLine(text)}\n`) });

addUp(program, place);
addCarbon(program);
addStatsd(program);
addStatsdProxy(program);
addCollector(program);
addWeb(program, place);
addWhisper(program);
addCheck(program, place);

// Whoever reads may stop early, as `head` does: that is no failure.
process.stdout.on('error', () => undefined);

program.parseAsync().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(1);
});

/** One clear line with what was received: suggestions come on a line of their own otherwise. */
function oneLine(text: string): string {
  const received = ['stacklab', ...process.argv.slice(2)].join(' ');
  return `${text.trim().replace(/\s+/g, ' ').replace(/\.?$/, '.')} Received: ${received}`;
}
