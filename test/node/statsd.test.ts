// `stacklab statsd` on real sockets: where it listens, to whom it repeats, and a file that is read again.

import { createSocket } from 'node:dgram';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, type NetConnectOpts } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSink } from '../peers/sink.ts';
import { ask } from './manager.ts';
import { eventually, killAll, portOf, run, start, type Running } from './program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-statsd-'));
});
afterEach(() => {
  killAll();
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

it('takes packets over UDP, TCP and a socket with a path, of both families, all at once', async () => {
  const path = join(folder, 'statsd.sock');
  const config = {
    servers: [
      { port: 0 },
      { server: './servers/udp', address_ipv6: true, port: 0 },
      { server: './servers/tcp', port: 0 },
      { server: './servers/tcp', socket: path, socket_mod: '0600' },
    ],
  };
  const killed = await startWith(config);
  await killed.kill();
  expect(existsSync(path)).toBe(true);

  // The socket that was left behind is in nobody's use.
  const statsd = await startWith(config);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  sendUdp('udp4', portOf(statsd.ready, 'udp'), 'udp4:1|c');
  sendUdp('udp6', Number(/udp \[::1\]:(\d+)/.exec(statsd.ready)?.[1]), 'udp6:1|c');
  await sendOver({ port: portOf(statsd.ready, 'tcp'), host: '127.0.0.1' }, 'tcp:1|c\n');
  await sendOver({ path }, 'unix:1|c\nlost:1|c');
  await eventually(async () => {
    const counters = await ask(statsd, 'counters');
    const isThere = ['udp4', 'udp6', 'tcp', 'unix'].every((key) => counters.includes(`${key}: 1`));
    return isThere && !counters.includes('lost') ? true : null;
  });
  expect((await statsd.stop()).code).toBe(0);
  expect(existsSync(path)).toBe(false);
});

it.each(['udp4', 'tcp'])(
  'repeats packets over %s, and names who sent a bad one',
  async (protocol) => {
    const server = protocol === 'tcp' ? './servers/tcp' : './servers/udp';
    const second = await startWith({ server, port: 0 }, 'second');
    const first = await startWith({
      port: 0,
      backends: ['./backends/repeater'],
      repeater: [
        { host: '127.0.0.1', port: portOf(second.ready, protocol === 'tcp' ? 'tcp' : 'udp') },
      ],
      repeaterProtocol: protocol,
    });
    sendUdp('udp4', portOf(first.ready, 'udp'), 'a:1|c\nb:2|c');
    sendUdp('udp4', portOf(first.ready, 'udp'), 'bad');
    for (const statsd of [first, second])
      await eventually(async () =>
        /bad_lines_seen': 1[^]*a: 1,\s+b: 2/.test(await ask(statsd, 'counters')) ? true : null,
      );
    expect(first.err()).toMatch(/Ignored a bad sample.*127\.0\.0\.1:\d+/);
    for (const statsd of [first, second]) expect((await statsd.stop()).code).toBe(0);
  },
);

it('reads its file again when that changes, and keeps what it has when the new one is wrong', async () => {
  const statsd = await startWith({ port: 0, prefixStats: 'old' });
  expect(await ask(statsd, 'config')).toContain('prefixStats: old');
  writeFileSync(join(folder, 'statsd.json'), '{ prefixStats: 7 }');
  await eventually(() => (statsd.err().includes('prefixStats wants a string') ? true : null));
  expect(await ask(statsd, 'counters')).not.toContain('new.');
  writeFileSync(join(folder, 'statsd.json'), "{ prefixStats: 'new' }");
  await eventually(async () =>
    (await ask(statsd, 'counters')).includes("'new.packets_received': 0") ? true : null,
  );
  expect(await ask(statsd, 'config')).toContain('prefixStats: new');
  expect((await statsd.stop()).code).toBe(0);
});

it('with a spool, brings the last flush of one that found no Carbon when it runs again', async () => {
  const sink = await startSink();
  sink.end();
  const config = {
    port: 0,
    graphiteHost: '127.0.0.1',
    graphitePort: sink.port,
    spool: join(folder, 'spool'),
  };
  const first = await startWith(config);
  sendUdp('udp4', portOf(first.ready, 'udp'), 'kept:7|c');
  await eventually(async () => ((await ask(first, 'counters')).includes('kept: 7') ? true : null));
  expect((await first.stop()).code).toBe(0);
  expect(readdirSync(config.spool)).toEqual(['000000000001.txt']);

  const again = await startSink(sink.port);
  const second = await startWith(config);
  expect((await second.stop()).code).toBe(0);
  const texts = await eventually(() => (again.received().length > 0 ? again.received() : null));
  expect(texts.join('')).toContain('stats_counts.kept 7 ');
  expect(readdirSync(config.spool)).toEqual([]);
  again.end();
});

it('logs lines and flushes where it is asked to, takes its name, and says that it has no syslog', async () => {
  const statsd = await startWith({
    port: 0,
    flushInterval: 200,
    dumpMessages: true,
    debug: true,
    title: 'clinic-statsd',
    log: { backend: 'syslog', level: 'LOG_INFO' },
  });
  expect(statsd.err()).toContain('the backend "syslog" has no effect here');
  sendUdp('udp4', portOf(statsd.ready, 'udp'), 'a:1|c\n\nbad');
  await eventually(() => statsd.err().includes('Received a line.  line=bad') || null);
  expect(statsd.err()).toMatch(/Received a line\. {2}line=a:1\|c {2}from=127\.0\.0\.1:\d+$/m);
  await eventually(() => /Flushed\. {2}keys=\d+$/m.test(statsd.err()) || null);
  if (existsSync('/proc/self/cmdline'))
    expect(readFileSync(`/proc/${statsd.pid}/cmdline`, 'latin1')).toMatch(/^clinic-statsd\0*$/);
  expect((await statsd.stop()).code).toBe(0);
});

it('refuses a log, a title and a backend that nobody has, with what there is', async () => {
  const refused = async (config: object): Promise<string> => {
    const file = join(folder, 'refused.json');
    writeFileSync(file, JSON.stringify(config));
    const { code, err } = await run(['statsd', file]);
    expect(code).toBe(1);
    return err;
  };
  expect(await refused({ log: { backend: 'file' } })).toContain(
    'log: there is no backend "file"; there are stdout and syslog.',
  );
  expect(await refused({ title: true })).toContain('title wants a string or false, received true.');
  expect(await refused({ backends: ['./backends/mysql'] })).toContain('./backends/console');
});

function startWith(config: object, name = 'statsd'): Promise<Running> {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ mgmt_port: 0, flushInterval: 600_000, ...config }));
  return start(['statsd', file]);
}

function sendUdp(family: 'udp4' | 'udp6', port: number, packet: string): void {
  const socket = createSocket(family);
  socket.send(packet, port, family === 'udp4' ? '127.0.0.1' : '::1', () => socket.close());
}

function sendOver(to: NetConnectOpts, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(to);
    socket.on('error', reject);
    socket.end(text, () => resolve());
  });
}
