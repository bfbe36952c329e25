// The real collectd beside our collector: the same collectd.conf on the same machine, into one Carbon of ours.
//
//   collectd         ("real-host") --.
//                                       +--> stacklab carbon --> Whisper files --> python3-whisper
//   stacklab collector ("our-host") --'

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../node/program.ts';
import type { Points } from '../tools/stored-file.ts';
import { EVERY_SECOND, startOurCarbon, startOurCollector } from './ours.ts';
import {
  collectd,
  COLLECTD,
  describeBeside,
  folderForEach,
  PYTHON,
  pythonWhisper,
  startPeer,
} from './peer.ts';
import { fileIn, pathsBelow } from './stored.ts';

const PLUGINS = ['cpu', 'memory', 'load', 'df', 'interface', 'processes', 'swap'];
const HOSTS = ['real-host', 'our-host'];
/** After so many readings every plugin has told all its names; rates need two. */
const READINGS_MIN = 3;
/** Parts that make up a whole which does not change. */
const PARTS = {
  'memory/memory-': ['used', 'free', 'cached', 'buffered', 'slab_recl', 'slab_unrecl'],
  'df-root/df_complex-': ['used', 'free', 'reserved'],
  'swap/swap-': ['used', 'free', 'cached'],
};
const PROCESSES_APART_MAX = 5;

const folder = folderForEach();
const data = (): string => join(folder(), 'whisper');

describeBeside([collectd, pythonWhisper], 'beside the real collectd', () => {
  it('makes the same names with the options that every plugin has by itself', async () => {
    const { theirs, ours } = await collect('', '');
    expectSameNames(theirs, ours);
    for (const name of ['cpu-0/cpu-idle', 'memory/memory-used', 'interface-lo/if_octets/rx'])
      expect(theirs).toContain(`HOST/${name}.wsp`);
    expect(pythonReads()).toBe(theirs.length + ours.length);
  });

  it('sees as much memory, as large a root and as many sleeping processes', async () => {
    await collect('', '');
    for (const [plugin, parts] of Object.entries(PARTS)) {
      const [theirs = null, ours] = HOSTS.map((host) => [...sums(host, plugin, parts).values()]);
      expect([plugin, ours?.at(-1)]).toEqual([plugin, theirs?.at(-1)]);
    }
    // Processes come and go between two readings, so only the nearest pair counts.
    const [theirs = [], ours = []] = HOSTS.map((host) => [
      ...sums(host, 'processes/ps_state-', ['sleeping']).values(),
    ]);
    const apart = ours.flatMap((count) => theirs.map((other) => Math.abs(count - other)));
    expect(Math.min(...apart)).toBeLessThanOrEqual(PROCESSES_APART_MAX);
  });

  it('makes the same names with percentages, and as write_graphite is told', async () => {
    const plugins = `
<Plugin cpu>
  ReportByCpu false
  ValuesPercentage true
</Plugin>
<Plugin memory>
  ValuesAbsolute false
  ValuesPercentage true
</Plugin>
<Plugin df>
  ValuesPercentage true
</Plugin>
<Plugin load>
  ReportRelative true
</Plugin>
<Plugin interface>
  Interface "lo"
  IgnoreSelected true
</Plugin>
<Plugin swap>
  ReportIO false
</Plugin>
`;
    const node = `
    Prefix "lab."
    Postfix ".collectd"
    SeparateInstances true
    AlwaysAppendDS true
    EscapeCharacter "-"
    StoreRates false
`;
    const { theirs, ours } = await collect(plugins, node);
    expectSameNames(theirs, ours);
    for (const name of ['cpu/percent/idle', 'memory/percent/used'])
      expect(theirs).toContain(`lab/HOST/collectd/${name}/value.wsp`);
  });
});

/**
 * The same set, whatever the hardware, but for df: collectd lists what reports a size, ours leaves out by their
 * type those that hold no files (hugetlbfs has a size when it has pages). What ours lists has the same names.
 */
function expectSameNames(theirs: readonly string[], ours: readonly string[]): void {
  const isOfDf = (name: string): boolean => /\/df[-/]/.test(name);
  expect(ours.filter((name) => !isOfDf(name))).toEqual(theirs.filter((name) => !isOfDf(name)));
  expect(theirs).toEqual(expect.arrayContaining(ours.filter(isOfDf)));
  expect(ours.filter(isOfDf).join()).toContain('root');
}

/** Files that both make of their readings, with HOST for the name of each. */
async function collect(
  plugins: string,
  node: string,
): Promise<{ theirs: readonly string[]; ours: readonly string[] }> {
  writeFileSync(join(folder(), 'storage-schemas.conf'), EVERY_SECOND);
  const carbon = await startOurCarbon(folder(), data());
  const confOf = (host: string): string => {
    const file = join(folder(), `${host}.conf`);
    writeFileSync(file, collectdConf(host, carbon.port, plugins, node));
    return file;
  };
  const peer = await startPeer(COLLECTD, ['-f', '-C', confOf('real-host')], (printed) =>
    printed.includes('entering read-loop'),
  );
  const collector = await startOurCollector(confOf('our-host'));
  await eventually(() => Math.min(...HOSTS.map(readings)) >= READINGS_MIN || null);
  await peer.stop();
  await collector.stop();
  await carbon.stop();
  return { theirs: namesOf('real-host'), ours: namesOf('our-host') };
}

function namesOf(host: string): readonly string[] {
  return pathsBelow(data())
    .filter((path) => path.includes(host))
    .map((path) => path.replace(host, 'HOST'));
}

/** How many readings of a host are on disk. */
function readings(host: string): number {
  // Our Carbon makes a file beside its name, with ".tmp" behind it.
  const isClock = (path: string): boolean => path.includes(host) && path.endsWith('/shortterm.wsp');
  const clock = pathsBelow(data()).find(isClock);
  return clock === undefined ? 0 : (fileIn(data(), clock)?.archives[0]?.size ?? 0);
}

/** The sum of several files, at the times that all of them have. */
function sums(host: string, plugin: string, parts: readonly string[]): Points {
  const files = parts.map((part) => fileIn(data(), `${host}/${plugin}${part}.wsp`)?.archives[0]);
  const times = [...(files[0]?.keys() ?? [])].filter((time) =>
    files.every((points) => points?.has(time)),
  );
  const at = (time: number): number =>
    files.reduce((sum, points) => sum + (points?.get(time) ?? NaN), 0);
  return new Map(times.map((time) => [time, at(time)]));
}

/** How many files the real whisper finds a value in. */
function pythonReads(): number {
  const script = `
import os, sys, whisper
for folder, _, files in os.walk(sys.argv[1]):
    for file in files:
        _, values = whisper.fetch(os.path.join(folder, file), 0)
        print(any(value is not None for value in values))
`;
  const { stdout } = spawnSync(PYTHON, ['-c', script, data()], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line === 'True').length;
}

// Our collector passes over what only the real program needs: folders, and the table of types.
function collectdConf(host: string, port: number, plugins: string, node: string): string {
  const base = join(folder(), 'base');
  mkdirSync(base, { recursive: true });
  return `Hostname "${host}"
FQDNLookup false
BaseDir "${base}"
PIDFile "${join(base, 'pid')}"
PluginDir "/usr/lib/collectd"
TypesDB "/usr/share/collectd/types.db"
Interval 1
${PLUGINS.map((name) => `LoadPlugin ${name}\n`).join('')}
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "${port}"
    Protocol "tcp"
${node}
  </Node>
</Plugin>
${plugins}`;
}
