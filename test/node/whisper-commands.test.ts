// `stacklab whisper …` beside the tools of Debian's python3-whisper: same arguments, same output.

import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killAll, run, type Ended } from './program.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-whisper-'));
  file = join(folder, 'a.wsp');
});

afterEach(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

const whisper = (...args: readonly string[]): Promise<Ended> => run(['whisper', ...args]);
const nowS = (): number => Math.floor(Date.now() / 1000);

it('takes points from standard input, and a time that is said', async () => {
  await whisper('create', file, '10s:1m', '1m:1h');
  const ended = await run(
    ['whisper', 'update', '--now', '5000', file],
    '4950:1\n4970:2.5\r\n4990:-3e2\n100:7\n',
  );
  expect(ended.code).toBe(0);
  expect(ended.err).toBe('1 of 4 points are older than every archive: not written.\n');
  const fetched = await whisper('fetch', file, '--now', '5000', '--from', '4945');
  expect(fetched.out.split('\n')).toEqual([
    '4950\t1.000000',
    '4960\tNone',
    '4970\t2.500000',
    '4980\tNone',
    '4990\t-300.000000',
    '5000\tNone',
    '',
  ]);
});

it('keeps the old file when a new one over it breaks a rule', async () => {
  await whisper('create', file, '10s:1m');
  const before = readFileSync(file);
  const ended = await whisper('create', '--overwrite', file, '7s:1m', '10s:1h');
  expect(ended.code).toBe(1);
  expect(ended.err).toMatch(/^\[ERROR\] Higher precision archives' precision must evenly divide/);
  expect(readFileSync(file)).toEqual(before);
});

// Skipped where Debian's python3-whisper is not installed: CI installs it.
describe.skipIf(!existsSync('/usr/bin/whisper-info'))('beside the tools of Debian', () => {
  function debian(tool: string, args: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const env = { ...process.env, TZ: 'Europe/Berlin' };
      execFile(`/usr/bin/whisper-${tool}`, args, { env }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });
  }

  async function expectSame(tool: string, ...args: readonly string[]): Promise<void> {
    const [theirs, ours] = await Promise.all([debian(tool, args), whisper(tool, ...args)]);
    expect({ args, code: ours.code, out: ours.out }).toEqual({
      args,
      code: theirs.code,
      out: theirs.out,
    });
  }

  /** Values whose text is easy to get wrong: ties, the smallest, the largest, both zeros. */
  const VALUES = ['1.5', '0.0078125', '-0.0234375', '1e-30', '1e22', '-1.7976931348623157e308']
    .concat(['5e-324', '0.0', '-0.0', '1.000000000029103830456733703613281', '123456789.123456789'])
    .concat(['9.9999995', '0.1', 'inf', '-inf']);

  it('prints the same of the same file', async () => {
    await debian('create', [file, '1s:5m', '10s:1h', '1m:1d', '--xFilesFactor', '0.1']);
    const now = nowS();
    const points = VALUES.map((value, i) => `${now - 7 * i}:${value}`);
    await debian('update', [file, ...points, `${now - 2000}:4`, `${now - 7000}:8`]);
    const fields = ['archives', 'xFilesFactor', 'fileSize', 'aggregationMethod', 'nothing'];
    await Promise.all([
      expectSame('info', file),
      expectSame('info', '--json', file),
      ...fields.map((field) => expectSame('info', file, field)),
      expectSame('dump', file),
      expectSame('dump', '--pretty', file),
    ]);
    const from = String(now - 90);
    const until = String(now);
    const format = '%a %A %b %B %d %e %F %H %I %j %m %M %p %S %T %U %w %W %y %Y %%';
    await Promise.all([
      expectSame('fetch', file, '--from', String(now - 120), '--until', until),
      expectSame('fetch', file, '--from', String(now - 120), '--until', until, '--json'),
      expectSame('fetch', file, '--from', String(now - 3000), '--until', until, '--pretty'),
      ...['nulls', 'zeroes', 'empty'].map((drop) =>
        expectSame('fetch', file, '--from', String(now - 9000), '--until', until, '--drop', drop),
      ),
      expectSame('fetch', file, '--from', from, '--until', until, '--pretty', '-t', format),
      expectSame('fetch', file, '--from', String(now + 900), '--until', String(now + 950)),
      expectSame('fetch', join(folder, 'missing.wsp')),
    ]);
  });

  it('prints the same where infinity and minus infinity left a value that is no number', async () => {
    await debian('create', [file, '1s:5m', '1m:1d', '--xFilesFactor', '0']);
    const minute = Math.floor(nowS() / 60) * 60 - 60;
    await debian('update', [file, `${minute + 5}:inf`, `${minute + 25}:-inf`]);
    // From so far back the coarse archive answers.
    const window = ['--from', String(minute - 600), '--until', String(minute + 60)];
    const { out } = await whisper('fetch', file, ...window);
    expect(out).toContain(`${minute}\tnan\n`);
    for (const more of [[], ['--json'], ['--drop', 'nulls'], ['--drop', 'empty']])
      await expectSame('fetch', file, ...window, ...more);
  });

  it.each([
    ['10s:6h 1m:7d'],
    ['60:1440'],
    ['15m:8 1h:7d 12h:2y --xFilesFactor 0.25 --aggregationMethod max'],
    ['10s:1m --sparse'],
    ['7s:1m 10s:1h'],
    ['10s:1m --aggregationMethod median'],
    ['10s:1m --xFilesFactor 2'],
    ['tomorrow'],
  ])('makes the same file of "%s"', async (text) => {
    const args = text.split(' ');
    const theirFile = `${file}.theirs`;
    const theirs = await debian('create', [theirFile, ...args]);
    const ours = await whisper('create', file, ...args);
    expect({ code: ours.code, out: ours.out }).toEqual({
      code: theirs.code,
      out: theirs.out.replace(theirFile, file),
    });
    if (ours.code === 0) expect(readFileSync(file)).toEqual(readFileSync(theirFile));
    else expect(existsSync(file)).toBe(false);
  });

  it('estimates the same sizes', async () => {
    await expectSame('create', '--estimate', '10s:6h', '1m:7d');
    await expectSame('create', '--estimate', '10s:6h,1m:7d,1h:2y');
    await expectSame('create', '--estimate', '1s:5y');
  });

  it('overwrites with the same words, and refuses with the same words', async () => {
    await whisper('create', file, '10s:1m');
    await expectSame('create', file, '10s:1m');
    const theirs = await debian('create', ['--overwrite', file, '10s:2m']);
    const ours = await whisper('create', '--overwrite', file, '10s:2m');
    expect(ours.out).toBe(theirs.out);
  });

  it('writes the same bytes for the same points', async () => {
    await debian('create', [file, '1s:10m']);
    const theirFile = `${file}.theirs`;
    copyFileSync(file, theirFile);
    const now = nowS();
    const points = VALUES.map((value, i) => `${now - 3 * i}:${value}`);
    await debian('update', [theirFile, ...points]);
    await debian('update', [theirFile, `${now - 1}:7`]);
    await whisper('update', file, ...points);
    await whisper('update', file, `${now - 1}:7`);
    expect(readFileSync(file)).toEqual(readFileSync(theirFile));
  });
});
