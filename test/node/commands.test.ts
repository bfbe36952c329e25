// The commands of dist/stacklab.js as their users see them: processes, ports, files, lines, exit codes.

import { createSocket } from 'node:dgram';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, killAll, portOf, run, start } from './program.ts';

const ANY_PORT = '127.0.0.1:0';
let folder = '';
let conf = '';
let data = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-commands-'));
  conf = join(folder, 'conf');
  data = join(folder, 'whisper');
  mkdirSync(conf);
  writeFileSync(
    join(conf, 'storage-schemas.conf'),
    '[all]\npattern = .*\nretentions = 1s:10m,10s:1h\n',
  );
});

afterEach(() => {
  killAll();
  rmSync(folder, { recursive: true, force: true });
});

const carbonArgs = (): readonly string[] => ['carbon', '--config', conf, '--data', data];
const nowS = (): number => Math.floor(Date.now() / 1000);

function sendLine(port: number, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.end(line, () => resolve());
  });
}

async function render(port: number, target: string): Promise<readonly number[]> {
  const answer = await fetch(
    `http://127.0.0.1:${port}/render?format=json&from=-60s&target=${target}`,
  );
  const series = (await answer.json()) as readonly { datapoints: readonly [number | null][] }[];
  return series.flatMap(({ datapoints }) =>
    datapoints.flatMap(([value]) => (value === null ? [] : [value])),
  );
}

function oneLine(text: string): string {
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  return text.trimEnd();
}

it('has a line in the tree after SIGTERM, and nothing else', async () => {
  const carbon = await start([...carbonArgs(), '--line', ANY_PORT]);
  const time = nowS();
  await sendLine(portOf(carbon.ready, 'line'), `ward.beds 12.5 ${time}\n`);
  const beganMs = performance.now();
  expect((await carbon.stop()).code).toBe(0);
  expect(performance.now() - beganMs).toBeLessThan(5000);
  const file = join(data, 'ward', 'beds.wsp');
  const window = ['--from', String(time - 1), '--now', String(time)];
  const fetched = await run(['whisper', 'fetch', file, ...window]);
  expect(fetched.out).toBe(`${time}\t12.500000\n`);
  expect(readdirSync(data)).toEqual(['ward']);
  expect(readdirSync(`${data}-state`, { recursive: true })).toEqual(['journal']);
});

it('brings a packet from StatsD over Carbon to /render', async () => {
  const carbon = await start([...carbonArgs(), '--line', ANY_PORT]);
  const file = join(folder, 'statsd.js');
  const graphitePort = portOf(carbon.ready, 'line');
  // One flush a second: the slots here are as long, and of two points in one slot the last wins.
  writeFileSync(
    file,
    `{ port: 0, mgmt_port: 0, graphiteHost: '127.0.0.1', graphitePort: ${graphitePort}, flushInterval: 1000 }`,
  );
  const statsd = await start(['statsd', file]);
  // Carbon made the folder of the data at its start, so the API can look into it at once.
  const web = await start(['web', '--data', data, '--config', conf, '--listen', ANY_PORT]);
  const webPort = portOf(web.ready, 'http');
  const socket = createSocket('udp4');
  socket.send('clinic.visits:3|c', portOf(statsd.ready, 'udp'), '127.0.0.1', () => socket.close());
  const values = await eventually(async () => {
    const found = await render(webPort, 'stats_counts.clinic.visits');
    return found.some((value) => value > 0) ? found : null;
  });
  expect(Math.max(...values)).toBe(3);
  expect(statsd.out()).toContain('server is up\n');
  for (const each of [statsd, web, carbon]) expect((await each.stop()).code).toBe(0);
});

it('writes what the collector reads under the names of collectd', async () => {
  const carbon = await start([...carbonArgs(), '--line', ANY_PORT]);
  const file = join(folder, 'collectd.conf');
  writeFileSync(
    file,
    `Hostname "ward7"
Interval 1
LoadPlugin load
LoadPlugin write_graphite
<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "${portOf(carbon.ready, 'line')}"
  </Node>
</Plugin>
`,
  );
  const collector = await start(['collector', '-C', file]);
  await eventually(() => existsSync(join(data, 'ward7', 'load', 'load', 'shortterm.wsp')) || null);
  expect((await collector.stop()).code).toBe(0);
  expect((await carbon.stop()).code).toBe(0);
});

it('looks at a collectd.conf without running it', async () => {
  const file = join(folder, 'collectd.conf');
  writeFileSync(file, 'LoadPlugin load\nLoadPlugin nosuch\n');
  const fine = await run(['collector', '-t', '-C', file]);
  expect([fine.code, oneLine(fine.out)]).toEqual([0, `${file}: it can be read. Plugins: load.`]);
  expect(oneLine(fine.err)).toContain('Line 2: the plugin "nosuch" does not exist here');
  writeFileSync(file, 'LoadPlugin load\nHostname web-1\n');
  const wrong = await run(['collector', '-t', '-C', file]);
  expect([wrong.code, wrong.out]).toEqual([1, '']);
  expect(oneLine(wrong.err)).toContain('Line 2: this value needs quotes around it');
});

it('lets every plugin read once, and says what each read', async () => {
  const file = join(folder, 'collectd.conf');
  writeFileSync(file, 'Interval 1\nLoadPlugin load\nLoadPlugin nginx\n');
  const ended = await run(['collector', '-T', '-C', file]);
  expect(ended.code).toBe(1);
  expect(ended.out).toMatch(/^load\/load +shortterm=[\d.]+ midterm=[\d.]+ longterm=[\d.]+$/m);
  expect(ended.out).toMatch(/^nginx +its block has no URL$/m);
});

it('refuses a second Carbon on the same tree', async () => {
  const carbon = await start([...carbonArgs(), '--line', ANY_PORT]);
  const second = await run([...carbonArgs(), '--line', ANY_PORT]);
  expect(second.code).toBe(1);
  expect(oneLine(second.err)).toContain(`writes to ${data}; a tree has one writer`);
  await carbon.stop();
  // The lock is given back.
  const third = await start([...carbonArgs(), '--line', ANY_PORT]);
  await third.stop();
});

// Without /proc nobody can tell the two processes apart.
it.skipIf(!existsSync('/proc/self/stat'))(
  'takes the lock of a Carbon that was killed, when its number belongs to another program now',
  async () => {
    mkdirSync(`${data}-state`, { recursive: true });
    writeFileSync(join(`${data}-state`, 'lock'), `${process.pid} 1`);
    const carbon = await start([...carbonArgs(), '--line', ANY_PORT]);
    expect((await carbon.stop()).code).toBe(0);
  },
);

it('names the keys of carbon.conf that have no effect in one warning', async () => {
  writeFileSync(
    join(conf, 'carbon.conf'),
    '[cache]\nMAX_CACHE_SIZE = inf\nUSER = carbon\nLOG_CACHE_HITS = True\n[relay]\nUSER = x\n',
  );
  const carbon = await start([...carbonArgs(), '--line', ANY_PORT]);
  const { err } = await carbon.stop();
  expect(oneLine(err)).toBe(
    'carbon.conf: known to Carbon, without effect here: USER, LOG_CACHE_HITS.',
  );
});

it('listens, keeps and limits as carbon.conf says, where the command line does not', async () => {
  writeFileSync(
    join(conf, 'carbon.conf'),
    `[cache]
LOCAL_DATA_DIR = ${data}
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = 1
CACHE_QUERY_PORT = 0
USE_WHITELIST = True
LOG_CREATES = False
[cache:b]
ENABLE_UDP_LISTENER = True
UDP_RECEIVER_PORT = 0
`,
  );
  writeFileSync(join(conf, 'blacklist.conf'), '^noisy\\.\n');
  const carbon = await start(['carbon', '--config', conf, '--instance', 'b', '--line', ANY_PORT]);
  expect(carbon.ready).toContain(`data ${data}`);
  expect(carbon.ready).not.toMatch(/udp|query|pickle/);
  await sendLine(portOf(carbon.ready, 'line'), `noisy.a 1 ${nowS()}\nquiet.a 1 ${nowS()}\n`);
  const { err } = await carbon.stop();
  expect(err).toBe('');
  expect(readdirSync(data)).toEqual(['quiet']);
});

it('says what is missing when neither carbon.conf nor the command line tells where', async () => {
  const noData = await run(['carbon', '--config', conf, '--line', ANY_PORT]);
  expect([noData.code, oneLine(noData.err)]).toEqual([1, expect.stringContaining('--data')]);
  const noLine = await run(carbonArgs());
  expect([noLine.code, oneLine(noLine.err)]).toEqual([1, expect.stringContaining('--line')]);
});

it('says in words when other machines can reach it', async () => {
  const carbon = await start([...carbonArgs(), '--line', '0.0.0.0:0']);
  const { err } = await carbon.stop();
  expect(oneLine(err)).toMatch(
    /^Open to other machines, without a password: line 0\.0\.0\.0:\d+\.$/,
  );
});

it('names each bad value of carbon.conf in a line of its own', async () => {
  writeFileSync(join(conf, 'carbon.conf'), '[cache]\nMAX_CACHE_SIZE = x\nLOG_CREATES = y\n');
  const ended = await run([...carbonArgs(), '--line', ANY_PORT]);
  expect(ended.code).toBe(1);
  expect(ended.err.trimEnd().split('\n')).toEqual([
    `${conf}: carbon.conf line 2: MAX_CACHE_SIZE wants a number from 0 on, or inf, received "x".`,
    `${conf}: carbon.conf line 3: LOG_CREATES wants True or False, received "y".`,
  ]);
});

it('answers a taken port with one line and exit code 1', async () => {
  const first = await start([...carbonArgs(), '--line', ANY_PORT]);
  const port = portOf(first.ready, 'line');
  const other = join(folder, 'other');
  const taken = `127.0.0.1:${port}`;
  const ended = await run(['carbon', '--config', conf, '--data', other, '--line', taken]);
  expect(ended.code).toBe(1);
  expect(oneLine(ended.err)).toContain(String(port));
  const web = await run(['web', '--config', conf, '--data', data, '--listen', taken]);
  expect(web.code).toBe(1);
  expect(oneLine(web.err)).toContain(String(port));
});

it.each([
  ['carbon --config a --data b --line nonsense', 'nonsense'],
  ['carbon --config a --data b --line 127.0.0.1:70000', '70000'],
  ['carbon --config a --data b --line 127.0.0.1:0 --lines x', "unknown option '--lines'"],
  ['carbon --data b', "'--config <dir>' not specified"],
  ['statsd', "missing required argument 'file'"],
  ['statsd a b', 'statsd a b'],
  ['collector', 'not specified'],
  ['whisper info', "missing required argument 'path'"],
  ['whisper fetch a.wsp --from yesterday', 'yesterday'],
  ['whisper update a.wsp five', '"five"'],
  ['whisper create a.wsp', 'a.wsp'],
  ['nothing', "unknown command 'nothing'"],
])('answers the bad arguments of "%s" with one line and exit code 2', async (line, shown) => {
  const ended = await run(line.split(' '));
  expect(ended.code).toBe(2);
  expect(ended.out).toBe('');
  expect(oneLine(ended.err)).toContain(shown);
});

it.each([
  ['statsd', 'statsd.js', '{ port: "eighty" }', 'port wants a number, received "eighty"'],
  ['statsd', 'statsd.js', 'module.exports = {}', 'without running code'],
  ['collector -C', 'collectd.conf', 'Interval never\n', 'Interval wants seconds'],
])('answers a bad file of %s with one line and exit code 1', async (command, name, text, shown) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  const ended = await run([...command.split(' '), file]);
  expect(ended.code).toBe(1);
  expect(oneLine(ended.err)).toContain(shown);
  expect(ended.err).toContain(file);
});

it('answers files that are not there with one line and exit code 1', async () => {
  const missing = join(folder, 'missing');
  for (const args of [
    ['statsd', missing],
    ['collector', '-C', missing],
    ['carbon', '--config', missing, '--data', data, '--line', ANY_PORT],
    ['web', '--config', conf, '--data', missing, '--listen', ANY_PORT],
    ['whisper', 'info', missing],
    ['check', missing],
  ]) {
    const ended = await run(args);
    expect([args[0], ended.code]).toEqual([args[0], 1]);
    expect(oneLine(ended.err)).toContain(missing);
  }
});

it('answers a bad retention of Carbon with one line that shows it', async () => {
  writeFileSync(join(conf, 'storage-schemas.conf'), '[a]\npattern = .*\nretentions = often\n');
  const ended = await run([...carbonArgs(), '--line', ANY_PORT]);
  expect(ended.code).toBe(1);
  expect(oneLine(ended.err)).toContain('often');
  expect(existsSync(data)).toBe(false);
});

it('checks a lab and ends with one line of sums', async () => {
  const ended = await run(['check', 'labs/01-first-heartbeat']);
  expect(ended.out).toMatch(/^\d+ things run, 0 findings, \d+ warnings\n$/);
  expect(ended.code).toBe(0);
});
