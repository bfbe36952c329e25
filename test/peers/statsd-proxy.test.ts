// npm's proxy and ours before the same StatsDs: each line comes to the same one, also when one of them goes and comes back.

import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { talk } from '../node/manager.ts';
import { eventually, portOf, start } from '../node/program.ts';
import { timesInTier } from '../tools/tier.ts';
import { npmPeer, pathInPeers } from './npm-peer.ts';
import { describeBeside, folderForEach, freePort, isListening, startPeer } from './peer.ts';
import { npmStatsd } from './real-statsd.ts';
import { sendPackets } from './send.ts';

const SEED = 20261127;
const PACKETS = timesInTier(2000, 5);
/** So many fit into the buffers on the way. */
const PACKETS_AT_ONCE = 50;
const CHECK_MS = 200;
const COMMANDS = ['help', 'status', 'health DOWN', 'health', 'health up', 'stats', 'config'];
/** What differs by the ports, and by the second in which each was started. */
const OF_PLACE = /^(?:uptime|port|mgmt_port): \d+$/gm;

const folder = folderForEach();
const nodes: Node[] = [];
afterEach(() => {
  for (const node of nodes.splice(0)) node.close();
});

// Of the real program it is a dependency that may be left out.
const hashring = npmPeer('hashring', '3.2.0');

describeBeside([npmStatsd, hashring], "beside npm's proxy", () => {
  it(`${PACKETS} packets by dice come to the same StatsDs, with all up, with one down, with it back (seed ${SEED})`, async () => {
    for (let i = 0; i < 3; i++) nodes.push(await startNode());
    const theirs = await play(startTheirs);
    const ours = await play(startOurs);
    expect(ours.lines).toEqual(theirs.lines);
    expect(ours.talk).toEqual(theirs.talk);
    // Each has its share of the lines.
    for (const lines of ours.lines.slice(0, 3)) expect(lines.length).toBeGreaterThan(PACKETS / 20);
    // The second one is down.
    expect(ours.lines[4]).toEqual([]);
  });
});

interface Played {
  /** Of each node with all up, then of each with the second one down, then with it back. */
  readonly lines: readonly (readonly string[])[];
  readonly talk: readonly string[];
}

interface RunningProxy {
  readonly port: number;
  readonly managementPort: number;
  stop(): Promise<unknown>;
}

async function play(
  startProxy: (file: string, config: object) => Promise<RunningProxy>,
): Promise<Played> {
  const config = {
    nodes: nodes.map(({ port, adminPort }) => ({ host: '127.0.0.1', port, adminport: adminPort })),
    checkInterval: CHECK_MS,
    mgmt_address: '127.0.0.1',
    address: '127.0.0.1',
  };
  const proxy = await startProxy(join(folder(), `${startProxy.name}.json`), config);
  const random = makeRandom(SEED);
  const lines: string[][] = [];
  const answers: string[] = [];
  for (const secondIsUp of [true, false, true]) {
    for (const [i, node] of nodes.entries()) node.isUp = i !== 1 || secondIsUp;
    const count = secondIsUp ? 3 : 2;
    await eventually(async () => (await nodesOf(proxy)).length === count || null);
    let expected = 0;
    for (let sent = 0; sent < PACKETS; sent += PACKETS_AT_ONCE) {
      const packets = Array.from({ length: PACKETS_AT_ONCE }, () => packet(random));
      expected += packets
        .join('\n')
        .split('\n')
        .filter((line) => line !== '').length;
      await sendPackets(proxy.port, packets);
      await eventually(
        () => sum(nodes.map(({ lines: { length } }) => length)) === expected || null,
      );
    }
    for (const node of nodes) lines.push(node.lines.splice(0).sort());
  }
  const socket = connect(proxy.managementPort, '127.0.0.1');
  for (const command of COMMANDS) answers.push((await talk(socket, command)).replace(OF_PLACE, ''));
  socket.destroy();
  await proxy.stop();
  return { lines, talk: answers };
}

/** Bad lines too: the proxy looks at the key alone. */
function packet(random: Random): string {
  const line = (): string => {
    const key = oneOf(random, ['a.b', 'clinic visits', 'é', '', 'x;y=z']);
    return `${key}${random.below(200)}${oneOf(random, [':1|c', ':2|ms|@0.1', ':3|g:4|g', '', ':'])}`;
  };
  const lines = Array.from({ length: 1 + random.below(4) }, line);
  return lines.join('\n') + oneOf(random, ['', '\n']);
}

function oneOf(random: Random, texts: readonly string[]): string {
  return texts[random.below(texts.length)] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

async function nodesOf(proxy: RunningProxy): Promise<readonly string[]> {
  const socket = connect(proxy.managementPort, '127.0.0.1');
  const text = await talk(socket, 'status');
  socket.destroy();
  return /nodes: (.*)/.exec(text)?.[1]?.trim().split(' ') ?? [];
}

async function startTheirs(file: string, config: object): Promise<RunningProxy> {
  const port = await freePort();
  const managementPort = await freePort();
  writeFileSync(file, JSON.stringify({ ...config, port, mgmt_port: managementPort }));
  const proxy = await startPeer(process.execPath, [pathInPeers('statsd/proxy.js'), file], () =>
    isListening(managementPort),
  );
  return { port, managementPort, stop: () => proxy.stop() };
}

async function startOurs(file: string, config: object): Promise<RunningProxy> {
  writeFileSync(file, JSON.stringify({ ...config, port: 0, mgmt_port: 0 }));
  const proxy = await start(['statsd-proxy', file]);
  return {
    port: portOf(proxy.ready, 'udp'),
    managementPort: portOf(proxy.ready, 'management'),
    stop: () => proxy.stop(),
  };
}

/** As much of a StatsD as a proxy sees. */
interface Node {
  readonly port: number;
  readonly adminPort: number;
  readonly lines: string[];
  isUp: boolean;
  close(): void;
}

async function startNode(): Promise<Node> {
  const lines: string[] = [];
  const udp: UdpSocket = createSocket('udp4');
  udp.on('message', (bytes) => lines.push(bytes.toString()));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  const node = { port: udp.address().port, adminPort: 0, lines, isUp: true, close };
  const admin: Server = createServer((socket) => {
    socket.on('data', () => socket.write(`health: ${node.isUp ? 'up' : 'down'}\n`));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => admin.listen(0, '127.0.0.1', resolve));
  node.adminPort = (admin.address() as AddressInfo).port;
  return node;

  function close(): void {
    udp.close();
    admin.close();
  }
}
