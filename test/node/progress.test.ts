import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeProgress } from '../../src/node/progress.ts';

let written = '';
let nowMs = 0;
const { isTTY, columns } = process.stderr;

beforeEach(() => {
  written = '';
  nowMs = 0;
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    written += String(part);
    return true;
  });
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});

afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(process.stderr, { isTTY, columns });
});

function walk(files: number): void {
  const progress = makeProgress('Looking');
  for (let i = 0; i < files; i++) {
    nowMs += 30;
    progress.step(`folder/${i}.wsp`);
  }
  progress.clear();
}

it('shows now and then on a terminal how far it is, in one line that it removes at the end', () => {
  Object.assign(process.stderr, { isTTY: true, columns: 30 });
  walk(9);
  expect(written.split('\r\u001b[K')).toEqual([
    '',
    'Looking: 4 files, folder/3.ws',
    'Looking: 8 files, folder/7.ws',
    '',
  ]);
});

it('says nothing into a pipe or a file', () => {
  Object.assign(process.stderr, { isTTY: false });
  walk(9);
  expect(written).toBe('');
});
