// The whisper commands that change, mend and explain files, as processes. Whether they agree with Debian's tools is
// seen in test/peers/whisper-tools.test.ts.

import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killAll, PROGRAM, run, type Ended } from './program.ts';

const NOW = '1700000040';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-whisper-'));
  file = join(folder, 'a.wsp');
  await makeFile(file, 10);
});

afterEach(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

const whisper = (...args: readonly string[]): Promise<Ended> => run(['whisper', ...args]);

/** A point of 1 every so many seconds, for the last ten minutes. */
async function makeFile(path: string, everyS: number): Promise<void> {
  await whisper('create', path, '10s:10m', '1m:2h', '--aggregationMethod', 'sum');
  const lines = Array.from({ length: 600 / everyS }, (_, i) => `${Number(NOW) - i * everyS}:1`);
  await run(['whisper', 'update', '--now', NOW, path], `${lines.join('\n')}\n`);
}

async function values(path: string): Promise<readonly string[]> {
  const { out } = await whisper('fetch', path, '--now', NOW, '--from', String(Number(NOW) - 600));
  return out
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[1] ?? '');
}

describe('whisper resize', () => {
  it('with --aggregate adds up what belongs together, and keeps the old file as .bak', async () => {
    const before = readFileSync(file);
    const ended = await whisper('resize', '--aggregate', '--now', NOW, file, '30s:1h');
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out.split('\n')).toEqual([
      'Retrieving all data from the archives',
      `Creating new whisper database: ${file}.tmp`,
      `Created: ${file}.tmp (1468 bytes)`,
      'Migrating data with aggregation...',
      `Renaming old database to: ${file}.bak`,
      `Renaming new database to: ${file}`,
      '',
    ]);
    expect(readFileSync(`${file}.bak`)).toEqual(before);
    expect((await values(file)).slice(1, -1).every((value) => value === '3.000000')).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['a.wsp', 'a.wsp.bak']);
  });

  it.each([
    [
      ['1s:1m', '2s:4m', '10s:1h'],
      /\nFiner than the old file: 1s:1m and 2s:4m begin empty, because a value of 10 s is not spread over slots of 2 s; points from now on fill them\.\n$/,
    ],
    [
      ['1s:1h'],
      /\nFiner than the old file: in 1s:1h each old value stands in one slot, with empty ones behind it, because a value of 10 s is not/,
    ],
    [['1s:1m', '5s:1h'], /: 1s:1m begins empty, and in 5s:1h each old value stands in one slot,/],
    [['10s:1h'], /^(?![^]*Finer)/],
  ])('with --aggregate to %j says at its end which slots stay empty', async (archives, said) => {
    const resize = (...more: readonly string[]): Promise<Ended> =>
      whisper('resize', '--now', NOW, file, ...archives, ...more);
    const copy = join(folder, 'new.wsp');
    expect((await resize('--aggregate', '--newfile', copy)).out).toMatch(said);
    expect((await resize('--newfile', join(folder, 'copied.wsp'))).out).not.toContain('Finer');
    expect((await resize('--aggregate', '--quiet', '--newfile', join(folder, 'q.wsp'))).out).toBe(
      '',
    );
    expect((await resize('--aggregate', '--nobackup')).out).toMatch(said);
  });

  it.each([
    ['archives that break a rule', ['7s:1m', '10s:1h'], 'must evenly divide'],
    ['a method that there is not', ['10s:1h', '--aggregationMethod', 'median'], 'Unrecognized'],
    ['an unknown unit', ['10x:1h'], "Invalid unit 'x'"],
  ])('refuses %s, and leaves the old file alone', async (_, args, why) => {
    const before = readFileSync(file);
    const ended = await whisper('resize', file, ...args);
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/^\[ERROR\] /);
    expect(ended.err).toContain(why);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['a.wsp']);
  });

  it('is silent with --quiet, and gives the new file to whom it is said', async () => {
    const { uid, gid } = statSync(file);
    const owner = ['--chown-uid', String(uid), '--chown-gid', String(gid)];
    const ended = await whisper('resize', file, '10s:1h', '--quiet', '--nobackup', ...owner);
    expect(ended).toEqual({ code: 0, out: '', err: '' });
    expect(readdirSync(folder)).toEqual(['a.wsp']);
    expect(statSync(file).size).toBe(16 + 12 + 12 * 360);
  });

  // Skipped for root, whom no folder refuses.
  it.skipIf(process.getuid?.() === 0)(
    'leaves everything as it was in a folder without rights',
    async () => {
      const before = readFileSync(file);
      chmodSync(folder, 0o555);
      const ended = await whisper('resize', file, '10s:1h');
      chmodSync(folder, 0o755);
      expect(ended.code).toBe(1);
      expect(readFileSync(file)).toEqual(before);
      expect(readdirSync(folder)).toEqual(['a.wsp']);
    },
  );

  it('keeps the old file when it cannot be kept as .bak', async () => {
    mkdirSync(join(folder, 'a.wsp.bak', 'x'), { recursive: true });
    const before = readFileSync(file);
    const ended = await whisper('resize', file, '10s:1h');
    expect(ended.code).toBe(1);
    expect(ended.err).toContain(`${file} stays as it was`);
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(`${file}.tmp`)).toBe(false);
  });
});

describe('on a disk that is full', () => {
  // No file may grow beyond a kilobyte, as if that were all there is.
  const onFullDisk = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const script = `trap '' XFSZ; ulimit -f 1; exec "$@"`;
      const command = ['-c', script, 'bash', process.execPath, PROGRAM, 'whisper', ...args];
      execFile('/bin/bash', command, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });

  it.each([[[]], [['--aggregate']]])('resize %j leaves the old file as it was', async (flags) => {
    const before = readFileSync(file);
    const ended = await onFullDisk('resize', ...flags, '--now', NOW, file, '1s:1h');
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/^\[ERROR\] Writing .* failed: EFBIG/);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['a.wsp']);
  });

  it('find-corrupt --repair leaves the broken file as it was', async () => {
    truncateSync(file, 1500);
    const before = readFileSync(file);
    const ended = await onFullDisk('find-corrupt', '--repair', folder);
    expect(ended.code).toBe(0);
    expect(ended.err).toMatch(/left as it is: .*EFBIG/);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['a.wsp']);
  });
});

describe('whisper merge, fill and diff', () => {
  it('say in one line which file is not there', async () => {
    const missing = join(folder, 'missing.wsp');
    for (const command of ['merge', 'fill', 'diff'])
      for (const pair of [
        [file, missing],
        [missing, file],
      ])
        expect(await whisper(command, ...pair)).toEqual({
          code: 1,
          out: '',
          err: `[ERROR] File "${missing}" does not exist!\n`,
        });
  });

  it('bring two files together', async () => {
    const other = join(folder, 'b.wsp');
    await whisper('create', other, '10s:10m', '1m:2h', '--aggregationMethod', 'sum');
    const summary = (): Promise<Ended> =>
      whisper('diff', '--summary', '--columns', '--now', NOW, file, other);
    expect((await summary()).out).toBe('archive total differing\n0 60 60\n1 1 1\n');
    expect(await whisper('merge', '--now', NOW, file, other)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect((await summary()).out).toBe('archive total differing\n0 60 0\n1 1 0\n');
  });
});

describe('whisper find-corrupt', () => {
  it('names what is broken, mends what can be mended, and keeps the old file', async () => {
    const at = (name: string): string => join(folder, name);
    copyFileSync(file, at('cut.wsp'));
    truncateSync(at('cut.wsp'), 700);
    writeFileSync(at('empty.wsp'), '');
    writeFileSync(at('zeros.wsp'), Buffer.alloc(400));
    const cut = readFileSync(at('cut.wsp'));
    const looked = await whisper('find-corrupt', folder);
    expect(looked).toMatchObject({ code: 0, out: '' });
    expect(looked.err.split('\n')).toEqual([
      `Damaged Whisper file: ${at('cut.wsp')}`,
      '  With --repair: the file was cut at byte 700 of 2200; the rest is made of empty slots',
      `Corrupt Whisper file: ${at('empty.wsp')}`,
      `  The file is empty (${at('empty.wsp')})`,
      `Corrupt Whisper file: ${at('zeros.wsp')}`,
      `  The file holds nothing but zeros (${at('zeros.wsp')})`,
      '',
    ]);
    const repaired = await whisper('find-corrupt', '--repair', '--delete-corrupt', folder);
    expect(repaired.err).toContain(`Repaired Whisper file: ${at('cut.wsp')}\n  the file was cut`);
    expect(repaired.err).toContain(`Deleting corrupt Whisper file: ${at('zeros.wsp')}`);
    expect(readFileSync(at('cut.wsp.bak'))).toEqual(cut);
    expect(readdirSync(folder).sort()).toEqual(['a.wsp', 'cut.wsp', 'cut.wsp.bak']);
    expect(await whisper('find-corrupt', '--repair', folder)).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect((await whisper('info', at('cut.wsp'), 'fileSize')).out).toBe('2200\n');
  });

  it('leaves a file of go-carbon alone, which is no Whisper file and not corrupt', async () => {
    const other = join(folder, 'b.wsp');
    writeFileSync(other, `whisper_compressed${'x'.repeat(300)}`);
    const ended = await whisper('find-corrupt', '--delete-corrupt', '--repair', folder);
    expect(ended.err).toBe(`Compressed by go-carbon, left as it is: ${other}\n`);
    expect(readdirSync(folder).sort()).toEqual(['a.wsp', 'b.wsp']);
  });
});

describe('whisper explain', () => {
  it('prints a line for each step, and the same as JSON', async () => {
    const question = ['--now', NOW, '--from', String(Number(NOW) - 60)];
    const lines = (await whisper('explain', file, ...question)).out.trim().split('\n');
    const { steps, ...asked } = JSON.parse(
      (await whisper('explain', file, ...question, '--json')).out,
    ) as { steps: { stage: string; verdict: string; reason: string; place: unknown }[] };
    expect(asked).toEqual({
      path: file,
      from: Number(NOW) - 60,
      until: Number(NOW),
      now: Number(NOW),
    });
    expect(steps.map(({ stage }) => stage)).toEqual([
      'window',
      'archive 0',
      'points',
      'ring',
      'rollup 1',
    ]);
    expect(lines).toHaveLength(steps.length);
    for (const [i, { stage, verdict, reason }] of steps.entries())
      for (const part of [stage, verdict, reason]) expect(lines[i]).toContain(part);
  });

  it('answers a file that is none with its error', async () => {
    writeFileSync(file, 'not a whisper file at all');
    const ended = await whisper('explain', file);
    expect(ended).toEqual({ code: 1, out: '', err: `[ERROR] Unable to read header (${file})\n` });
  });
});

describe('whisper doctor', () => {
  const doctor = (...more: readonly string[]): Promise<Ended> =>
    whisper(
      'doctor',
      '--config',
      join(folder, 'conf'),
      '--data',
      join(folder, 'data'),
      '--now',
      NOW,
      ...more,
    );

  beforeEach(async () => {
    for (const name of ['conf', 'data/stats']) mkdirSync(join(folder, name), { recursive: true });
    copyFileSync(file, join(folder, 'data/stats/a.wsp'));
    await makeFile(join(folder, 'data/stats/rare.wsp'), 30);
    const schemas = '[all]\npattern = ^stats\\.\nretentions = 10s:10m,1m:2h\n';
    writeFileSync(join(folder, 'conf/storage-schemas.conf'), schemas);
    writeFileSync(
      join(folder, 'conf/storage-aggregation.conf'),
      '[all]\npattern = .*\naggregationMethod = sum\nxFilesFactor = 0.5\n',
    );
  });

  it('ends with 1 and a command that helps when something is wrong, and with 0 when nothing is', async () => {
    const ill = await doctor();
    expect(ill).toMatchObject({ code: 1, err: '' });
    const rare = join(folder, 'data/stats/rare.wsp');
    expect(ill.out).toContain('so that nothing is rolled up: 1 file\n');
    expect(ill.out).toMatch(/2 files looked at, 1 finding\n$/);
    const command = /stacklab (whisper set-xfilesfactor .*)/.exec(ill.out)?.[1] ?? '';
    expect(command).toBe(`whisper set-xfilesfactor ${rare} 0.33`);
    expect((await run(command.split(' '))).code).toBe(0);
    // Now it is rolled up otherwise than the configuration says, and that is said.
    expect((await doctor()).out).toContain('[all] of storage-aggregation.conf says sum with 0.5');
    rmSync(rare);
    expect(await doctor()).toEqual({ code: 0, out: '1 file looked at, 0 findings\n', err: '' });
  });

  it('offers a resize that makes a file what the configuration says', async () => {
    rmSync(join(folder, 'data/stats/rare.wsp'));
    writeFileSync(
      join(folder, 'conf/storage-schemas.conf'),
      '[all]\npattern = .*\nretentions = 30s:1h\n',
    );
    const ill = await doctor();
    const command = /stacklab (whisper resize .*)/.exec(ill.out)?.[1] ?? '';
    expect((await run([...command.split(' '), '--now', NOW])).code).toBe(0);
    expect((await doctor()).code).toBe(0);
    expect((await values(join(folder, 'data/stats/a.wsp')))[5]).toBe('3.000000');
  });

  it('says what several points in a slot come to, when it is told the interval of the sender', async () => {
    const ill = await doctor('--interval', '5s');
    expect(ill.code).toBe(1);
    expect(ill.out).toContain('has slots of 10 s, so of a point every 5 s only one in 2 stays');
  });

  it('wants a configuration', async () => {
    rmSync(join(folder, 'conf/storage-schemas.conf'));
    const ended = await doctor();
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('storage-schemas.conf cannot be read');
    expect(existsSync(file)).toBe(true);
  });
});
