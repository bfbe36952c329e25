// `stacklab up` as a newcomer meets it: what it says, what it keeps, whom it answers.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, killAll, run, start, type Running } from './program.ts';

let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'stacklab-up-'));
});

afterEach(() => {
  killAll();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

const upArgs = (port = 0): readonly string[] => [
  'up',
  '--home',
  home,
  '--listen',
  `127.0.0.1:${port}`,
];
const urlOf = ({ ready }: Running): string => /http:\S+/.exec(ready)?.[0] ?? '';

/** Values of the collector in the last five minutes. */
async function loads(stack: Running): Promise<readonly (number | null)[]> {
  const path = 'render?format=json&from=-5min&target=collectd.*.load.load.shortterm';
  const series = (await (await fetch(urlOf(stack) + path)).json()) as readonly {
    datapoints: readonly (readonly [number | null, number])[];
  }[];
  return series.flatMap(({ datapoints }) => datapoints.map(([value]) => value));
}

const known = (values: readonly (number | null)[]): number =>
  values.filter((value) => value !== null).length;

it('makes its folder, says so, and finds what it stored at the next start, at the same address', async () => {
  const first = await start(upArgs());
  expect(first.out()).toContain('This is the first start');
  await eventually(async () => (known(await loads(first)) > 0 ? true : null));
  const url = urlOf(first);
  const stopped = await first.stop();
  expect([stopped.code, stopped.err]).toEqual([0, '']);
  expect(readdirSync(home).toSorted()).toEqual(['conf', 'dashboards', 'labs', 'state', 'whisper']);

  const port = Number(new URL(url).port);
  const second = await start(upArgs(port));
  expect(second.out()).not.toContain('first start');
  expect(urlOf(second)).toBe(url);
  // The collector has just begun: what is known is what the first start stored.
  expect(known(await loads(second))).toBeGreaterThan(0);
  expect((await second.stop()).code).toBe(0);
});

it('takes a free port for one that is taken, and says so in plain words', async () => {
  const other = await occupied();
  const { port } = other.address() as AddressInfo;
  const stack = await start(upArgs(port));
  const words = new RegExp(`Port ${port} for the site is taken by another program; (\\d+) is used`);
  expect(words.exec(stack.out())?.[1]).toBe(new URL(urlOf(stack)).port);
  other.close();
});

it('answers at the management port of StatsD, which its status names, and a second stack at another one', async () => {
  const ports: number[] = [];
  for (const args of [
    upArgs(),
    ['up', '--home', join(home, 'second'), '--listen', '127.0.0.1:0'],
  ]) {
    const stack = await start(args);
    const status = (await (await fetch(`${urlOf(stack)}stacklab/status`)).json()) as {
      places: Readonly<Record<string, { readonly port: number }>>;
    };
    const port = status.places['management']?.port ?? 0;
    if (port !== 8126)
      expect(stack.out()).toContain(
        `Port 8126 for StatsD's management is taken by another program; ${port} is used instead.`,
      );
    // As `echo config | nc -N` does.
    expect(await saidAt(port, 'config\n')).toMatch(/^\nport: 8125\n[^]*flushInterval: 10000\n/);
    ports.push(port);
  }
  expect(new Set(ports).size).toBe(2);
});

/** All that comes back until the connection ends. */
function saidAt(port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    socket.on('data', (part: string) => (text += part));
    socket.on('error', reject).on('close', () => resolve(text));
    socket.end(command);
  });
}

it('obeys carbon.conf and its lists, but for ports and folders', async () => {
  const conf = join(home, 'conf');
  mkdirSync(conf);
  writeFileSync(
    join(conf, 'carbon.conf'),
    '[cache]\nLINE_RECEIVER_PORT = 2003\nUSE_WHITELIST = True\nCARBON_METRIC_PREFIX = own\n',
  );
  writeFileSync(join(conf, 'blacklist.conf'), '\\.load\\.\n');
  const stack = await start(upArgs());
  expect(stack.out()).toContain('carbon.conf: `up` has its own ports and data folder');
  const find = async (query: string): Promise<readonly unknown[]> =>
    (await (await fetch(`${urlOf(stack)}metrics/find?query=${query}`)).json()) as unknown[];
  await eventually(async () => ((await find('collectd.*.memory')).length > 0 ? true : null));
  expect(await find('collectd.*.load')).toEqual([]);
  expect((await stack.stop()).code).toBe(0);
});

function occupied(): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

it('refuses to share its folder with a second one, in one sentence that says what to do', async () => {
  await start(upArgs());
  const { code, err } = await run(upArgs());
  expect(code).toBe(1);
  expect(err).toMatch(
    /^A stack already uses .+ \(process \d+\)\. Stop it first, or choose another folder with --home\.\n$/,
  );
});

it('answers only under its own name, takes nothing from foreign pages, and serves only its files', async () => {
  const url = new URL(urlOf(await start(upArgs())));
  const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
    statusOf(url, path, method, headers);
  expect(await get('/')).toBe(200);
  expect(await get('/', { host: 'evil.example' })).toBe(403);
  expect(await get('/', { host: `localhost:${url.port}` })).toBe(302);
  expect(await get('/stacklab/send?to=statsd', { origin: 'http://evil.example' }, 'POST')).toBe(
    403,
  );
  for (const path of ['/../package.json', '/%2e%2e/stacklab.js', '/..%2f..%2fetc/passwd'])
    expect([path, await get(path)]).toEqual([path, 404]);
  expect(existsSync(join(home, 'state', 'ports.json'))).toBe(true);
});

/** fetch would tidy the path and refuse some headers. */
function statusOf(
  url: URL,
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: url.hostname, port: url.port, path, method, headers },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
