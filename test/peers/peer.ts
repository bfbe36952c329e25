// The real programs that our own stand beside: which of them are here, and how one is started and ended.
//
//   describeBeside([collectd], ...)   all there        the tests run
//                                     one is missing   CI fails and says what to install, others skip with the reason

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { eventually, killAll, type Environment } from '../node/program.ts';

/** Why a real program is not here; null when it is. */
export interface Peer {
  whyMissing(): string | null;
  /** Where it cannot be had at all, so that even CI goes on without it. */
  whyImpossible?(): string | null;
}

export const COLLECTD = '/usr/sbin/collectd';
export const CARBON_CACHE = '/usr/bin/carbon-cache';
/** Of the same package. */
export const CARBON_RELAY = '/usr/bin/carbon-relay';
export const NETCAT = '/usr/bin/nc.openbsd';
/** Debian's Python, which has python3-whisper; another `python3` may come first in PATH. */
export const PYTHON = '/usr/bin/python3';

export const collectd = debianPeer('collectd-core', () => existsSync(COLLECTD));
export const carbonCache = debianPeer('graphite-carbon', () => existsSync(CARBON_CACHE));
export const python = debianPeer('python3', () => existsSync(PYTHON));
export const pythonWhisper = debianPeer(
  'python3-whisper',
  () => spawnSync(PYTHON, ['-c', 'import whisper']).status === 0,
);

export const graphiteWeb = debianPeer(
  'graphite-web',
  () => spawnSync(PYTHON, ['-c', 'import graphite, django']).status === 0,
);

export const APACHE = '/usr/sbin/apache2';
export const NGINX = '/usr/sbin/nginx';
export const apache = debianPeer('apache2-bin', () => existsSync(APACHE));
export const nginx = debianPeer('nginx', () => existsSync(NGINX));
export const ping = debianPeer('iputils-ping', () => spawnSync('ping', ['-V']).status === 0);
/** What collectd's own plugins load, though the package only suggests it: those for web servers, and that for ping. */
export const opingOfCollectd = debianPeer('liboping0', () => isLibrary('liboping.so.0'));
export const curlOfCollectd = debianPeer('libcurl3-gnutls', () => isLibrary('libcurl-gnutls.so.4'));
export const pythonStatsd = debianPeer(
  'python3-statsd',
  () => spawnSync(PYTHON, ['-c', 'import statsd']).status === 0,
);

export const netcat = debianPeer('netcat-openbsd', () => existsSync(NETCAT));

export const faketime = debianPeer('faketime', () => existsSync('/usr/bin/faketime'));

export const pip = debianPeer(
  'python3-pip',
  () => spawnSync(PYTHON, ['-m', 'pip', '--version']).status === 0,
);

/** Whether the system's loader finds it. */
function isLibrary(name: string): boolean {
  return spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout.includes(name);
}

function debianPeer(name: string, isHere: () => boolean): Peer {
  const hint = `apt-get install -y --no-install-recommends ${name}`;
  return {
    whyMissing: () => (isHere() ? null : `Debian's ${name} is not installed: sudo ${hint}`),
  };
}

/** A run that is there to prove something: nothing may be left out in silence. */
const isStrict =
  process.env['CI'] === 'true' || ['ci', 'soak'].includes(process.env['STACKLAB_TIER'] ?? '');

/** A group of tests that need real programs. */
export function describeBeside(peers: readonly Peer[], title: string, tests: () => void): void {
  const first = (answers: readonly (string | null)[]): string | null =>
    answers.find((answer) => answer !== null) ?? null;
  const impossible = first(peers.map((peer) => peer.whyImpossible?.() ?? null));
  const why = impossible ?? first(peers.map((peer) => peer.whyMissing()));
  if (why === null) describe(title, tests);
  else if (isStrict && impossible === null)
    describe(title, () => {
      it('has the real programs', () => {
        throw new Error(why);
      });
    });
  else {
    console.warn(`Skipped "${title}": ${why}`);
    // Skipped because `why`: the real program is not on this machine, where CI fails instead, or cannot run on this Node.
    describe.skip(`${title} (${why})`, tests);
  }
}

export interface RunningPeer {
  /** All that it printed so far. */
  printed(): string;
  /** SIGTERM, and waits for its end. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** Starts a daemon in the foreground and waits until `isUp`, which sees what it printed so far. */
export async function startPeer(
  program: string,
  args: readonly string[],
  isUp: (printed: string) => boolean | Promise<boolean>,
  env: Environment = {},
): Promise<RunningPeer> {
  // UTF-8 in the names of files, whatever the machine says.
  const child = spawn(program, args, { env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
  running.add(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => (printed += part));
  child.on('error', (error) => (printed += error.message));
  child.on('close', () => running.delete(child));
  await eventually(async () => {
    if (!running.has(child)) throw new Error(`${program} ended instead: ${printed}`);
    return (await isUp(printed)) || null;
  });
  return {
    printed: () => printed,
    async stop() {
      child.kill('SIGTERM');
      await eventually(() => !running.has(child) || null);
    },
  };
}

/** Each test of the file gets a folder; after it neither the folder nor a process is left, even when it failed. */
export function folderForEach(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stacklab-peers-'));
  });
  afterEach(async () => {
    killAll();
    for (const child of running) child.kill('SIGKILL');
    await eventually(() => running.size === 0 || null);
    // Who was killed a moment ago may still have made a file.
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });
  return () => folder;
}

/** For programs that cannot be told "any port": one that was free a moment ago, for TCP and most likely UDP. */
export function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody accepts connections there. */
export function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise<boolean>((resolve) => {
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
