// What the collector reads of this machine, and whom it asks.

import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { good, type Result } from '../../src/core/base/result.ts';
import type { PageRequest } from '../../src/core/host/outside.ts';
import { followFile } from '../../src/node/follow.ts';
import { listProcesses, splitStat } from '../../src/node/linux-processes.ts';
import {
  countUsers,
  parseDisks,
  parseInterrupts,
  parseSockets,
  parseSwapDevices,
} from '../../src/node/linux-tables.ts';
import { fetchPage } from '../../src/node/page-fetch.ts';
import { parsePingLine, pingArguments } from '../../src/node/ping.ts';
import { runProgram } from '../../src/node/run-program.ts';
import { parseMemory } from '../../src/node/sensors-linux.ts';
import { udevProperty } from '../../src/node/udev.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'stacklab-collector-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the tables of Linux', () => {
  it('have disks in sectors of 512 bytes, and newer columns behind', () => {
    const [disk] =
      parseDisks('   8       0 sda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n 8 1 short 1 2\n') ??
      [];
    expect(disk).toMatchObject({
      name: 'sda',
      readOps: 1,
      readMerged: 2,
      readOctets: 3 * 512,
      readMs: 4,
      writeOps: 5,
      writeMerged: 6,
      writeOctets: 7 * 512,
      writeMs: 8,
      inProgress: 9,
      ioMs: 10,
      weightedIoMs: 11,
    });
  });

  it('have what udev noted of a disk before what the kernel says', () => {
    const [run, sys] = [join(folder, 'run'), join(folder, 'sys')];
    mkdirSync(run);
    mkdirSync(join(sys, '8:0'), { recursive: true });
    writeFileSync(join(run, 'b8:0'), 'S:disk/by-id/x\nE:ID_SERIAL=abc=1\nE:DEVTYPE=mine\n');
    writeFileSync(join(sys, '8:0', 'uevent'), 'MAJOR=8\nDEVTYPE=disk\n');
    const asked = ['ID_SERIAL', 'DEVTYPE', 'MAJOR', 'NONE'];
    expect(asked.map((name) => udevProperty('8:0', name, run, sys))).toEqual([
      'abc=1',
      'mine',
      '8',
      null,
    ]);
    expect(udevProperty('9:0', 'MAJOR', run, sys)).toBeNull();
  });

  it('have interrupts for each core, and some for the machine', () => {
    const table = `           CPU0       CPU1
  24:          1         20  IO-APIC   5-edge      ACPI:Ged
 LOC:        100        200   Local timer interrupts
 ERR:          3
`;
    expect(parseInterrupts(table)).toEqual([
      { name: '24', count: 21 },
      { name: 'LOC', count: 300 },
      { name: 'ERR', count: 3 },
    ]);
  });

  it('have the slab of memory in two parts, or on old kernels in one', () => {
    const memory = (text: string) => parseMemory(`MemTotal: 9 kB\n${text}`)?.memory;
    expect(memory('Slab: 3 kB\nSReclaimable: 1 kB\nSUnreclaim: 2 kB\n')).not.toHaveProperty('slab');
    expect(memory('Slab: 3 kB\n')).toMatchObject({ slab: 3072, slabReclaimable: 0 });
  });

  it('have sockets in hexadecimal, of both families', () => {
    const tcp = `  sl  local_address rem_address   st tx_queue
   0: 0100007F:07D3 00000000:0000 0A 00000000:00000000
`;
    const tcp6 = `  sl  local_address                         remote_address
   0: 00000000000000000000000001000000:1F90 00000000000000000000000001000000:C350 01 0
`;
    expect(parseSockets([tcp, tcp6])).toEqual([
      { state: 'LISTEN', localPort: 2003, remotePort: 0 },
      { state: 'ESTABLISHED', localPort: 8080, remotePort: 50_000 },
    ]);
    expect(parseSockets([null, null])).toBeNull();
  });

  it('have swap devices in kilobytes', () => {
    const swaps = 'Filename\t\tType\t\tSize\tUsed\tPriority\n/dev/sda2  partition\t1024\t512\t-2\n';
    expect(parseSwapDevices(swaps)).toEqual([
      { name: '/dev/sda2', total: 1_048_576, used: 524_288 },
    ]);
  });

  it('have in utmp who is logged in, and nobody without it', () => {
    const entry = (kind: number): Buffer => {
      const bytes = Buffer.alloc(384);
      bytes.writeInt16LE(kind);
      return bytes;
    };
    const file = join(folder, 'utmp');
    writeFileSync(file, Buffer.concat([entry(2), entry(7), entry(8), entry(7)]));
    expect(countUsers(file)).toBe(2);
    expect(countUsers(join(folder, 'none'))).toBe(0);
  });

  it('have a program whose name holds brackets and blanks', () => {
    expect(splitStat('7 (a) b (c)) S 1 2')).toEqual({ name: 'a) b (c)', fields: ['S', '1', '2'] });
    expect(splitStat('nonsense')).toBeNull();
  });

  it('have the sizes and times of one process, and none of one that is gone', () => {
    const one = join(folder, '42');
    mkdirSync(join(one, 'task', '42'), { recursive: true });
    mkdirSync(join(one, 'task', '43'));
    const fields = Array.from({ length: 40 }, (_, index) => index + 3);
    writeFileSync(join(one, 'stat'), `42 (sh) S ${fields.slice(1).join(' ')}\n`);
    writeFileSync(join(one, 'status'), 'VmData:\t10 kB\nVmExe:\t2 kB\nVmLib:\t3 kB\nThreads:\t2\n');
    writeFileSync(join(one, 'cmdline'), 'sh\0-c\0true\0');
    for (const thread of ['42', '43'])
      writeFileSync(
        join(one, 'task', thread, 'status'),
        'voluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t1\n',
      );
    const [entry] = listProcesses(folder, 4096);
    expect(entry?.commandLine()).toBe('sh -c true');
    expect(entry?.contextSwitches()).toEqual({ voluntary: 10, involuntary: 2 });
    // The numbers are those that man 5 proc gives the fields.
    expect(entry?.details()).toEqual({
      isZombie: false,
      threads: 2,
      vm: 23,
      rss: 24 * 4096,
      data: 10_240,
      code: 5120,
      stack: 1,
      userUs: 140_000,
      systemUs: 150_000,
      minorFaults: 10,
      majorFaults: 12,
      io: null,
    });
    rmSync(one, { recursive: true });
    expect([entry?.details(), entry?.contextSwitches(), entry?.fileDescriptors()]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('a file that grows', () => {
  it('tells whole lines that come after the start, through a rotation and a cut', () => {
    const file = join(folder, 'log');
    writeFileSync(file, 'old\n');
    const follower = followFile(file);
    expect(follower.lines()).toEqual(good([]));
    appendFileSync(file, 'one\r\ntw');
    expect(follower.lines()).toEqual(good(['one']));
    appendFileSync(file, 'o\n');
    expect(follower.lines()).toEqual(good(['two']));
    appendFileSync(file, 'last\n');
    renameSync(file, join(folder, 'log.1'));
    writeFileSync(file, 'first\n');
    expect(follower.lines()).toEqual(good(['last', 'first']));
    truncateSync(file);
    expect(follower.lines()).toEqual(good([]));
    appendFileSync(file, 'x\n');
    expect(follower.lines()).toEqual(good(['x']));
    follower.close();
  });

  it('is read from its beginning when it comes later, and is missed until then', () => {
    const file = join(folder, 'later');
    const follower = followFile(file);
    expect(follower.lines()).toMatchObject({ ok: false });
    writeFileSync(file, 'first\n');
    expect(follower.lines()).toEqual(good(['first']));
    follower.close();
  });
});

describe('a page', () => {
  let server: Server;
  const asked: (string | undefined)[] = [];
  const posted: string[] = [];
  beforeEach(async () => {
    server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      const kind = `${request.method} ${request.headers['content-type']}`;
      request.on('data', (part: Buffer) => posted.push(`${kind} ${part.toString()}`));
      if (request.url === '/silent') return;
      response.statusCode = request.url === '/missing' ? 404 : 200;
      response.end('hello');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const get = (path: string, more: Partial<PageRequest> = {}): Promise<Result<string>> => {
    const request: PageRequest = {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
      user: '',
      password: '',
      verifyPeer: true,
      verifyHost: true,
      caCert: '',
      timeoutMs: 5000,
      socket: '',
      ...more,
    };
    return new Promise((resolve) => fetchPage(request, resolve));
  };
  const whyNot = async (page: Promise<Result<string>>): Promise<string> => {
    const text = await page;
    return text.ok ? 'it answered' : text.why;
  };

  it('is fetched, with user and password where they are given', async () => {
    expect(await get('/', { user: 'me', password: 'secret' })).toEqual(good('hello'));
    expect(asked.at(-1)).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`);
  });

  it('takes JSON by POST', async () => {
    expect(await get('/', { json: '{"data": "ä"}' })).toEqual(good('hello'));
    expect(posted).toEqual(['POST application/json {"data": "ä"}']);
  });

  it('says why there is none', async () => {
    expect(await get('/missing')).toMatchObject({ ok: false, status: 404 });
    expect(await whyNot(get('/missing'))).toContain('it answered 404');
    expect(await whyNot(get('/silent', { timeoutMs: 50 }))).toContain('no answer within 50 ms');
    expect(await whyNot(get('', { url: 'nonsense' }))).toContain('Invalid URL');
    expect(await whyNot(get('/', { caCert: join(folder, 'none') }))).toContain('ENOENT');
  });
});

describe('a program', () => {
  const run = (program: string, args: readonly string[], user = '') =>
    new Promise<readonly (string | null)[]>((resolve) => {
      const seen: (string | null)[] = [];
      runProgram(
        { program, args, user, environment: { MINE: 'yes' }, input: 'given\n' },
        {
          printed: (line) => seen.push(`out ${line}`),
          complained: (line) => seen.push(`err ${line}`),
          ended: (why) => resolve([...seen, why]),
        },
      );
    });
  const script = (code: string): Promise<readonly (string | null)[]> =>
    run(process.execPath, ['-e', code]);

  it('is heard line by line, with its input and environment', async () => {
    const code = `process.stdin.on('data', (text) => process.stdout.write(process.env.MINE + ' ' + text))`;
    expect(await script(code)).toEqual(['out yes given', null]);
  });

  it('says how it ended', async () => {
    expect(await script(`console.error('oh'); process.exitCode = 3`)).toEqual([
      'err oh',
      'ended with code 3',
    ]);
    expect((await run(join(folder, 'none'), [])).join()).toContain('does not start');
  });

  it('runs as another user only where that may be', async () => {
    const isRoot = userInfo().uid === 0;
    const why = (await run(process.execPath, ['-v'], 'no-such-user')).join();
    expect(why).toContain(isRoot ? 'there is no user "no-such-user"' : 'only root can run it');
  });
});

describe('ping', () => {
  it.each([
    ['64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.045 ms', 0.045],
    ['Reply from 10.0.0.1: bytes=56 time<1ms TTL=64', 1],
    ['no answer yet for icmp_seq=3', 'lost'],
    ['Request timeout for icmp_seq 0', 'lost'],
    ['From 10.0.0.2 icmp_seq=1 Destination Host Unreachable', 'lost'],
    ['PING example.org (10.0.0.1) 56(84) bytes of data.', null],
  ])('reads %j', (line, seen) => {
    expect(parsePingLine(line)).toBe(seen);
  });

  it('asks each system in its own words', () => {
    const request = {
      host: 'a',
      intervalS: 1,
      timeoutS: 0.9,
      ttl: 255,
      bytes: 56,
      sourceAddress: '',
      device: 'eth0',
      family: 'ipv4',
    } as const;
    const shown = (platform: NodeJS.Platform): string => pingArguments(request, platform).join(' ');
    expect(shown('linux')).toBe('-n -i 1 -s 56 -O -t 255 -W 0.9 -I eth0 -4 a');
    expect(shown('darwin')).toBe('-n -i 1 -s 56 -m 255 -W 900 a');
    expect(shown('win32')).toBe('-t -w 900 -i 255 -l 56 -4 a');
  });
});
