import { mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Result } from '../../src/core/base/result.ts';
import type { DatagramTarget } from '../../src/core/host/datagrams.ts';
import type { Address, Listener } from '../../src/core/host/net.ts';
import { nodeDatagrams, PACKETS_WAITING_MAX } from '../../src/node/datagrams.ts';
import { nodeSecrets } from '../../src/node/secrets.ts';
import { eventually } from './program.ts';

const GROUP = '239.192.74.66';
const LOOPBACK_NAME = Object.entries(networkInterfaces()).find(([, addresses]) =>
  addresses?.some(({ address }) => address === '127.0.0.1'),
)?.[0];
const TARGET: Omit<DatagramTarget, 'port'> = {
  host: '127.0.0.1',
  interface: '',
  bindAddress: '',
  resolveInterval: 0,
  timeToLive: 0,
};

const listeners: Listener[] = [];
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

async function listen(host: string, port = 0, interfaceName = '') {
  const received: { readonly text: string; readonly from: string }[] = [];
  const opened = await new Promise<Result<readonly Address[]>>((resolve) => {
    const place = { host, port, interface: interfaceName };
    listeners.push(
      nodeDatagrams.listen(
        place,
        (packet, from) => received.push({ text: Buffer.from(packet).toString(), from: from.host }),
        resolve,
      ),
    );
  });
  return { opened, received, port: opened.ok ? (opened.value[0]?.port ?? 0) : 0 };
}

function open(target: Partial<DatagramTarget> & { readonly port: number }) {
  const failures: string[] = [];
  const sender = nodeDatagrams.open({ ...TARGET, ...target }, (why) => failures.push(why));
  const send = (text: string): void => sender.send(Buffer.from(text));
  return { failures, send, close: sender.close };
}

describe('packets to a host', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])(
    '%s arrive, those before its end too',
    async (host) => {
      const place = await listen(host === '::1' ? host : '127.0.0.1');
      // Which of its addresses a system takes for localhost is its own choice.
      const other = host === 'localhost' ? await listen('::1', place.port) : null;
      const { send, close, failures } = open({ host, port: place.port, timeToLive: 5 });
      send('one');
      send('two');
      close();
      const received = (): number => place.received.length + (other?.received.length ?? 0);
      await eventually(() => received() === 2 || null);
      expect(failures).toEqual([]);
    },
  );

  it('come from BindAddress', async () => {
    const { port, received } = await listen('127.0.0.1');
    const { send, close } = open({ port, bindAddress: '127.0.0.2' });
    send('hello');
    close();
    await eventually(() => received.length > 0 || null);
    expect(received).toEqual([{ text: 'hello', from: '127.0.0.2' }]);
  });

  it('are lost with a word where the host has no address, or the address is not ours', async () => {
    const nowhere = open({ host: 'nobody.invalid', port: 9 });
    const foreign = open({ bindAddress: '192.0.2.1', port: 9 });
    nowhere.send('x');
    foreign.send('x');
    await eventually(() => (nowhere.failures.length > 0 && foreign.failures.length > 0) || null);
    expect(nowhere.failures[0]).toContain('the name "nobody.invalid" has no address');
    expect(foreign.failures[0]).toContain('192.0.2.1');
    nowhere.close();
    foreign.close();
  });

  it(`wait for its address, at most ${PACKETS_WAITING_MAX}`, async () => {
    const { send, close, failures } = open({ host: 'nobody.invalid', port: 9 });
    for (let count = 0; count < PACKETS_WAITING_MAX + 3; count++) send('x');
    expect(failures).toHaveLength(3);
    close();
    await eventually(() => failures.length > 3 || null);
  });

  it('go on with the same address when it is asked for again', async () => {
    const { port, received } = await listen('127.0.0.1');
    const { send, close, failures } = open({ port, resolveInterval: 0.001 });
    for (let count = 1; count <= 3; count++) {
      send('hello');
      await eventually(() => received.length === count || null);
    }
    close();
    expect(failures).toEqual([]);
  });

  // Skipped where loopback has no name.
  it.skipIf(LOOPBACK_NAME === undefined)(
    'of multicast reach who joined, on the interface named',
    async () => {
      const name = LOOPBACK_NAME ?? '';
      const { opened, port, received } = await listen(GROUP, 0, name);
      expect(opened).toMatchObject({ ok: true, value: [{ host: GROUP }] });
      const { send, close } = open({ host: GROUP, port, interface: name, timeToLive: 1 });
      send('hello');
      close();
      await eventually(() => received.length > 0 || null);
      expect(received).toEqual([{ text: 'hello', from: '127.0.0.1' }]);
    },
  );
});

describe('a listener', () => {
  it('takes all addresses of a name', async () => {
    const { opened } = await listen('localhost');
    expect(opened.ok && opened.value.map(({ host }) => host)).toContain('127.0.0.1');
  });

  it('of all addresses with an interface takes those of that one only', async () => {
    const { opened } = await listen('0.0.0.0', 0, LOOPBACK_NAME);
    expect(opened).toMatchObject({ ok: true, value: [{ host: '127.0.0.1' }] });
  });

  it('says which port is in use, which interface is not there, which name has no address', async () => {
    const { port } = await listen('127.0.0.1');
    const whyNot = async (host: string, at: number, name = ''): Promise<string> => {
      const { opened } = await listen(host, at, name);
      return opened.ok ? 'it is open' : opened.why;
    };
    expect(await whyNot('127.0.0.1', port)).toBe(`The port ${port} on 127.0.0.1 is in use.`);
    expect(await whyNot('0.0.0.0', 0, 'none9')).toContain(
      'There is no interface "none9"; here are:',
    );
    expect(await whyNot('nobody.invalid', 0)).toContain('The name "nobody.invalid" has no address');
  });
});

describe('the secrets of Node', () => {
  const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');

  // NIST SP 800-38A, F.4.5; RFC 4231, case 2; FIPS 180, "abc".
  it('are those of the standards', () => {
    const key = hex('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4');
    const iv = hex('000102030405060708090a0b0c0d0e0f');
    const text = hex('6bc1bee22e409f96e93d7e117393172aae2d8a57');
    const hidden = nodeSecrets.aes256Ofb(key, iv, text);
    expect(Buffer.from(hidden).toString('hex')).toBe('dc7e84bfda79164b7ecd8486985d38604febdc67');
    expect(Buffer.from(nodeSecrets.aes256Ofb(key, iv, hidden))).toEqual(Buffer.from(text));
    const hmac = nodeSecrets.hmacSha256(
      Buffer.from('Jefe'),
      Buffer.from('what do ya want for nothing?'),
    );
    expect(Buffer.from(hmac).toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    const abc = Buffer.from('abc');
    expect(Buffer.from(nodeSecrets.sha1(abc)).toString('hex')).toBe(
      'a9993e364706816aba3e25717850c26c9cd0d89d',
    );
    expect(Buffer.from(nodeSecrets.sha256(abc)).toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('read a file of passwords again when it changes, and say when it cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stacklab-secrets-'));
    const path = join(folder, 'passwords');
    const file = nodeSecrets.passwordFile(path);
    expect(file()).toMatchObject({ ok: false });
    writeFileSync(path, 'a: b\n');
    expect(file()).toEqual({ ok: true, value: 'a: b\n' });
    expect(file()).toBe(file());
    writeFileSync(path, 'a: cc\n');
    expect(file()).toEqual({ ok: true, value: 'a: cc\n' });
    const tooLong = nodeSecrets.passwordFile(join(folder, 'x'.repeat(5000)));
    expect(tooLong()).toMatchObject({ ok: false });
    unlinkSync(path);
    expect(file()).toMatchObject({ ok: false });
    rmSync(folder, { recursive: true });
  });
});
