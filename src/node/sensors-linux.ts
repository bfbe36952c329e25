// This Linux machine, read from /proc and statfs: nothing that starts a process every ten seconds. A file is opened
// only when a plugin looks at what it tells.

import { loadavg } from 'node:os';
import type {
  CpuReading,
  HostReading,
  InterfaceReading,
  MemoryReading,
  Mount,
  Sensors,
  SwapReading,
} from '../core/host/sensors.ts';
import { makeFileSystemsAsker } from './file-systems.ts';
import { countProcesses, listProcesses } from './linux-processes.ts';
import {
  countUsers,
  parseDisks,
  parseInterrupts,
  parseSockets,
  parseSwapDevices,
} from './linux-tables.ts';
import { makeNodeOutside } from './outside.ts';
import { readText } from './proc-text.ts';

export function makeLinuxSensors(proc = '/proc', utmp = '/run/utmp'): Sensors {
  const text = (file: string): string | null => readText(`${proc}/${file}`);
  const pageBytes = once(() => parsePageBytes(text('self/smaps')));
  return {
    outside: makeNodeOutside(),
    askFileSystems: makeFileSystemsAsker(() => parseMounts(text('self/mounts'))),
    read(): HostReading {
      const stat = once(() => text('stat'));
      const memory = once(() => parseMemory(text('meminfo')));
      return {
        get cpus() {
          return parseCpus(stat());
        },
        get memory() {
          return memory()?.memory ?? null;
        },
        // They are asked by themselves.
        fileSystems: null,
        get interfaces() {
          return parseInterfaces(text('net/dev'));
        },
        get load() {
          const [shortterm = 0, midterm = 0, longterm = 0] = loadavg();
          return { shortterm, midterm, longterm };
        },
        get processes() {
          return countProcesses(proc, stat());
        },
        get swap() {
          const swap = memory()?.swap;
          if (swap === undefined) return null;
          const devices = parseSwapDevices(text('swaps'));
          return { ...swap, ...parsePages(text('vmstat')), pageBytes: pageBytes(), devices };
        },
        get disks() {
          return parseDisks(text('diskstats'));
        },
        get uptimeS() {
          return firstNumber(text('uptime'));
        },
        get users() {
          return countUsers(utmp);
        },
        get contextSwitches() {
          return firstNumber(/^ctxt (\d+)/m.exec(stat() ?? '')?.[1] ?? null);
        },
        get entropyBits() {
          return firstNumber(text('sys/kernel/random/entropy_avail'));
        },
        get interrupts() {
          return parseInterrupts(text('interrupts'));
        },
        get sockets() {
          return parseSockets([text('net/tcp'), text('net/tcp6')]);
        },
        get processList() {
          return listProcesses(proc, pageBytes());
        },
      };
    },
  };
}

function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => (kept ??= { value: read() }).value;
}

function firstNumber(text: string | null): number | null {
  const digits = /^\s*(\d+(?:\.\d+)?)/.exec(text ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}

const PAGE_BYTES_USUAL = 4096;

/** "KernelPageSize: 4 kB" of any part of the memory of this process. */
function parsePageBytes(smaps: string | null): number {
  const kilobytes = /^KernelPageSize:\s+(\d+) kB/m.exec(smaps ?? '')?.[1];
  return kilobytes === undefined ? PAGE_BYTES_USUAL : Number(kilobytes) * 1024;
}

/** Lines "cpu0 user nice system idle iowait irq softirq steal guest guest_nice" of /proc/stat. */
export function parseCpus(stat: string | null): readonly CpuReading[] | null {
  if (stat === null) return null;
  return [...stat.matchAll(/^cpu\d+ (.+)$/gm)].map((match) => {
    const values = numbers(match[1] ?? '');
    const [user = 0, nice = 0, system = 0, idle = 0, wait = 0] = values;
    const [interrupt = 0, softirq = 0, steal = 0, guest = 0, guestNice = 0] = values.slice(5);
    return { user, nice, system, idle, wait, interrupt, softirq, steal, guest, guestNice };
  });
}

type SwapLevels = Pick<SwapReading, 'total' | 'free' | 'cached'>;

/** /proc/meminfo, "MemTotal:  16384 kB". */
export function parseMemory(
  meminfo: string | null,
): { memory: MemoryReading; swap: SwapLevels } | null {
  if (meminfo === null) return null;
  const bytes = (name: string): number => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo);
    return Number(found?.[1] ?? 0) * 1024;
  };
  return {
    memory: {
      total: bytes('MemTotal'),
      free: bytes('MemFree'),
      buffered: bytes('Buffers'),
      cached: bytes('Cached'),
      slabReclaimable: bytes('SReclaimable'),
      slabUnreclaimable: bytes('SUnreclaim'),
      ...(/^(?:SReclaimable|SUnreclaim):/m.test(meminfo) ? {} : { slab: bytes('Slab') }),
    },
    swap: {
      total: bytes('SwapTotal'),
      free: bytes('SwapFree'),
      cached: bytes('SwapCached'),
    },
  };
}

function parsePages(vmstat: string | null): Pick<SwapReading, 'pagesIn' | 'pagesOut'> {
  const count = (name: string): number | null => {
    const found = new RegExp(`^${name} (\\d+)`, 'm').exec(vmstat ?? '');
    return found ? Number(found[1]) : null;
  };
  return { pagesIn: count('pswpin'), pagesOut: count('pswpout') };
}

/** File systems that hold no files of their own: the kernel's windows onto itself. */
const PSEUDO =
  /^(?:proc|sysfs|cgroup2?|devpts|mqueue|tracefs|debugfs|securityfs|pstore|bpf|configfs|fusectl|autofs|binfmt_misc|hugetlbfs|nsfs|rpc_pipefs|efivarfs)$/;

/** "device mount type options 0 0"; a blank in a name is written \040. */
export function parseMounts(mounts: string | null): readonly Mount[] | null {
  if (mounts === null) return null;
  const plain = (text: string): string =>
    text.replace(/\\([0-7]{3})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 8)),
    );
  const seen = new Set<string>();
  return mounts.split('\n').flatMap((line) => {
    const [device = '', mount = '', type = ''] = line.split(' ').map(plain);
    // A file may be a mount point in a container; collectd would list it, a reader would wonder.
    if (mount === '' || PSEUDO.test(type) || seen.has(mount)) return [];
    seen.add(mount);
    return [{ device, mount, type }];
  });
}

/** "eth0: bytes packets errs drop fifo frame compressed multicast bytes packets errs drop ...". */
export function parseInterfaces(dev: string | null): readonly InterfaceReading[] | null {
  if (dev === null) return null;
  return [...dev.matchAll(/^\s*([^\s:]+):\s*(\d.*)$/gm)].map((match) => {
    const values = numbers(match[2] ?? '');
    return {
      name: match[1] ?? '',
      rxOctets: values[0] ?? 0,
      rxPackets: values[1] ?? 0,
      rxErrors: values[2] ?? 0,
      rxDropped: values[3] ?? 0,
      txOctets: values[8] ?? 0,
      txPackets: values[9] ?? 0,
      txErrors: values[10] ?? 0,
      txDropped: values[11] ?? 0,
    };
  });
}

function numbers(text: string): readonly number[] {
  return text.trim().split(/\s+/).map(Number);
}
