// The port to the host that is watched: raw readings, before any plugin names them.

import type { Outside } from './outside.ts';

export interface Sensors {
  /**
   * What the host shows now. A part is null where this host cannot tell. A host may read a part only when it is looked
   * at: who asks for none pays for none.
   */
  read(): HostReading;
  /**
   * Asks the file systems by themselves, where one can hang: its server may be away. Without it, `read` tells how full they are.
   */
  readonly askFileSystems?: (
    request: FileSystemsRequest,
    done: (answer: FileSystemsAnswer) => void,
  ) => void;
  /** What stands beside the host itself: web servers, programs, files. A simulated host has none. */
  readonly outside?: Outside;
}

export interface HostReading {
  readonly cpus: readonly CpuReading[] | null;
  readonly memory: MemoryReading | null;
  readonly fileSystems: readonly FileSystemReading[] | null;
  readonly interfaces: readonly InterfaceReading[] | null;
  readonly load: LoadReading | null;
  readonly processes: ProcessesReading | null;
  readonly swap: SwapReading | null;
  readonly disks: readonly DiskReading[] | null;
  readonly uptimeS: number | null;
  /** People at a terminal, each as often as they are. */
  readonly users: number | null;
  /** Changes from one process to another since the start of the host. */
  readonly contextSwitches: number | null;
  /** Bits of chance that the kernel has gathered. */
  readonly entropyBits: number | null;
  readonly interrupts: readonly InterruptReading[] | null;
  readonly sockets: readonly SocketReading[] | null;
  readonly processList: readonly ProcessEntry[] | null;
}

/** A host that tells nothing: whoever tells something puts it over this. */
export const TELLS_NOTHING: HostReading = {
  cpus: null,
  memory: null,
  fileSystems: null,
  interfaces: null,
  load: null,
  processes: null,
  swap: null,
  disks: null,
  uptimeS: null,
  users: null,
  contextSwitches: null,
  entropyBits: null,
  interrupts: null,
  sockets: null,
  processList: null,
};

/** Time of one core by state since the start of the host, in jiffies (1/100 s). Only grows. */
export interface CpuReading {
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly wait: number;
  readonly interrupt: number;
  readonly softirq: number;
  readonly steal: number;
  /** Spent for virtual machines; a part of `user` and `nice`. */
  readonly guest: number;
  readonly guestNice: number;
}

/** Bytes. */
export interface MemoryReading {
  readonly total: number;
  readonly free: number;
  readonly buffered: number;
  readonly cached: number;
  readonly slabReclaimable: number;
  readonly slabUnreclaimable: number;
  /** Both together, from a kernel that does not tell them apart; the two are 0 then. */
  readonly slab?: number;
}

export interface FileSystemsRequest {
  /** What has not answered by then is left out. */
  readonly timeoutMs: number;
  /** Others are not asked. */
  wants(mount: Mount): boolean;
}

export interface FileSystemsAnswer {
  /** Null when this host cannot tell. */
  readonly fileSystems: readonly FileSystemReading[] | null;
  /** Where the mounts are that did not answer in time; none of them is asked again before it has. */
  readonly silent: readonly string[];
}

export interface Mount {
  readonly mount: string;
  readonly device: string;
  readonly type: string;
}

/** Bytes; `free` is what an ordinary user may still write, `reserved` what only root may. */
export interface FileSystemReading extends Mount {
  readonly free: number;
  readonly reserved: number;
  readonly used: number;
  /** Files that may still be made: by all, by root alone, and those that are there; null where files have no number. */
  readonly inodes: {
    readonly free: number;
    readonly reserved: number;
    readonly used: number;
  } | null;
}

/** Totals since the start of the host. Only grow. */
export interface InterfaceReading {
  readonly name: string;
  readonly rxOctets: number;
  readonly rxPackets: number;
  readonly rxErrors: number;
  readonly rxDropped: number;
  readonly txOctets: number;
  readonly txPackets: number;
  readonly txErrors: number;
  readonly txDropped: number;
}

/** Mean number of processes that wanted to run, over 1, 5 and 15 minutes. */
export interface LoadReading {
  readonly shortterm: number;
  readonly midterm: number;
  readonly longterm: number;
}

/** Number of processes by state; `forks` = processes made since the start of the host. */
export interface ProcessesReading {
  readonly running: number;
  readonly sleeping: number;
  readonly zombies: number;
  readonly stopped: number;
  readonly paging: number;
  readonly blocked: number;
  readonly forks: number | null;
}

/** Bytes; pages moved since the start of the host. */
export interface SwapReading {
  readonly total: number;
  readonly free: number;
  readonly cached: number;
  readonly pagesIn: number | null;
  readonly pagesOut: number | null;
  readonly pageBytes: number;
  /** Each partition or file by itself. */
  readonly devices: readonly {
    readonly name: string;
    readonly total: number;
    readonly used: number;
  }[];
}

/** Totals since the start of the host, but for `inProgress`. Times in milliseconds. */
export interface DiskReading {
  readonly name: string;
  /** What udev knows of it by that name, as DM_NAME; null when it knows none. */
  udevProperty?(name: string): string | null;
  readonly readOps: number;
  readonly readMerged: number;
  readonly readOctets: number;
  readonly readMs: number;
  readonly writeOps: number;
  readonly writeMerged: number;
  readonly writeOctets: number;
  readonly writeMs: number;
  readonly inProgress: number;
  readonly ioMs: number;
  readonly weightedIoMs: number;
}

/** How often it happened since the start of the host, on all cores together. */
export interface InterruptReading {
  readonly name: string;
  readonly count: number;
}

/** One end of a TCP connection, or one that listens. */
export interface SocketReading {
  readonly state: SocketState;
  readonly localPort: number;
  readonly remotePort: number;
}

/** In the order of the kernel's numbers, which begin at 1. */
export const SOCKET_STATES = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSED',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
] as const;

export type SocketState = (typeof SOCKET_STATES)[number];

/** One process; what costs a file to read is read when it is asked for, and null once the process is gone. */
export interface ProcessEntry {
  readonly pid: number;
  readonly name: string;
  commandLine(): string;
  details(): ProcessDetails | null;
  fileDescriptors(): number | null;
  /** Parts of its memory, each a file or a piece of its own. */
  memoryMaps(): number | null;
  contextSwitches(): { readonly voluntary: number; readonly involuntary: number } | null;
}

/** Sizes in bytes; times in microseconds and counts since its start. */
export interface ProcessDetails {
  readonly isZombie: boolean;
  readonly threads: number;
  readonly vm: number;
  readonly rss: number;
  readonly data: number;
  readonly code: number;
  readonly stack: number;
  readonly userUs: number;
  readonly systemUs: number;
  readonly minorFaults: number;
  readonly majorFaults: number;
  /** Null where the host hides them from this user. */
  readonly io: ProcessIo | null;
}

export interface ProcessIo {
  /** Asked of the kernel, whether or not a disk had to work. */
  readonly readOctets: number;
  readonly writeOctets: number;
  readonly readCalls: number;
  readonly writeCalls: number;
  readonly diskReadOctets: number;
  readonly diskWriteOctets: number;
}
