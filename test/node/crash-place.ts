// What the tests of crashes share: a Carbon with folders of its own, perhaps on small disks, and what is sent to it.

import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { killAll, start, type Running } from './program.ts';

export interface Point {
  readonly metric: string;
  readonly time: number;
  readonly value: number;
}

export interface CrashPlace {
  /** The Whisper files. */
  data(): string;
  /** The journal and the lock. */
  state(): string;
  /** Makes this folder, and puts a small disk there. */
  mount(folder: string, size: string): void;
  startCarbon(): Promise<Running>;
}

/** Of the kills of the soak: each takes more than a second, so CI does few. */
export const KILLS_DIVISOR_CI = 10;

const SCHEMAS = '[all]\npattern = .*\nretentions = 1s:2h,1m:1d\n';

/** A new one for each test of the file; after it no process, no disk and no folder is left. */
export function crashPlace(): CrashPlace {
  let folder = '';
  const mounted: string[] = [];
  const data = (): string => join(folder, 'whisper');
  const conf = (): string => join(folder, 'conf');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stacklab-crash-'));
    mkdirSync(conf());
    writeFileSync(join(conf(), 'storage-schemas.conf'), SCHEMAS);
  });
  afterEach(() => {
    killAll();
    for (const place of mounted.splice(0)) execFileSync('umount', ['-l', place]);
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    data,
    state: () => `${data()}-state`,
    mount(place, size) {
      mkdirSync(place);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]);
      mounted.push(place);
    },
    startCarbon: () =>
      start(['carbon', '--config', conf(), '--data', data(), '--line', '127.0.0.1:0']),
  };
}

/** Whether this user may mount a small disk. */
export function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'stacklab-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

const FILLING = new Uint8Array(64 * 1024).fill(1);

const fillerIn = (folder: string): string => join(folder, 'filler');

/** Lets a file of the small disk at `folder` have so many bytes, or as many as there is room for. */
export function setFiller(folder: string, bytes: number): void {
  const handle = openSync(fillerIn(folder), 'w');
  try {
    for (let done = 0; done < bytes;)
      done += writeSync(handle, FILLING, 0, Math.min(FILLING.length, bytes - done));
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('ENOSPC'))) throw error;
  } finally {
    closeSync(handle);
  }
}

export function removeFiller(folder: string): void {
  rmSync(fillerIn(folder));
}

/**
 * Whether Carbon has read all of it: then it ends the connection too. False when that takes longer than `withinMs`, or
 * Carbon is gone.
 */
export function send(
  port: number,
  points: readonly Point[],
  withinMs = Infinity,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isRead: boolean): void => {
      resolve(isRead);
      clearTimeout(late);
      socket.destroy();
    };
    const late = withinMs === Infinity ? undefined : setTimeout(() => end(false), withinMs);
    socket.on('end', () => end(true)).on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.resume();
    socket.end(points.map(({ metric, time, value }) => `${metric} ${value} ${time}\n`).join(''));
  });
}
