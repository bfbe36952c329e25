// `stacklab up`: the whole stack of this machine and the site.

import type { Command } from 'commander';
import { good } from '../../core/base/result.ts';
import type { Address } from '../../core/host/net.ts';
import { defaultHome } from '../home.ts';
import { up } from '../up.ts';
import { runDaemon } from './daemon.ts';
import { parseAddress } from './options.ts';
import type { Place } from './place.ts';

export function addUp(program: Command, place: Place): void {
  program
    .command('up')
    .description('the whole stack of this machine and the site, on loopback')
    .option('--home <dir>', 'where data, configuration and state are kept', defaultHome())
    .option('--listen <ip:port>', 'address of the site (default: 127.0.0.1:8080)', parseAddress)
    .action((options: { home: string; listen?: Address }) =>
      run(options.home, options.listen ?? { host: '127.0.0.1', port: 8080 }, place),
    );
}

async function run(home: string, listen: Address, place: Place): Promise<void> {
  const started = await up({
    home,
    host: listen.host,
    port: listen.port,
    siteFolder: place.siteFolder,
    version: place.version,
    say: (line) => console.log(line),
  });
  if (!started.ok) return runDaemon(started);
  const { url, stop } = started.value;
  runDaemon(
    good({
      ready: `${url}  (Ctrl-C stops it, nothing is lost)`,
      warnings: [],
      async stop() {
        console.log('Stopping: writing what is not on disk yet.');
        await stop();
        return null;
      },
    }),
  );
}
