// The port to the host that is watched: raw readings, before any plugin names them.

export interface Sensors {
  /** What the host shows now. A part is null where this host cannot tell. */
  read(): HostReading;
}

export interface HostReading {
  readonly cpus: readonly CpuReading[] | null;
  readonly memory: MemoryReading | null;
  readonly fileSystems: readonly FileSystemReading[] | null;
  readonly interfaces: readonly InterfaceReading[] | null;
  readonly load: LoadReading | null;
  readonly processes: ProcessesReading | null;
  readonly swap: SwapReading | null;
}

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
}

/** Bytes. */
export interface MemoryReading {
  readonly total: number;
  readonly free: number;
  readonly buffered: number;
  readonly cached: number;
  readonly slabReclaimable: number;
  readonly slabUnreclaimable: number;
}

/** Bytes; `free` is what an ordinary user may still write, `reserved` what only root may. */
export interface FileSystemReading {
  readonly mount: string;
  readonly device: string;
  readonly type: string;
  readonly free: number;
  readonly reserved: number;
  readonly used: number;
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
}
