// What the real collectd and ours make of the same collectd.conf, as python3-whisper reads it.

import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Points } from '../tools/stored-file.ts';
import { collectBoth, dataIn, HOSTS } from './collectd-pair.ts';
import { collectd, describeBeside, folderForEach, PYTHON, pythonWhisper } from './peer.ts';
import { fileIn } from './stored.ts';

const PLUGINS = ['cpu', 'memory', 'load', 'df', 'interface', 'processes', 'swap'];
/** Parts that make up a whole which does not change. */
const PARTS = {
  'memory/memory-': ['used', 'free', 'cached', 'buffered', 'slab_recl', 'slab_unrecl'],
  'df-root/df_complex-': ['used', 'free', 'reserved'],
  'swap/swap-': ['used', 'free', 'cached'],
};
const PROCESSES_APART_MAX = 5;

const folder = folderForEach();
const data = (): string => dataIn(folder());

describeBeside([collectd, pythonWhisper], 'beside the real collectd', () => {
  it('makes the same names with the options that every plugin has by itself', async () => {
    const { theirs, ours } = await collectBoth(folder(), { plugins: PLUGINS });
    expectSameNames(theirs, ours);
    for (const name of ['cpu-0/cpu-idle', 'memory/memory-used', 'interface-lo/if_octets/rx'])
      expect(theirs).toContain(`HOST/${name}.wsp`);
    expect(pythonReads()).toBe(theirs.length + ours.length);
  });

  it('sees as much memory, as large a root and as many sleeping processes', async () => {
    await collectBoth(folder(), { plugins: PLUGINS });
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
    const blocks = `
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
    const { theirs, ours } = await collectBoth(folder(), { plugins: PLUGINS, blocks, node });
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
