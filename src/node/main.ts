// The command `stacklab`. Each sub-command is described where it is made; --help shows what works.

import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { defaultHome } from './home.ts';
import { up } from './up.ts';

const VERSION = '0.1.0';
/** Beside this file in dist/. */
const SITE_FOLDER = fileURLToPath(new URL('./site', import.meta.url));
/** A bad argument, as the daemons of this field answer it. */
const EXIT_BAD_ARGUMENT = 2;

const program = new Command('stacklab')
  .description('Two stacks, one lab: a monitoring stack small enough to read, and a Python course.')
  .version(VERSION)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT_BAD_ARGUMENT));

program
  .command('up')
  .description('the whole stack of this machine and the site, on loopback')
  .option('--home <dir>', 'where data, configuration and state are kept', defaultHome())
  .option('--listen <host:port>', 'address of the site', parseAddress, {
    host: '127.0.0.1',
    port: 8080,
  })
  .action(async (options: { home: string; listen: { host: string; port: number } }) => {
    await runUp(options.home, options.listen);
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});

async function runUp(home: string, listen: { host: string; port: number }): Promise<void> {
  const started = await up({
    home,
    host: listen.host,
    port: listen.port,
    siteFolder: existsSync(SITE_FOLDER) ? SITE_FOLDER : null,
    version: VERSION,
    say: (line) => console.log(line),
  });
  if (!started.ok) {
    console.error(started.why);
    process.exit(1);
  }
  console.log(`ready  ${started.value.url}  (Ctrl-C stops it, nothing is lost)`);
  let isStopping = false;
  const stop = (): void => {
    // A second Ctrl-C does not wait.
    if (isStopping) process.exit(1);
    isStopping = true;
    console.log('Stopping: writing what is not on disk yet.');
    void started.value.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function parseAddress(text: string): { host: string; port: number } {
  const match = /^(.+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535)
    throw new InvalidArgumentError(`An address is HOST:PORT, like 127.0.0.1:8080, not "${text}".`);
  return { host: match[1] ?? '', port };
}
