// Packets of the real collectd's network plugin to ours, and of ours to the real one. Each end brings what it has to a
// Carbon of the test, which compares the two.
//
//   collectd  --> write_graphite --> near lines      stacklab collector --> near lines
//      `--------> stacklab collector --> far lines       `--------------> collectd --> far lines

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually, start } from '../node/program.ts';
import { startLineSink, startRelay, type LineSink } from './network-relay.ts';
import { collectdHead } from './collectd-head.ts';
import { COLLECTD, collectd, describeBeside, folderForEach, freePort, startPeer } from './peer.ts';

const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;
const USER = 'web1';
const PASSWORD = 'open sesame';
/** Lines that both ends must have: some seconds of values. */
const SHARED_MIN = 40;

const folder = folderForEach();

interface Collector {
  /** What it logged so far. */
  log(): string;
  stop(): Promise<unknown>;
}

type Kind = 'real' | 'ours';
const DIRECTIONS: readonly (readonly [sender: Kind, receiver: Kind])[] = [
  ['real', 'ours'],
  ['ours', 'real'],
];

/** One collector of each kind, the one sending to the other; through a relay when `change` says what it does. */
async function send(
  [from, to]: readonly [Kind, Kind],
  level: string,
  options: {
    readonly host?: string;
    readonly password?: string;
    readonly change?: (packet: Buffer) => readonly Buffer[];
    readonly blocks?: string;
    readonly receiverBlocks?: string;
  } = {},
): Promise<{ near: LineSink; far: LineSink; sender: Collector; receiver: Collector }> {
  const { host = '127.0.0.1', password = PASSWORD, change } = options;
  const [near, far] = [await startLineSink(), await startLineSink()];
  const port = await freePort();
  const relay = change ? await startRelay(port, change) : null;
  const authFile = join(folder(), 'passwords');
  writeFileSync(authFile, `# who may send\n${USER}: ${PASSWORD}\n`);
  const receiver = await startCollector(
    to,
    `${to}-receiver`,
    far.port,
    `<Listen "${host}" "${port}">
      SecurityLevel "${level}"
      AuthFile "${authFile}"
    </Listen>
    ReportStats true`,
    options.receiverBlocks ?? '',
  );
  const sender = await startCollector(
    from,
    `${from}-sender`,
    near.port,
    `<Server "${host}" "${relay?.port ?? port}">
      SecurityLevel "${level}"
      Username "${USER}"
      Password "${password}"
    </Server>`,
    `${execBlock()}\n${options.blocks ?? ''}`,
  );
  return { near, far, sender, receiver };
}

/** The values that both ends have, and those that only the far one has: other numbers at the same time. */
function compared(
  near: LineSink,
  far: LineSink,
): { shared: readonly string[]; alone: readonly string[] } {
  const sent = new Set(near.lines());
  const moments = new Set(near.lines().map(momentOf));
  const received = far.lines().filter((line) => /^(?:real|ours)-sender\./.test(line));
  return {
    shared: received.filter((line) => sent.has(line)),
    alone: received.filter((line) => !sent.has(line) && moments.has(momentOf(line))),
  };
}

/** A line without its number. */
function momentOf(line: string): string {
  return line.replace(/ .* /, ' ');
}

const TYPES = [
  'counter-c',
  'derive-d',
  'absolute-a',
  'gauge-g',
  'vmpage_faults.minflt',
  'if_octets.rx',
];

function hasAllKinds(lines: readonly string[]): boolean {
  const text = lines.join('\n');
  return lines.length >= SHARED_MIN && TYPES.every((type) => text.includes(`.${type} `));
}

describeBeside([collectd], 'beside the network plugin of the real collectd', () => {
  for (const direction of DIRECTIONS) {
    const title = direction.join(' to ');

    it.each(['None', 'Sign', 'Encrypt'])(
      `takes the same values, ${title}, with %s`,
      async (level) => {
        const { near, far, sender, receiver } = await send(direction, level);
        await eventually(() => hasAllKinds(compared(near, far).shared) || null);
        await sender.stop();
        await receiver.stop();
        expect(compared(near, far).alone).toEqual([]);
      },
    );
  }

  it.each(DIRECTIONS)('takes the same values over IPv6, %s to %s', async (...direction) => {
    const { near, far } = await send(direction, 'Encrypt', { host: '::1' });
    await eventually(() => compared(near, far).shared.length >= SHARED_MIN || null);
    expect(compared(near, far).alone).toEqual([]);
  });

  for (const level of ['Sign', 'Encrypt'])
    it.each(DIRECTIONS)(
      `refuses a packet of which one byte was changed, with ${level}, %s to %s`,
      async (...direction) => {
        let isChanging = true;
        let changed = 0;
        const { near, far, receiver } = await send(direction, level, {
          change(packet) {
            if (!isChanging) return [packet];
            changed++;
            const at = packet.length - 1 - (changed % 20);
            packet[at] = (packet[at] ?? 0) ^ 1;
            return [packet];
          },
        });
        await eventually(() => changed >= 3 || null);
        expect(compared(near, far).shared).toEqual([]);
        isChanging = false;
        await eventually(() => compared(near, far).shared.length > 0 || null);
        await receiver.stop();
        if (direction[1] === 'ours') {
          expect(receiver.log()).toMatch(
            /A packet from 127\.0\.0\.1 has a wrong (?:signature|checksum)/,
          );
          expect(dropped(far)).toBeGreaterThanOrEqual(1);
          expect(dropped(far)).toBeLessThanOrEqual(changed);
        } else expect(receiver.log()).toMatch(/[Mm]ismatch/);
      },
    );

  for (const level of ['Sign', 'Encrypt'])
    it.each(DIRECTIONS)(
      `refuses another password, with ${level}, %s to %s`,
      async (...direction) => {
        let sent = 0;
        const { near, far, receiver } = await send(direction, level, {
          password: 'close sesame',
          change(packet) {
            sent++;
            return [packet];
          },
        });
        await eventually(() => sent >= 3 || null);
        await eventually(() => /mismatch|another password/i.test(receiver.log()) || null);
        expect(compared(near, far).shared).toEqual([]);
      },
    );

  it('takes a packet that comes twice only once, where the real one says so and writes it twice', async () => {
    const writtenOf: Record<string, number> = {};
    for (const direction of DIRECTIONS) {
      const { near, far, receiver } = await send(direction, 'Sign', {
        change: (packet) => [packet, packet],
      });
      await eventually(() => compared(near, far).shared.length >= SHARED_MIN || null);
      await receiver.stop();
      expect(receiver.log()).toMatch(/is not newer than what was here|Value too old/);
      const line = compared(near, far).shared.find((one) => one.includes('load.shortterm'));
      const times = (sink: LineSink): number => sink.lines().filter((one) => one === line).length;
      writtenOf[direction[1]] = times(far) / times(near);
    }
    expect(writtenOf).toEqual({ ours: 1, real: 2 });
  });

  it.each(DIRECTIONS)(
    'tells what a threshold of the other found, %s to %s',
    async (...direction) => {
      const heard = join(folder(), 'heard');
      const { receiver } = await send(direction, 'Encrypt', {
        blocks: `LoadPlugin threshold
<Plugin threshold>
  <Plugin "app">
    <Type "gauge">
      FailureMax 1
    </Type>
  </Plugin>
</Plugin>
`,
        receiverBlocks: notificationBlock(heard),
      });
      const text = await eventually(() => {
        const told = readOrEmpty(heard);
        return told.includes('Severity: FAILURE') ? told : null;
      });
      await receiver.stop();
      expect(text).toContain(
        `Host: ${direction[0]}-sender\nPlugin: app\nPluginInstance: one\nType: gauge`,
      );
    },
  );
});

/** The last that ours tells of packets that it refused. */
function dropped(sink: LineSink): number {
  const told = sink.lines().filter((line) => line.includes('.network.if_dropped.rx '));
  return Number(told.at(-1)?.split(' ')[1] ?? NaN);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function startCollector(
  kind: Kind,
  name: string,
  carbonPort: number,
  network: string,
  others: string,
): Promise<Collector> {
  const own = join(folder(), name);
  mkdirSync(own);
  const logFile = join(own, 'log');
  const file = join(own, 'collectd.conf');
  const logs =
    kind === 'real' ? `LoadPlugin logfile\n<Plugin logfile>\nFile "${logFile}"\n</Plugin>\n` : '';
  writeFileSync(file, `${logs}${confOf(name, own, carbonPort, network)}${others}`);
  if (kind === 'ours') {
    const running = await start(['collector', '-C', file]);
    return { log: running.err, stop: running.stop };
  }
  const isUp = (): boolean => readOrEmpty(logFile).includes('entering read-loop');
  const peer = await startPeer(COLLECTD, ['-f', '-C', file], isUp);
  return { log: () => readOrEmpty(logFile), stop: peer.stop };
}

function confOf(name: string, own: string, carbonPort: number, network: string): string {
  return `${collectdHead(name, own)}<LoadPlugin network>
  FlushInterval 1
</LoadPlugin>
<LoadPlugin write_graphite>
  FlushInterval 1
</LoadPlugin>
<Plugin network>
  ${network}
</Plugin>
<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "${carbonPort}"
    Protocol "tcp"
    StoreRates false
  </Node>
</Plugin>
`;
}

/** Values of all kinds, whole and not, and one that nobody knows. */
function execBlock(): string {
  const program = executable(
    'values.sh',
    `n=9007199254740
while sleep 0.5; do
  n=$((n+12345))
  echo "PUTVAL $COLLECTD_HOSTNAME/app-one/counter-c interval=1 N:$n"
  echo "PUTVAL $COLLECTD_HOSTNAME/app-one/derive-d interval=1 N:-$n"
  echo "PUTVAL $COLLECTD_HOSTNAME/app-one/absolute-a interval=1 N:17"
  echo "PUTVAL $COLLECTD_HOSTNAME/app-one/gauge-g interval=1 N:$n.125"
  echo "PUTVAL $COLLECTD_HOSTNAME/app-one/gauge-u interval=1 N:U"
  echo "PUTVAL $COLLECTD_HOSTNAME/app/vmpage_faults interval=1 N:$n:3"
done
`,
  );
  return `LoadPlugin exec
LoadPlugin load
LoadPlugin memory
LoadPlugin interface
<Plugin exec>
  Exec "${SOMEBODY}" "${program}"
</Plugin>
`;
}

function notificationBlock(heard: string): string {
  writeFileSync(heard, '');
  chmodSync(heard, 0o666);
  const program = executable(
    'hear.sh',
    `text="$(cat; echo ====)"\nprintf '%s\\n' "$text" >> "${heard}"\n`,
  );
  return `LoadPlugin exec
<Plugin exec>
  NotificationExec "${SOMEBODY}" "${program}"
</Plugin>
`;
}

function executable(name: string, text: string): string {
  const program = join(folder(), name);
  chmodSync(folder(), 0o755);
  writeFileSync(program, `#!/bin/sh\n${text}`);
  chmodSync(program, 0o755);
  return program;
}
