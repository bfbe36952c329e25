// Client libraries of StatsD, each with every call it has, to npm's StatsD and to ours as it is by itself: the same lines come out, and the right ones.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../node/program.ts';
import { npmPeer, requirePeer } from './npm-peer.ts';
import { startOurStatsd, type Ours } from './ours.ts';
import { describeBeside, folderForEach, NETCAT, netcat, PYTHON, pythonStatsd } from './peer.ts';
import { npmStatsd, startRealStatsd } from './real-statsd.ts';
import { startSink, type Sink } from './sink.ts';

const FLUSH_MS = 1000;
/** A slow machine may send across the moment of a flush; then all is sent again in a later one. */
const SENDINGS_MAX = 5;
const PYTHON_CLIENT = fileURLToPath(new URL('statsd_client.py', import.meta.url));
const CLIENT_MS_MAX = 10_000;

const hotShots = npmPeer('hot-shots', '17.1.1');
const nodeStatsd = npmPeer('node-statsd', '0.1.1');

const folder = folderForEach();
const sinks: Sink[] = [];
beforeEach(() => {
  // A sample with a rate is always sent: the clients roll these dice.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const sink of sinks.splice(0)) sink.end();
});

/** What two of npm's clients have in common. Each answers in its own way when a packet is sent, so the last call tells. */
interface NodeClient {
  increment: Call;
  decrement: Call;
  gauge: Call;
  gaugeDelta: Call;
  timing: Call;
  histogram: Call;
  distribution: Call;
  set: Call;
  unique: Call;
  event: Call;
  check: Call;
  close(done?: () => void): void;
  readonly socket: { close(): void };
}
type Call = (...args: readonly unknown[]) => void;
type MakeClient = new (options: object) => NodeClient;

describeBeside([npmStatsd, hotShots], 'driven by hot-shots', () => {
  it.each(['udp', 'tcp'])('counts all that it sends over %s', async (protocol) => {
    const drive = async (port: number): Promise<void> => {
      const Client = requirePeer('hot-shots') as MakeClient;
      const options = { host: '127.0.0.1', port, protocol, prefix: 'app.', maxBufferSize: 0 };
      const client = new Client({ ...options, globalTags: { site: 'home' } });
      client.increment('visits');
      client.increment('visits', 4, 0.5);
      client.decrement('stock', 2, ['kind:a,b', 'n:1|2']);
      client.gauge('beds', 12.5);
      client.gaugeDelta('beds', -2);
      client.timing('wait', 320);
      client.timing(['wait', 'walk'], 12.5, 0.1);
      client.histogram('size', 7);
      client.distribution('dist', 1.5, { room: 'blue' });
      client.set('staff', 'anna');
      // Over TCP it writes Latin-1, of which the real StatsD drops a bit.
      client.unique('staff', protocol === 'udp' ? 'ü é' : 'ben');
      // What only Datadog takes: two bad lines.
      client.event('title', 'text');
      client.check('service', 0);
      await new Promise<void>((resolve) => client.close(resolve));
    };
    await expectLines(protocol, { drive, lines: 14, bad: 2 }, [
      'stats_counts.app.dist;site=home;room=blue 1.5',
      'stats_counts.app.size;site=home 7',
      'stats_counts.app.stock;site=home;kind=a_b;n=1_2 -2',
      'stats_counts.app.visits;site=home 9',
      'stats.gauges.app.beds;site=home 10.5',
      'stats.sets.app.staff.count;site=home 2',
      'stats.timers.app.wait.count;site=home 11',
      'stats.timers.app.wait.mean;site=home 166.25',
      'stats.timers.app.walk.count;site=home 10',
    ]);
  });

  it('counts what it sends in full packets, with the tags of telegraf in the names', async () => {
    const drive = async (port: number): Promise<void> => {
      const Client = requirePeer('hot-shots') as MakeClient;
      const options = { host: '127.0.0.1', port, telegraf: true, maxBufferSize: 200 };
      const client = new Client({ ...options, globalTags: { site: 'home' } });
      for (let i = 0; i < 50; i++) client.increment(`app.full.${i % 2}`, 1, ['k:v']);
      await new Promise<void>((resolve) => client.close(resolve));
    };
    await expectLines('udp', { drive, lines: 50, bad: 0 }, [
      'stats_counts.app.full.0site=homek=v 25',
      'stats_counts.app.full.1site=homek=v 25',
    ]);
  });
});

describeBeside([npmStatsd, nodeStatsd], 'driven by node-statsd', () => {
  it('counts all that it sends', async () => {
    const drive = async (port: number): Promise<void> => {
      const Client = requirePeer('node-statsd') as MakeClient;
      const options = { host: '127.0.0.1', port, prefix: 'app.', suffix: '.end' };
      const client = new Client({ ...options, global_tags: ['site:home'] });
      client.increment('visits');
      client.increment(['visits', 'calls'], 3);
      client.decrement('stock', 2);
      client.timing('wait', 320, 0.5);
      client.gauge('beds', 12.5);
      client.gauge('beds', '+2');
      client.histogram('size', 7, ['room:blue']);
      client.set('staff', 'anna');
      await new Promise((resolve) => {
        client.unique('staff', 'ben', 1, ['x'], resolve);
      });
      client.close();
    };
    await expectLines('udp', { drive, lines: 10, bad: 0 }, [
      'stats_counts.app.calls.end;site=home 3',
      'stats_counts.app.size.end;room=blue;site=home 7',
      'stats_counts.app.stock.end;site=home -2',
      'stats_counts.app.visits.end;site=home 4',
      'stats.gauges.app.beds.end;site=home 14.5',
      'stats.sets.app.staff.end.count;site=home 1',
      'stats.sets.app.staff.end.count;x;site=home 1',
      'stats.timers.app.wait.end.count;site=home 2',
    ]);
  });
});

describeBeside([npmStatsd, pythonStatsd], "driven by Python's statsd", () => {
  it.each(['udp', 'tcp'])('counts all that it sends over %s', async (protocol) => {
    const drive = (port: number): void => {
      runClient(PYTHON, [PYTHON_CLIENT, protocol, String(port)], '');
    };
    await expectLines(protocol, { drive, lines: 112, bad: 0 }, [
      'stats_counts.app.piped.with.a.name.that.fills.packets 100',
      'stats_counts.app.stock -2',
      'stats_counts.app.visits 9',
      'stats.gauges.app.beds 10.5',
      'stats.gauges.app.frost -4',
      'stats.sets.app.staff.count 2',
      'stats.timers.app.piped.wait.upper 7',
      'stats.timers.app.wait.count 11',
      'stats.timers.app.wait.mean 166.25',
    ]);
  });
});

describeBeside([npmStatsd, netcat], 'driven by nc', () => {
  it.each([
    ['udp', ['-u', '-w0']],
    ['tcp', ['-N']],
  ] as const)('counts what a shell sends over %s', async (protocol, options) => {
    const drive = (port: number): void =>
      runClient(
        NETCAT,
        [...options, '127.0.0.1', String(port)],
        'app.visits:1|c|@0.1\napp.beds:3|g\napp.wait:320|ms\napp.staff:anna|s\n',
      );
    await expectLines(protocol, { drive, lines: 4, bad: 0 }, [
      'stats_counts.app.visits 10',
      'stats.gauges.app.beds 3',
      'stats.sets.app.staff.count 1',
      'stats.timers.app.wait.upper 320',
    ]);
  });
});

function runClient(program: string, args: readonly string[], input: string): void {
  const { status, stderr } = spawnSync(program, args, { input, timeout: CLIENT_MS_MAX });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.toString()}`);
}

interface Driven {
  /** Returns, or resolves, when all is sent. */
  readonly drive: (port: number) => Promise<void> | void;
  /** As StatsD counts them. */
  readonly lines: number;
  readonly bad: number;
}

/** Both flush the same lines about what the client sent, those of `wanted` among them. */
async function expectLines(
  protocol: string,
  driven: Driven,
  wanted: readonly string[],
): Promise<void> {
  const config = {
    server: `./servers/${protocol}`,
    flushInterval: FLUSH_MS,
    deleteIdleStats: true,
  };
  const [theirs, ours] = await Promise.all([
    flushOf(startRealStatsd, 'theirs', config, driven),
    flushOf(startOurStatsd, 'ours', config, driven),
  ]);
  expect(ours).toEqual(theirs);
  expect(ours).toEqual(expect.arrayContaining([...wanted]));
}

type StartStatsd = (file: string, config: object & { server: string }) => Promise<Ours>;

/** Names and values about what the client sent, when all of it is in one flush. */
async function flushOf(
  startStatsd: StartStatsd,
  name: string,
  config: { readonly server: string },
  { drive, lines, bad }: Driven,
): Promise<readonly string[]> {
  const sink = await startSink();
  sinks.push(sink);
  const graphite = { graphiteHost: '127.0.0.1', graphitePort: sink.port };
  const statsd = await startStatsd(join(folder(), `${name}.json`), { ...config, ...graphite });
  for (let sendings = 0; sendings < SENDINGS_MAX; sendings++) {
    const before = sink.received().length;
    await eventually(() => sink.received().length > before || null);
    const at = sink.received().length;
    await drive(statsd.port);
    await eventually(() => sink.received().length > at || null);
    const flush = (sink.received()[at] ?? Buffer.alloc(0)).toString().trimEnd().split('\n');
    const own = (counter: string): number =>
      Number(
        flush.find((line) => line.startsWith(`stats_counts.statsd.${counter} `))?.split(' ')[1],
      );
    if (own('metrics_received') !== lines) continue;
    expect(own('bad_lines_seen')).toBe(bad);
    await statsd.stop();
    return flush.filter((line) => line.includes('.app.')).map((line) => line.replace(/ \d+$/, ''));
  }
  throw new Error(`No flush of ${name} held all ${lines} lines.`);
}
