// How full each file system is: df-root/df_complex-used in bytes, df-root/percent_bytes-used.

import type { FileSystemReading } from '../../host/sensors.ts';
import { isSelected, type Plugin, type Selection } from '../plugin.ts';
import { valueList, type ValueList } from '../value-list.ts';

export interface DfOptions {
  readonly device: readonly string[];
  readonly mountPoint: readonly string[];
  readonly fsType: readonly string[];
  readonly ignoreSelected: boolean;
  readonly reportByDevice: boolean;
  readonly valuesAbsolute: boolean;
  readonly valuesPercentage: boolean;
}

export const df: Plugin<DfOptions> = {
  name: 'df',
  defaults: {
    device: [],
    mountPoint: [],
    fsType: [],
    ignoreSelected: false,
    reportByDevice: false,
    valuesAbsolute: true,
    valuesPercentage: false,
  },

  collect(reading, options) {
    const chosen = (names: readonly string[], value: string): boolean => {
      const selection: Selection = { names, ignoreSelected: options.ignoreSelected };
      return isSelected(value, selection);
    };
    const seen = new Set<string>();
    return (reading.fileSystems ?? []).flatMap((fileSystem) => {
      const instance = instanceName(fileSystem, options.reportByDevice);
      const total = fileSystem.free + fileSystem.reserved + fileSystem.used;
      // A mount point may be listed twice (one mounted over the other), and pseudo file systems have no size.
      if (seen.has(instance) || total <= 0) return [];
      if (
        !chosen(options.device, fileSystem.device) ||
        !chosen(options.mountPoint, fileSystem.mount) ||
        !chosen(options.fsType, fileSystem.type)
      )
        return [];
      seen.add(instance);
      return values(fileSystem, instance, total, options);
    });
  },
};

function values(
  fileSystem: FileSystemReading,
  pluginInstance: string,
  total: number,
  options: DfOptions,
): readonly ValueList[] {
  return (['free', 'reserved', 'used'] as const).flatMap((typeInstance) => {
    const bytes = fileSystem[typeInstance];
    const percent = (100 * bytes) / total;
    const identifier = { plugin: 'df', pluginInstance, typeInstance };
    return [
      ...(options.valuesAbsolute ? [valueList({ ...identifier, type: 'df_complex' }, bytes)] : []),
      ...(options.valuesPercentage
        ? [valueList({ ...identifier, type: 'percent_bytes' }, percent)]
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
