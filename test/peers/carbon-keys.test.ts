// Keys of carbon.conf, as Debian's carbon-cache obeys them and as ours does.

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeUtf8 } from '../../src/core/base/text.ts';
import { frameOf } from '../../src/core/carbon/frame.ts';
import { pickle, type Pickled } from '../../src/core/carbon/pickle-out.ts';
import { eventually } from '../node/program.ts';
import { startPair, type Pair } from './pair.ts';
import { carbonCache, describeBeside, folderForEach } from './peer.ts';
import { ask, isOpenAfter, sendLines } from './send.ts';
import { pathsBelow } from './stored.ts';

const TREES = ['theirs', 'ours'] as const;
/** The writers of both come by within this time, and more. */
const QUIET_MS = 2500;

const folder = folderForEach();
const filesOf = (tree: string): readonly string[] => pathsBelow(join(folder(), tree));
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function sendBoth(pair: Pair, lines: string): Promise<void> {
  for (const tree of TREES) await sendLines(pair[tree].line, lines);
}

/** Both trees have the files. */
function untilBothHave(path: string): Promise<true> {
  return eventually(() => TREES.every((tree) => filesOf(tree).includes(path)) || null);
}

const TAGGED = ['t.x;b=2;a=1', 't.s;a=x/y.z', '~t.w;a=x', 't.y;b', 'om{x="1"}', 'plain.name'];
const LINES = TAGGED.map((name) => `${name} 1 -1\n`).join('');

describeBeside([carbonCache], "carbon.conf beside Debian's carbon-cache", () => {
  it('names files of tagged metrics as it says, and renames them when it changes', async () => {
    const byName = await startPair(folder(), { TAG_HASH_FILENAMES: 'False' });
    await sendBoth(byName, LINES);
    await untilBothHave('plain/name.wsp');
    await byName.stop();
    expect(filesOf('ours')).toEqual(filesOf('theirs'));
    expect(filesOf('ours').join()).toContain('/t_DOT_s;a=x/y_DOT_z.wsp');

    const byHash = await startPair(folder(), {});
    await sendBoth(byHash, LINES.replaceAll(' 1 ', ' 2 ') + 'plain.after 1 -1\n');
    await untilBothHave('plain/after.wsp');
    await byHash.stop();
    expect(filesOf('ours')).toEqual(filesOf('theirs'));
    expect(filesOf('ours').join()).not.toContain('_DOT_');
  });

  it('keeps out what the lists keep out', async () => {
    mkdirSync(join(folder(), 'conf'));
    const list = (name: string, text: string): void =>
      writeFileSync(join(folder(), 'conf', name), text);
    list('whitelist.conf', '# who may in\n^in\\.\n#^out\n  ^spaced\\.\n[broken\n');
    list('blacklist.conf', 'noisy$\n;b=2;a=1$\n');
    const pair = await startPair(folder(), { USE_WHITELIST: 'True' });
    const names = [
      'in.a',
      'out.a',
      'in.noisy',
      'spaced.a',
      'in.t;b=2;a=1',
      'in.t;a=1;c=2',
      'x.in.',
    ];
    await sendBoth(pair, [...names, 'in.end'].map((name) => `${name} 1 -1\n`).join(''));
    await untilBothHave('in/end.wsp');
    await pair.stop();
    expect(filesOf('ours')).toEqual(filesOf('theirs'));
    expect(filesOf('ours')).toHaveLength(4);
  });

  it('closes connections that bring no points for METRIC_CLIENT_IDLE_TIMEOUT', async () => {
    const pair = await startPair(folder(), { METRIC_CLIENT_IDLE_TIMEOUT: 1 });
    for (const tree of TREES) {
      const open = await isOpenAfter(pair[tree].line, encodeUtf8('a 1 -1\nbad\n'), 3500);
      expect([tree, open]).toEqual([tree, false]);
    }
    await pair.stop();
  });

  it('reads no more than MAX_RECEIVER_CONNECTIONS at once', async () => {
    const pair = await startPair(folder(), { MAX_RECEIVER_CONNECTIONS: 1 });
    for (const tree of TREES) {
      const first = connect(pair[tree].line, '127.0.0.1').resume();
      first.write('first.a 1 -1\n');
      await eventually(() => filesOf(tree).includes('first/a.wsp') || null);
      const second = connect(pair[tree].pickle, '127.0.0.1').resume();
      second.write(frameOf(pickle([{ tuple: ['second.a', { tuple: [-1n, 1] }] }])));
      await wait(QUIET_MS);
      expect([tree, filesOf(tree)]).toEqual([tree, ['first/a.wsp']]);
      first.end();
      await eventually(() => filesOf(tree).includes('second/a.wsp') || null);
      second.destroy();
    }
    await pair.stop();
  });

  it('tells the same names about itself', async () => {
    const pair = await startPair(folder(), {
      CARBON_METRIC_INTERVAL: 1,
      CARBON_METRIC_PREFIX: 'own.carbon',
    });
    const query = new Map<string, Pickled>([
      ['type', 'cache-query-bulk'],
      ['metrics', ['a', 'b']],
    ]);
    await sendBoth(pair, 'a 1 -1\n');
    for (const tree of TREES) await ask(pair[tree].query, frameOf(pickle(query)));
    // Ours is quick: every name is told within two readings.
    await eventually(() => filesOf('theirs').some((path) => path.includes('bulk_quer')) || null);
    await wait(QUIET_MS);
    await pair.stop();
    expect(filesOf('ours')).toEqual(filesOf('theirs'));
    expect(filesOf('ours').filter((path) => path.startsWith('own/carbon/agents/'))).toHaveLength(
      19,
    );
  });

  it('reads a list again when it changes', async () => {
    const conf = join(folder(), 'conf');
    mkdirSync(conf);
    writeFileSync(join(conf, 'blacklist.conf'), '^first\n');
    const pair = await startPair(folder(), { USE_WHITELIST: 'True' });
    await sendBoth(pair, 'second.a 1 -1\n');
    await untilBothHave('second/a.wsp');
    writeFileSync(join(conf, 'new'), '^second\n');
    renameSync(join(conf, 'new'), join(conf, 'blacklist.conf'));
    await eventually(async () => {
      await sendBoth(pair, 'second.a 1 -1\nfirst.a 1 -1\n');
      return TREES.every((tree) => filesOf(tree).includes('first/a.wsp')) || null;
    });
    await pair.stop();
    expect(filesOf('ours')).toEqual(filesOf('theirs'));
  });
});
