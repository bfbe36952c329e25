// A simulated computer: its load swings like a working day in miniature, by dice and triangle waves.

import { makeRandom, type Random } from '../base/random.ts';
import type { Clock } from '../host/clock.ts';
import { TELLS_NOTHING, type CpuReading, type HostReading, type Sensors } from '../host/sensors.ts';

export interface WorldHost {
  readonly seed: number;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly fileSystems: readonly WorldFileSystem[];
  readonly interfaceName: string;
}

export interface WorldFileSystem {
  readonly mount: string;
  readonly sizeBytes: number;
  /** 0 to 1 at the start; it grows by about a thousandth an hour. */
  readonly used: number;
}

const GIB = 1024 * 1024 * 1024;

export const CLINIC_HOST: WorldHost = {
  seed: 7,
  cores: 2,
  memoryBytes: 8 * GIB,
  fileSystems: [
    { mount: '/', sizeBytes: 50 * GIB, used: 0.714 },
    { mount: '/srv/records', sizeBytes: 200 * GIB, used: 0.31 },
  ],
  interfaceName: 'eth0',
};

const JIFFIES_PER_S = 100;
/** Part of the reserved blocks of a new ext4 file system. */
const RESERVED = 0.05;

export function makeWorldSensors(clock: Clock, host: WorldHost): Sensors {
  const random = makeRandom(host.seed);
  const startS = clock.now() / 1000;
  const cores: CpuReading[] = Array.from({ length: host.cores }, () => ZERO_CPU);
  const totals = { rx: 0, tx: 0, rxPackets: 0, txPackets: 0, forks: 0, pagesIn: 0, pagesOut: 0 };
  const load = { shortterm: 0.2, midterm: 0.2, longterm: 0.2 };
  let lastS = startS;

  function advance(nowS: number): number {
    const passedS = Math.max(0, nowS - lastS);
    lastS = nowS;
    const busy = busyPart(nowS, random);
    for (const [index, core] of cores.entries())
      cores[index] = spend(core, passedS, busy * (0.8 + 0.4 * random.fraction()), random);
    const packets = Math.floor(passedS * (40 + 400 * busy * random.fraction()));
    totals.rxPackets += packets;
    totals.txPackets += Math.floor(packets * 0.7);
    totals.rx += packets * (300 + random.below(700));
    totals.tx += packets * (200 + random.below(300));
    totals.forks += Math.floor(passedS * (1 + 6 * busy));
    const wanting = busy * host.cores;
    // A load average is a moving mean that forgets with its period; this is its first-order form.
    load.shortterm += (wanting - load.shortterm) * Math.min(1, passedS / 60);
    load.midterm += (wanting - load.midterm) * Math.min(1, passedS / 300);
    load.longterm += (wanting - load.longterm) * Math.min(1, passedS / 900);
    return busy;
  }

  return {
    read(): HostReading {
      const nowS = clock.now() / 1000;
      const busy = advance(nowS);
      const hours = (nowS - startS) / 3600;
      return {
        ...TELLS_NOTHING,
        uptimeS: nowS - startS,
        cpus: cores.map((core) => ({ ...core })),
        memory: memoryNow(host, busy, hours),
        fileSystems: host.fileSystems.map((fileSystem, index) => {
          const used = Math.min(0.94, fileSystem.used + (0.001 + 0.002 * index) * hours);
          const usedBytes = Math.floor(fileSystem.sizeBytes * used);
          const reserved = Math.floor(fileSystem.sizeBytes * RESERVED);
          return {
            mount: fileSystem.mount,
            device: `/dev/vd${'abcdefgh'[index] ?? 'z'}`,
            type: 'ext4',
            used: usedBytes,
            reserved,
            free: fileSystem.sizeBytes - usedBytes - reserved,
            inodes: null,
          };
        }),
        interfaces: [
          {
            name: host.interfaceName,
            rxOctets: totals.rx,
            rxPackets: totals.rxPackets,
            rxErrors: 0,
            rxDropped: 0,
            txOctets: totals.tx,
            txPackets: totals.txPackets,
            txErrors: 0,
            txDropped: 0,
          },
        ],
        load: { ...load },
        processes: {
          running: 1 + random.below(1 + Math.floor(busy * 6)),
          sleeping: 120 + random.below(9),
          zombies: random.chance(0.02) ? 1 : 0,
          stopped: 0,
          paging: 0,
          blocked: random.below(1 + Math.floor(busy * 3)),
          forks: totals.forks,
        },
        swap: {
          total: 2 * GIB,
          free: 2 * GIB,
          cached: 0,
          pagesIn: totals.pagesIn,
          pagesOut: totals.pagesOut,
          pageBytes: 4096,
          devices: [],
        },
      };
    },
  };
}

const ZERO_CPU: CpuReading = {
  user: 0,
  nice: 0,
  system: 0,
  idle: 0,
  wait: 0,
  interrupt: 0,
  softirq: 0,
  steal: 0,
  guest: 0,
  guestNice: 0,
};

/** 0 to 1: a slow wave of 20 minutes, a fast one of 90 s, and a little noise. */
function busyPart(nowS: number, random: Random): number {
  const busy = 0.12 + 0.28 * triangle(nowS, 1200) + 0.1 * triangle(nowS, 90);
  return Math.min(1, busy + 0.08 * random.fraction());
}

/** 0 to 1 and back in `periodS`: made of + - * / only, so that every engine gives the same bits. */
export function triangle(nowS: number, periodS: number): number {
  const phase = nowS / periodS - Math.floor(nowS / periodS);
  return phase < 0.5 ? 2 * phase : 2 - 2 * phase;
}

function spend(core: CpuReading, passedS: number, busy: number, random: Random): CpuReading {
  const total = Math.round(passedS * JIFFIES_PER_S);
  const working = Math.min(total, Math.floor(total * busy));
  const system = Math.floor(working * (0.2 + 0.1 * random.fraction()));
  const wait = Math.floor(working * 0.12 * random.fraction());
  const softirq = Math.floor(working * 0.03);
  return {
    ...core,
    user: core.user + working - system - wait - softirq,
    system: core.system + system,
    wait: core.wait + wait,
    softirq: core.softirq + softirq,
    idle: core.idle + total - working,
  };
}

function memoryNow(host: WorldHost, busy: number, hours: number) {
  const total = host.memoryBytes;
  const used = Math.floor(total * (0.34 + 0.12 * busy));
  const buffered = Math.floor(total * 0.02);
  const cached = Math.floor(total * Math.min(0.4, 0.24 + 0.02 * hours));
  const slabReclaimable = Math.floor(total * 0.015);
  const slabUnreclaimable = Math.floor(total * 0.01);
  const free = total - used - buffered - cached - slabReclaimable - slabUnreclaimable;
  return { total, free, buffered, cached, slabReclaimable, slabUnreclaimable };
}
