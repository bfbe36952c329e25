// How full each file system is: df-root/df_complex-used in bytes, df-root/percent_bytes-used.

import type { FileSystemReading } from '../../host/sensors.ts';
import { isSelected, type ReadingPlugin } from '../plugin.ts';
import { valueList, type TypeName, type ValueList } from '../value-list.ts';

export interface DfOptions {
  readonly device: readonly string[];
  readonly mountPoint: readonly string[];
  readonly fsType: readonly string[];
  readonly ignoreSelected: boolean;
  readonly reportByDevice: boolean;
  /** How many files may still be made, beside how many bytes. */
  readonly reportInodes: boolean;
  readonly valuesAbsolute: boolean;
  readonly valuesPercentage: boolean;
}

type Shares = Readonly<Record<'free' | 'reserved' | 'used', number>>;

export const df: ReadingPlugin<DfOptions> = {
  name: 'df',
  tells: 'how full its file systems are',
  defaults: {
    device: [],
    mountPoint: [],
    fsType: [],
    ignoreSelected: false,
    reportByDevice: false,
    reportInodes: false,
    valuesAbsolute: true,
    valuesPercentage: false,
  },

  collect(reading, options) {
    if (reading.fileSystems === null) return null;
    const seen = new Set<string>();
    return reading.fileSystems.flatMap((fileSystem) => {
      const instance = instanceName(fileSystem, options.reportByDevice);
      // A mount point may be listed twice (one mounted over the other), and pseudo file systems have no size.
      if (seen.has(instance) || sum(fileSystem) <= 0 || !isWanted(fileSystem, options)) return [];
      seen.add(instance);
      const bytes = values(fileSystem, instance, 'df_complex', 'percent_bytes', options);
      const { inodes } = fileSystem;
      if (!options.reportInodes || inodes === null || sum(inodes) <= 0) return bytes;
      return [...bytes, ...values(inodes, instance, 'df_inodes', 'percent_inodes', options)];
    });
  },
};

function isWanted(fileSystem: FileSystemReading, options: DfOptions): boolean {
  const { ignoreSelected } = options;
  return (
    isSelected(fileSystem.device, { names: options.device, ignoreSelected }) &&
    isSelected(fileSystem.mount, { names: options.mountPoint, ignoreSelected }) &&
    isSelected(fileSystem.type, { names: options.fsType, ignoreSelected })
  );
}

function sum(shares: Shares): number {
  return shares.free + shares.reserved + shares.used;
}

function values(
  shares: Shares,
  pluginInstance: string,
  absolute: TypeName,
  percentage: TypeName,
  options: DfOptions,
): readonly ValueList[] {
  const total = sum(shares);
  return (['free', 'reserved', 'used'] as const).flatMap((typeInstance) => {
    const identifier = { plugin: 'df', pluginInstance, typeInstance };
    const share = shares[typeInstance];
    return [
      ...(options.valuesAbsolute ? [valueList({ ...identifier, type: absolute }, share)] : []),
      ...(options.valuesPercentage
        ? [valueList({ ...identifier, type: percentage }, (100 * share) / total)]
        : []),
    ];
  });
}

/** "/" is root; "/srv/records" is srv-records; with ReportByDevice /dev/sda1 is sda1. */
function instanceName(fileSystem: FileSystemReading, byDevice: boolean): string {
  if (byDevice) return fileSystem.device.replace(/^\/dev\//, '').replaceAll('/', '-');
  if (fileSystem.mount === '/') return 'root';
  return fileSystem.mount.replace(/^\//, '').replaceAll('/', '-');
}
