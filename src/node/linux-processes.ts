// The processes of Linux: /proc/<pid>/stat, and of those that a plugin chose also status, io and cmdline.

import { readdirSync } from 'node:fs';
import type {
  ProcessDetails,
  ProcessEntry,
  ProcessesReading,
  ProcessIo,
} from '../core/host/sensors.ts';
import { readText } from './proc-text.ts';

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

export function countProcesses(proc: string, stat: string | null): ProcessesReading {
  const counts = { running: 0, sleeping: 0, zombies: 0, stopped: 0, paging: 0, blocked: 0 };
  for (const pid of pids(proc)) {
    const stat = readText(`${proc}/${pid}/stat`);
    // Behind the name, which may hold ")" itself: "1 (init) S 0".
    const state = stat === null ? undefined : STATE_OF[stat[stat.lastIndexOf(')') + 2] ?? ''];
    if (state !== undefined) counts[state]++;
  }
  const forks = /^processes (\d+)/m.exec(stat ?? '')?.[1];
  return { ...counts, forks: forks === undefined ? null : Number(forks) };
}

export function listProcesses(proc: string, pageBytes: number): readonly ProcessEntry[] {
  return pids(proc).flatMap((pid) => {
    const folder = `${proc}/${pid}`;
    const stat = splitStat(readText(`${folder}/stat`));
    if (stat === null) return [];
    return [
      {
        pid,
        name: stat.name,
        // Arguments end with a zero; a title that a program gave itself may have blanks behind it.
        commandLine: () => (readText(`${folder}/cmdline`) ?? '').replaceAll('\0', ' ').trimEnd(),
        details: () => detailsOf(folder, stat.fields, pageBytes),
        fileDescriptors: () => countOpen(`${folder}/fd`),
        memoryMaps: () => countLines(readText(`${folder}/maps`)),
        contextSwitches: () => sumSwitches(`${folder}/task`),
      },
    ];
  });
}

function pids(proc: string): readonly number[] {
  return readdirSync(proc)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** "pid (name) state ppid ...". The name of a program may hold ")" and blanks: it ends at the last ")". */
export function splitStat(
  line: string | null,
): { readonly name: string; readonly fields: readonly string[] } | null {
  const from = line?.indexOf('(') ?? -1;
  const to = line?.lastIndexOf(')') ?? -1;
  if (line === null || from < 0 || to < from) return null;
  return {
    name: line.slice(from + 1, to),
    fields: line
      .slice(to + 1)
      .trim()
      .split(' '),
  };
}

/** The kernel shows times in hundredths of a second, whatever it counts in. */
const US_PER_TICK = 10_000;

/** Where a field stands behind the name; man 5 proc counts from the pid, which is its field 1. */
const FIELD = {
  state: 0,
  minorFaults: 7,
  majorFaults: 9,
  user: 11,
  system: 12,
  vm: 20,
  rss: 21,
  stackStart: 25,
  stackPointer: 26,
} as const;

function detailsOf(
  folder: string,
  fields: readonly string[],
  pageBytes: number,
): ProcessDetails | null {
  const status = readText(`${folder}/status`);
  if (status === null) return null;
  const at = (name: keyof typeof FIELD): number => Number(fields[FIELD[name]] ?? 0);
  const bytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
  return {
    isZombie: fields[FIELD.state] === 'Z',
    threads: Number(/^Threads:\s+(\d+)/m.exec(status)?.[1] ?? 1),
    vm: at('vm'),
    rss: at('rss') * pageBytes,
    data: bytes('VmData'),
    code: bytes('VmExe') + bytes('VmLib'),
    // A kernel that hides the stack pointer shows it as 0, and the whole address counts: as collectd does it.
    stack: Math.abs(at('stackStart') - at('stackPointer')),
    userUs: at('user') * US_PER_TICK,
    systemUs: at('system') * US_PER_TICK,
    minorFaults: at('minorFaults'),
    majorFaults: at('majorFaults'),
    io: parseIo(readText(`${folder}/io`)),
  };
}

/** /proc/<pid>/io, which a user may read of its own processes only. */
export function parseIo(io: string | null): ProcessIo | null {
  if (io === null) return null;
  const count = (name: string): number =>
    Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(io)?.[1] ?? 0);
  return {
    readOctets: count('rchar'),
    writeOctets: count('wchar'),
    readCalls: count('syscr'),
    writeCalls: count('syscw'),
    diskReadOctets: count('read_bytes'),
    diskWriteOctets: count('write_bytes'),
  };
}

function countLines(text: string | null): number | null {
  return text === null ? null : text.split('\n').length - 1;
}

function countOpen(folder: string): number | null {
  return namesIn(folder)?.length ?? null;
}

/** Of all threads: the file of a process itself has those of its first thread alone. */
function sumSwitches(tasks: string): ReturnType<ProcessEntry['contextSwitches']> {
  const threads = namesIn(tasks)?.map((thread) => readText(`${tasks}/${thread}/status`)) ?? null;
  if (threads === null) return null;
  const sum = (name: string): number => {
    const pattern = new RegExp(`^${name}_ctxt_switches:\\s+(\\d+)`, 'm');
    return threads.reduce(
      (total, status) => total + Number(pattern.exec(status ?? '')?.[1] ?? 0),
      0,
    );
  };
  return { voluntary: sum('voluntary'), involuntary: sum('nonvoluntary') };
}

/** Null when the folder is gone, or not for this user. */
function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch {
    return null;
  }
}
