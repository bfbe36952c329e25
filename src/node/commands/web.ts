// `stacklab web`: Graphite's HTTP API over a tree of Whisper files that another process writes, and the site.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { makeWhisperStore } from '../../api/whisper-store.ts';
import { bad, good, type Result } from '../../core/base/result.ts';
import type { Address } from '../../core/host/net.ts';
import { EVENTS_FILE, openEventLog } from '../../core/events/event-log.ts';
import { whySlot } from '../../core/trace/why-slot.ts';
import { openTagLog, TAGS_FILE } from '../../core/tags/tag-log.ts';
import { makeTree } from '../../core/whisper/tree.ts';
import { makeNodeClock } from '../clock.ts';
import { makeNodeFiles } from '../files.ts';
import { dashboardsIn, progressIn } from '../page-files.ts';
import { startWeb } from '../web.ts';
import { daemonLog, runDaemon, type Daemon } from './daemon.ts';
import { parseAddress, showAddress, stateFolder } from './options.ts';
import type { Place } from './place.ts';

interface Options {
  readonly data: string;
  readonly config: string;
  readonly state?: string;
  readonly listen: Address;
  readonly host: readonly string[];
}

export function addWeb(program: Command, place: Place): void {
  program
    .command('web')
    .description('the Graphite API over a tree of Whisper files, read only, and the site')
    .requiredOption('--data <dir>', 'the tree of Whisper files')
    .requiredOption('--config <dir>', 'configuration; dashboards/*.json in it are offered')
    .option(
      '--state <dir>',
      'where progress is kept (default: the data folder with -state behind it)',
    )
    .requiredOption(
      '--listen <ip:port>',
      'address of the API; port 0 is any free one',
      parseAddress,
    )
    .option('--host <name...>', 'further names under which it may be asked', [])
    .action(async (options: Options) => runDaemon(await start(options, place)));
}

async function start(options: Options, place: Place): Promise<Result<Daemon>> {
  for (const folder of [options.data, options.config])
    if (!existsSync(folder) || !statSync(folder).isDirectory())
      return bad(`There is no folder ${folder}.`);
  const clock = makeNodeClock();
  const log = daemonLog();
  const state = makeNodeFiles(stateFolder(options));
  const tree = makeTree(makeNodeFiles(options.data, 'r'));
  const startedAtS = Math.floor(clock.now() / 1000);

  const web = await startWeb(
    {
      store: makeWhisperStore({
        tree: {
          find: (pattern) => tree.find(pattern),
          exists: (path) => tree.exists(path),
          reach: (path, now) => tree.reach(path, now),
          why: (path, question, time) =>
            tree.look(path, (file) => whySlot(file, question, time, null)),
          fetch(path, from, until, now) {
            const slots = tree.read(path, from, until, now);
            if (!slots.ok) log.say('warning', slots.why, { metric: path });
            return slots;
          },
        },
        cache: null,
        take: null,
      }),
      clock,
      tags: openTagLog(state, TAGS_FILE, log),
      events: openEventLog(state, EVENTS_FILE, log),
      hosts: [options.listen.host, ...options.host],
      stacklab: {
        status: () => ({
          version: place.version,
          places: {},
          startedAtS,
          pointsPerSecond: null,
        }),
        // Neither StatsD nor Carbon is known to this process.
        send: () => undefined,
        where: () => bad('Only the stack of `up` knows what became of points.'),
        progress: progressIn(stateFolder(options)),
        dashboards: dashboardsIn(join(options.config, 'dashboards')),
      },
      told: () => undefined,
    },
    place.siteFolder,
    options.listen,
  );
  if (!web.ok) return web;
  const { address, close } = web.value;
  const site = place.siteFolder === null ? '(API alone)' : '';
  return good({
    ready: `web  http://${showAddress(address)}/  data ${options.data}  ${site}`.trimEnd(),
    warnings: [],
    stop() {
      close();
      return Promise.resolve(null);
    },
  });
}
