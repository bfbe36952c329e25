// This Linux machine, read from /proc and statfs: nothing that starts a process every ten seconds.

import { readdirSync, readFileSync, statfsSync } from 'node:fs';
import { loadavg } from 'node:os';
import type {
  CpuReading,
  FileSystemReading,
  HostReading,
  InterfaceReading,
  MemoryReading,
  ProcessesReading,
  Sensors,
  SwapReading,
} from '../core/host/sensors.ts';

export function makeLinuxSensors(proc = '/proc'): Sensors {
  const text = (file: string): string | null => {
    try {
      return readFileSync(`${proc}/${file}`, 'latin1');
    } catch {
      // A container may hide some of /proc; the plugin then reports nothing.
      return null;
    }
  };
  return {
    read(): HostReading {
      const stat = text('stat');
      const memory = parseMemory(text('meminfo'));
      const [shortterm = 0, midterm = 0, longterm = 0] = loadavg();
      return {
        cpus: parseCpus(stat),
        memory: memory?.memory ?? null,
        fileSystems: readFileSystems(text('self/mounts')),
        interfaces: parseInterfaces(text('net/dev')),
        load: { shortterm, midterm, longterm },
        processes: readProcesses(proc, text, stat),
        swap: memory && { ...memory.swap, ...parsePages(text('vmstat')) },
      };
    },
  };
}

/** Lines "cpu0 user nice system idle iowait irq softirq steal guest guest_nice" of /proc/stat. */
export function parseCpus(stat: string | null): readonly CpuReading[] | null {
  if (stat === null) return null;
  return [...stat.matchAll(/^cpu\d+ (.+)$/gm)].map((match) => {
    const [user, nice, system, idle, wait, interrupt, softirq, steal, guest, guestNice] = numbers(
      match[1] ?? '',
    );
    return {
      // The kernel counts a guest's time in user and nice too; collectd takes it out again.
      user: Math.max(0, (user ?? 0) - (guest ?? 0)),
      nice: Math.max(0, (nice ?? 0) - (guestNice ?? 0)),
      system: system ?? 0,
      idle: idle ?? 0,
      wait: wait ?? 0,
      interrupt: interrupt ?? 0,
      softirq: softirq ?? 0,
      steal: steal ?? 0,
    };
  });
}

/** /proc/meminfo, "MemTotal:  16384 kB". */
export function parseMemory(
  meminfo: string | null,
): { memory: MemoryReading; swap: Omit<SwapReading, 'pagesIn' | 'pagesOut'> } | null {
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

/** Mounts looked at in one reading; a machine with more of them has a container engine. */
export const FILE_SYSTEMS_MAX = 64;

function readFileSystems(mounts: string | null): readonly FileSystemReading[] | null {
  if (mounts === null) return null;
  return parseMounts(mounts)
    .slice(0, FILE_SYSTEMS_MAX)
    .flatMap((mount) => {
      try {
        const stat = statfsSync(mount.mount);
        return [
          {
            ...mount,
            free: stat.bavail * stat.bsize,
            reserved: (stat.bfree - stat.bavail) * stat.bsize,
            used: (stat.blocks - stat.bfree) * stat.bsize,
          },
        ];
      } catch {
        // Unreadable for this user, or gone since the list was made.
        return [];
      }
    });
}

/** "device mount type options 0 0"; a blank in a name is written \040. */
export function parseMounts(
  mounts: string,
): readonly Pick<FileSystemReading, 'device' | 'mount' | 'type'>[] {
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

// The letter behind the name in /proc/<pid>/stat. As collectd 5.12 does it, kernel threads at rest (I) and
// processes that a debugger holds (t) are in none of the counts.
const STATE_OF: Readonly<Record<string, keyof Omit<ProcessesReading, 'forks'>>> = {
  R: 'running',
  S: 'sleeping',
  D: 'blocked',
  Z: 'zombies',
  T: 'stopped',
  W: 'paging',
};

function readProcesses(
  proc: string,
  text: (file: string) => string | null,
  stat: string | null,
): ProcessesReading {
  const counts = { running: 0, sleeping: 0, zombies: 0, stopped: 0, paging: 0, blocked: 0 };
  for (const name of readdirSync(proc)) {
    if (!/^\d+$/.test(name)) continue;
    // The name of a program may hold ")" and blanks: the state stands behind the last ")".
    const line = text(`${name}/stat`);
    const state = STATE_OF[line?.charAt(line.lastIndexOf(')') + 2) ?? ''];
    if (state !== undefined) counts[state]++;
  }
  const forks = /^processes (\d+)/m.exec(stat ?? '')?.[1];
  return { ...counts, forks: forks === undefined ? null : Number(forks) };
}

function numbers(text: string): readonly number[] {
  return text.trim().split(/\s+/).map(Number);
}
