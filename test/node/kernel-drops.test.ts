import { createSocket, type Socket } from 'node:dgram';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { dropsOf } from '../../src/node/kernel-drops.ts';
import { parseUdpSockets } from '../../src/node/linux-sockets.ts';
import { startSink } from '../peers/sink.ts';
import { eventually, killAll, portOf, start } from './program.ts';

/** More than the largest buffer that a usual kernel gives: it asks for 4 MB, and each packet takes about 1 kB there. */
const PACKETS = 40_000;
const PACKET = 'a:1|c'.padEnd(400, '\n');
const SENT_AT_ONCE = 100;

let folder = '';
afterEach(() => {
  killAll();
  if (folder !== '') rmSync(folder, { recursive: true, maxRetries: 5 });
});

it('reads the drops of sockets that are ours, at ports that are asked for, of both families', () => {
  const head = '   sl  local_address rem_address   st tx_queue rx_queue tr ... ref pointer drops\n';
  const row = (address: string, inode: number, drops: number): string =>
    `  7: ${address} 00000000:0000 07 00000000:00000000 00:00000000 00000000  0  0 ${inode} 2 0000000000000000 ${drops}\n`;
  const udp =
    head + row('0100007F:1FBD', 1, 17) + row('00000000:1FBD', 2, 5) + row('0100007F:1FBE', 3, 9);
  const udp6 = head + row('00000000000000000000000001000000:1FBD', 4, 100);
  const sockets = [udp, udp6].flatMap(parseUdpSockets);
  const own = new Map([
    ['1', 20],
    ['3', 21],
    ['4', 22],
  ]);
  expect(dropsOf(sockets, own, [0x1fbd])).toBe(117);
  expect(dropsOf(sockets, own, [0x1fbe])).toBe(9);
  expect(dropsOf(sockets, own, [0x1fbf])).toBeNull();
});

// Skipped where there is no /proc/net/udp: only Linux tells what its kernel dropped.
it.skipIf(!existsSync('/proc/net/udp'))(
  'counts what the kernel drops while nobody reads: with what arrived, it is what was sent',
  async () => {
    folder = mkdtempSync(join(tmpdir(), 'stacklab-drops-'));
    const sink = await startSink();
    const file = join(folder, 'statsd.json');
    const graphite = { graphiteHost: '127.0.0.1', graphitePort: sink.port };
    writeFileSync(file, JSON.stringify({ port: 0, mgmt_port: 0, flushInterval: 300, ...graphite }));
    const statsd = await start(['statsd', file]);
    statsd.signal('SIGSTOP');
    await sendMany(portOf(statsd.ready, 'udp'));
    statsd.signal('SIGCONT');
    const sum = (counter: string): number => {
      const line = new RegExp(`^stats_counts\\.statsd\\.${counter} (\\d+)`, 'gm');
      const numbers = [...sink.received().join('').matchAll(line)];
      return numbers.reduce((total, [, number]) => total + Number(number), 0);
    };
    await eventually(
      () => sum('packets_received') + sum('packets_dropped_by_kernel') === PACKETS || null,
    );
    expect(sum('packets_dropped_by_kernel')).toBeGreaterThan(0);
    expect(statsd.err()).toMatch(/The kernel dropped packets.*net\.core\.rmem_max.*packets=\d/);
    expect((await statsd.stop()).code).toBe(0);
    sink.end();
  },
);

async function sendMany(port: number): Promise<void> {
  const socket: Socket = createSocket('udp4');
  const send = (): Promise<unknown> =>
    new Promise((resolve) => {
      socket.send(PACKET, port, '127.0.0.1', resolve);
    });
  for (let sent = 0; sent < PACKETS; sent += SENT_AT_ONCE)
    await Promise.all(Array.from({ length: SENT_AT_ONCE }, send));
  socket.close();
}
