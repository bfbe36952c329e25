// macOS and Windows through systeminformation. It answers later; so readings are taken in the
// background, and read() gives the newest one.

import si from 'systeminformation';
import { cpus as osCpus, loadavg, uptime } from 'node:os';
import { TELLS_NOTHING, type HostReading, type Sensors } from '../core/host/sensors.ts';
import { makeNodeOutside } from './outside.ts';

export interface PolledSensors extends Sensors {
  /** Takes a first reading; resolves when read() has something to give. */
  start(): Promise<void>;
  stop(): void;
}

export function makeOtherSensors(intervalS: number): PolledSensors {
  let newest = TELLS_NOTHING;
  let timer: NodeJS.Timeout | undefined;
  let isReading = false;

  async function poll(): Promise<void> {
    // ps and df take long on a busy machine: a reading that is still under way is not doubled.
    if (isReading) return;
    isReading = true;
    try {
      newest = await readOnce();
    } finally {
      isReading = false;
    }
  }

  return {
    outside: makeNodeOutside(),
    read: () => ({ ...newest, cpus: readCpus(), load: readLoad(), uptimeS: uptime() }),
    async start() {
      await poll();
      timer = setInterval(() => void poll().catch(() => {}), intervalS * 1000);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

/** Node's own table: milliseconds since the start, without iowait, softirq and steal. */
function readCpus(): HostReading['cpus'] {
  return osCpus().map(({ times }) => ({
    user: times.user / 10,
    nice: times.nice / 10,
    system: times.sys / 10,
    idle: times.idle / 10,
    wait: 0,
    interrupt: times.irq / 10,
    softirq: 0,
    steal: 0,
    guest: 0,
    guestNice: 0,
  }));
}

function readLoad(): HostReading['load'] {
  const [shortterm = 0, midterm = 0, longterm = 0] = loadavg();
  // Windows has no load average and Node answers three zeros.
  return process.platform === 'win32' ? null : { shortterm, midterm, longterm };
}

async function readOnce(): Promise<HostReading> {
  const [memory, fileSystems, interfaces, processes] = await Promise.all([
    si.mem(),
    si.fsSize(),
    si.networkStats('*'),
    si.processes(),
  ]);
  return {
    ...TELLS_NOTHING,
    memory: {
      total: memory.total,
      free: memory.free,
      buffered: memory.buffers,
      cached: memory.cached,
      slabReclaimable: memory.reclaimable,
      slabUnreclaimable: memory.slab - memory.reclaimable,
    },
    fileSystems: fileSystems.map((found) => ({
      mount: found.mount,
      device: found.fs,
      type: found.type,
      free: found.available,
      reserved: Math.max(0, found.size - found.used - found.available),
      used: found.used,
      inodes: null,
    })),
    interfaces: interfaces.map((found) => ({
      name: found.iface,
      rxOctets: found.rx_bytes,
      rxPackets: 0,
      rxErrors: found.rx_errors,
      rxDropped: found.rx_dropped,
      txOctets: found.tx_bytes,
      txPackets: 0,
      txErrors: found.tx_errors,
      txDropped: found.tx_dropped,
    })),
    processes: {
      running: processes.running,
      sleeping: processes.sleeping,
      blocked: processes.blocked,
      zombies: processes.list.filter((one) => one.state === 'zombie').length,
      stopped: processes.list.filter((one) => one.state === 'stopped').length,
      paging: 0,
      forks: null,
    },
    swap: {
      total: memory.swaptotal,
      free: memory.swapfree,
      cached: 0,
      pagesIn: null,
      pagesOut: null,
      pageBytes: 4096,
      devices: [],
    },
  };
}
