// What each disk reads and writes: disk-sda/disk_octets, disk_ops, disk_time, disk_merged, disk_io_time.

import type { DiskReading } from '../../host/sensors.ts';
import { isSelected, type PluginState, type ReadingPlugin } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface DiskOptions {
  readonly disk: readonly string[];
  readonly ignoreSelected: boolean;
  /** Of Mac OS X; has no effect, as in collectd elsewhere. */
  readonly useBSDName: boolean;
  /** A property of udev that names the disks which have it; "" for none. */
  readonly udevNameAttr: string;
}

/** What is remembered of a disk, by place. */
type Memory = readonly [
  readings: number,
  readOps: number,
  readMs: number,
  writeOps: number,
  writeMs: number,
  averageRead: number,
  averageWrite: number,
  hasMerged: number,
  hasInProgress: number,
  hasIoTime: number,
];

const NEW: Memory = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** collectd leaves out the first reading of a disk, so that no mean is that of all time since the start of the host. */
const READINGS_LEFT_OUT = 1;

export const disk: ReadingPlugin<DiskOptions> = {
  name: 'disk',
  tells: 'what its disks read and write',
  defaults: { disk: [], ignoreSelected: false, useBSDName: false, udevNameAttr: '' },
  warns: ({ useBSDName }) =>
    useBSDName ? ['UseBSDName has no effect: the disks keep the names of the system.'] : [],

  collect({ disks }, options, state, intervalS) {
    if (disks === null) return null;
    const selection = { names: options.disk, ignoreSelected: options.ignoreSelected };
    return disks.flatMap((now) => {
      const memory = remember(now, state, intervalS);
      const [readings] = memory;
      // One that never did anything is a disk of no interest: a loop device, an empty drive.
      if (readings <= READINGS_LEFT_OUT || (now.readOps === 0 && now.writeOps === 0)) return [];
      const name = nameOf(now, options);
      return isSelected(name, selection) ? values(now, name, memory) : [];
    });
  },
};

function nameOf({ name, udevProperty }: DiskReading, { udevNameAttr }: DiskOptions): string {
  return udevNameAttr === '' ? name : (udevProperty?.(udevNameAttr) ?? name);
}

/**
 * disk_time is no total of the kernel's: it grows in each reading by the mean time that one operation took, times the
 * interval, so that its rate is that mean.
 */
function remember(now: DiskReading, state: PluginState, intervalS: number): Memory {
  const before = (state.get(now.name) ?? NEW) as Memory;
  const [readings, readOps, readMs, writeOps, writeMs, averageRead, averageWrite] = before;
  const mean = (timeMs: number, ops: number): number =>
    ops > 0 ? Math.floor((intervalS * timeMs) / ops + 0.5) : 0;
  const memory: Memory = [
    readings + 1,
    now.readOps,
    now.readMs,
    now.writeOps,
    now.writeMs,
    averageRead + mean(now.readMs - readMs, now.readOps - readOps),
    averageWrite + mean(now.writeMs - writeMs, now.writeOps - writeOps),
    // Kernels and devices that cannot count something say 0 for ever.
    before[7] + now.readMerged + now.writeMerged,
    before[8] + now.inProgress,
    before[9] + now.ioMs,
  ];
  state.set(now.name, memory);
  return memory;
}

function values(now: DiskReading, name: string, memory: Memory): readonly ValueList[] {
  const identifier = { plugin: 'disk', pluginInstance: name };
  const [, , , , , averageRead, averageWrite, hasMerged, hasInProgress, hasIoTime] = memory;
  const list = (
    type: 'disk_octets' | 'disk_ops' | 'disk_time' | 'disk_merged' | 'disk_io_time',
    isThere: boolean,
    ...both: readonly [number, number]
  ): readonly ValueList[] => (isThere ? [valueList({ ...identifier, type }, ...both)] : []);
  return [
    ...list('disk_octets', now.readOctets + now.writeOctets > 0, now.readOctets, now.writeOctets),
    ...list('disk_ops', true, now.readOps, now.writeOps),
    ...list('disk_time', averageRead + averageWrite > 0, averageRead, averageWrite),
    ...list('disk_merged', hasMerged > 0, now.readMerged, now.writeMerged),
    ...(hasInProgress > 0
      ? [valueList({ ...identifier, type: 'pending_operations' }, now.inProgress)]
      : []),
    ...list('disk_io_time', hasIoTime > 0, now.ioMs, now.weightedIoMs),
  ];
}
