import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually, killAll, portOf, run, start } from './program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacklab-network-'));
});
afterEach(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

function confOf(name: string, network: string, others = ''): string {
  const file = join(folder, name);
  const block = `<Plugin network>\n${network}\n</Plugin>\n`;
  writeFileSync(file, `Hostname "${name}"\nInterval 1\nLoadPlugin network\n${block}${others}`);
  return file;
}

it('collector -t and -T tell where the network plugin sends and listens, and open nothing', async () => {
  const file = confOf(
    'a',
    'Server "::1"\n<Listen "192.0.2.1" 25827>\nSecurityLevel Sign\nAuthFile "none"\n</Listen>',
    'LoadPlugin uptime\nTypesDB "/no/types.db"\n',
  );
  for (const option of ['-t', '-T']) {
    const { code, out, err } = await run(['collector', '-C', file, option]);
    expect(code).toBe(0);
    expect(out).toContain('network: values go to [::1]:25826 (none).');
    expect(out).toContain('network: it listens on 192.0.2.1:25827 (sign).');
    expect(err).toContain('The file /no/types.db cannot be read');
  }
});

it('collector --help tells how the network plugin is told', async () => {
  const { out } = await run(['collector', '--help']);
  expect(out).toContain('<Listen "127.0.0.1">');
  expect(out).toContain('AuthFile');
});

it('one collector hears another, which it tells apart by its password', async () => {
  writeFileSync(join(folder, 'passwords'), 'web1: open sesame\n');
  const receiver = await start([
    'collector',
    '-C',
    confOf(
      'receiver',
      `<Listen "127.0.0.1" 0>\nSecurityLevel Encrypt\nAuthFile "${join(folder, 'passwords')}"\n</Listen>`,
      `LoadPlugin threshold
<Plugin threshold>
  <Type "uptime">
    FailureMax 0
    Persist true
  </Type>
</Plugin>
`,
    ),
  ]);
  const port = portOf(receiver.ready, 'listens');
  const server = (password: string): string => `<Server "127.0.0.1" ${port}>
  SecurityLevel Encrypt
  Username "web1"
  Password "${password}"
</Server>`;
  const others = '<LoadPlugin network>\nFlushInterval 1\n</LoadPlugin>\nLoadPlugin uptime\n';
  const right = await start(['collector', '-C', confOf('right', server('open sesame'), others)]);
  const wrong = await start(['collector', '-C', confOf('wrong', server('close sesame'), others)]);
  expect(right.ready).toContain(`network to 127.0.0.1:${port}`);
  await eventually(() => /right\/uptime\/uptime: "value" is/.test(receiver.err()) || null);
  await eventually(
    () => receiver.err().includes('A packet from 127.0.0.1 has a wrong checksum') || null,
  );
  for (const collector of [right, wrong, receiver]) expect((await collector.stop()).code).toBe(0);
  expect(receiver.err()).not.toContain('wrong/uptime');
});

it('a collector sends at SIGUSR1 what waits for a full packet', async () => {
  const packets: Buffer[] = [];
  const socket = createSocket('udp4').on('message', (packet) => packets.push(packet));
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve));
  const server = `Server "127.0.0.1" ${socket.address().port}`;
  const collector = await start(['collector', '-C', confOf('a', server, 'LoadPlugin uptime\n')]);
  collector.signal('SIGUSR1');
  await eventually(() => packets.length > 0 || null);
  socket.close();
  expect(packets[0]?.toString('latin1')).toContain('uptime');
  expect((await collector.stop()).code).toBe(0);
});

it('a collector that cannot listen as it is told says why, and ends', async () => {
  const noFile = await run([
    'collector',
    '-C',
    confOf('a', '<Listen "127.0.0.1" 0>\nSecurityLevel Sign\nAuthFile "/no/passwords"\n</Listen>'),
  ]);
  expect(noFile.code).toBe(1);
  expect(noFile.err).toContain(
    'The network plugin does not listen: The file /no/passwords cannot be',
  );
  const first = await start(['collector', '-C', confOf('b', 'Listen "127.0.0.1" 0')]);
  const port = portOf(first.ready, 'listens');
  const second = await run(['collector', '-C', confOf('c', `Listen "127.0.0.1" ${port}`)]);
  expect(second.code).toBe(1);
  expect(second.err).toContain(`The port ${port} on 127.0.0.1 is in use.`);
});
