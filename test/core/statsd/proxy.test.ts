import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import type { Listener } from '../../../src/core/host/net.ts';
import { makeProxy, type Proxy } from '../../../src/core/statsd/proxy.ts';
import { makeRing, type Md5 } from '../../../src/core/statsd/ring.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const md5: Md5 = (message) => createHash('md5').update(message).digest();
const NODES = ['127.0.0.1:8127', '127.0.0.1:8129', '10.0.0.3:8131'];
const UDP = { host: '127.0.0.1', port: 8125 };
const MANAGEMENT = { host: '127.0.0.1', port: 8126 };

describe('the ring', () => {
  // Seen of the real proxy, which has hashring 3.2 of npm.
  test.each([
    ['foo.bar', '127.0.0.1:8129'],
    ['stats.a', '10.0.0.3:8131'],
  ])('gives %s to %s, as the real one', (key, node) => {
    expect(makeRing(NODES, md5).nodeOf(key)).toBe(node);
  });

  test('moves no key of the nodes that stay when one goes', () => {
    const keys = Array.from({ length: 2000 }, (_, i) => `clinic.room${i}.visits`);
    const all = makeRing(NODES, md5);
    const fewer = makeRing(NODES.slice(0, 2), md5);
    const moved = keys.filter((key) => all.nodeOf(key) !== fewer.nodeOf(key));
    expect(moved.every((key) => all.nodeOf(key) === NODES[2])).toBe(true);
    expect(moved.length).toBeGreaterThan(400);
  });

  test('of nobody owns nothing', () => {
    expect(makeRing([], md5).nodeOf('a')).toBeNull();
  });
});

describe('the proxy', () => {
  test('sends each line to the node that has its key, and says nothing of bad ones', () => {
    const { world, sent } = start([true, true, true]);
    world.net.send(UDP, encodeUtf8('foo.bar:1|c\n\nstats.a:2|ms|@0.1\nfoo.bar\n'));
    pass(world, 10);
    expect(sent).toEqual([
      ['127.0.0.1:8129', 'foo.bar:1|c'],
      ['10.0.0.3:8131', 'stats.a:2|ms|@0.1'],
      ['127.0.0.1:8129', 'foo.bar'],
    ]);
  });

  test('leaves out a node that is not well until it is well again, and tells both', () => {
    const { world, sent, up, ask } = start([true, true, true]);
    up[1] = false;
    pass(world, 1100);
    world.net.send(UDP, encodeUtf8('foo.bar:1|c'));
    pass(world, 10);
    expect(ask('status\n')).toBe('uptime: 1\nnodes: 127.0.0.1:8127 10.0.0.3:8131 \n');
    up[1] = true;
    pass(world, 1100);
    world.net.send(UDP, encodeUtf8('foo.bar:2|c'));
    pass(world, 10);
    expect(sent.map(([node]) => node)).toEqual([
      makeRing([NODES[0] ?? '', NODES[2] ?? ''], md5).nodeOf('foo.bar'),
      '127.0.0.1:8129',
    ]);
    expect(ask('status\n')).toBe(
      'uptime: 2\nnodes: 127.0.0.1:8127 10.0.0.3:8131 127.0.0.1:8129 \n',
    );
    expect(world.log.lines().map(({ text }) => text)).toEqual([
      'A node is down, and left the ring.',
      'A node is up again, and in the ring.',
    ]);
  });

  test('a node that answers nothing, and one that is not there, are down', () => {
    const { world, ask } = start(['silent', 'missing', true]);
    pass(world, 1100);
    expect(ask('status\n')).toContain('nodes: 10.0.0.3:8131 \n');
  });

  test('without any node lines are lost, and the log says so', () => {
    const { world, sent } = start([false, false, false]);
    pass(world, 10);
    world.net.send(UDP, encodeUtf8('foo.bar:1|c'));
    pass(world, 10);
    expect(sent).toEqual([]);
    expect(world.log.lines().map(({ text }) => text)).toContain(
      'No StatsD behind the proxy is up; its lines are lost.',
    );
  });

  test('answers on its management port as the real one', () => {
    const { ask } = start([true, true, true]);
    expect(ask('help\nhealth down\nhealth\nstats\n')).toBe(
      'Commands: config, health, status, quit\n\nhealth: down\nhealth: down\nERROR\n',
    );
    expect(ask('config\n')).toBe('\ncheckInterval: 1000\nnodes > 0: [object Object]\n');
  });
});

type NodeState = boolean | 'silent' | 'missing';

/** A world with a node at each address, and a proxy before them that asks once a second. */
function start(states: NodeState[]): {
  readonly world: World;
  readonly proxy: Proxy;
  /** Lines by node. */
  readonly sent: [node: string, line: string][];
  readonly up: NodeState[];
  ask(commands: string): string;
} {
  const world = makeWorld({ seed: 1, startMs: 1_700_000_000_000 });
  const sent: [string, string][] = [];
  const nodes = NODES.map((id, i) => {
    const [host = '', port] = id.split(':');
    return { host, port: Number(port), adminPort: Number(port) + 1, i };
  });
  for (const { host, adminPort, i } of nodes)
    if (states[i] !== 'missing') listenAsNode(world, { host, port: adminPort }, () => states[i]);
  const proxy = makeProxy(
    {
      clock: world.clock,
      net: world.net,
      log: world.log,
      md5,
      openSender: ({ host, port }) => ({
        send: (packet) => sent.push([`${host}:${port}`, decodeUtf8Lossy(packet)]),
        close: () => undefined,
      }),
    },
    {
      servers: [{ protocol: 'udp', address: UDP }],
      management: MANAGEMENT,
      healthStatus: 'up',
      nodes,
      checkIntervalMs: 1000,
      cacheSize: 2,
      file: { checkInterval: 1000, nodes: [{}] },
    },
  );
  proxy.start((opened) => expect(opened.ok).toBe(true));
  pass(world, 10);
  return {
    world,
    proxy,
    sent,
    up: states,
    ask(commands) {
      let text = '';
      world.net.connect(MANAGEMENT, {
        opened: (connection) => connection.write(encodeUtf8(commands)),
        received: (bytes) => (text += decodeUtf8Lossy(bytes)),
        closed: () => undefined,
      });
      pass(world, 10);
      return text;
    },
  };
}

/** The management port of a StatsD, as far as the proxy asks it. */
function listenAsNode(
  world: World,
  at: { readonly host: string; readonly port: number },
  state: () => NodeState | undefined,
): Listener {
  return world.net.listenTcp(
    at,
    (connection) => ({
      received() {
        if (state() === 'silent') return;
        connection.write(encodeUtf8(`health: ${state() === true ? 'up' : 'down'}\n`));
      },
      closed: () => undefined,
    }),
    () => undefined,
  );
}

function pass(world: World, ms: number): void {
  world.clock.run(world.clock.now() + ms);
}
