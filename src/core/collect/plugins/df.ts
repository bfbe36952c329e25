// How full each file system is: df-root/df_complex-used in bytes, df-root/percent_bytes-used.

import type { Log } from '../../host/log.ts';
import type { FileSystemReading, FileSystemsAnswer, Mount } from '../../host/sensors.ts';
import { isSelected, type AskingPlugin } from '../plugin.ts';
import { told } from '../plugin-loop.ts';
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

export const df: AskingPlugin<DfOptions> = {
  name: 'df',
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

  start(options, { askFileSystems, intervalS, log }) {
    const tellSilent = makeSilentTeller(log);
    const wants = (mount: Mount): boolean => isWanted(mount, options);
    // What takes longer would come when the next reading is due.
    const timeoutMs = (intervalS * 1000) / 2;
    return {
      read(done, reading) {
        const take = ({ fileSystems, silent }: FileSystemsAnswer): void => {
          tellSilent(silent);
          const lists = fileSystems && valuesOf(fileSystems.filter(wants), options);
          done(told(lists, 'how full its file systems are'));
        };
        if (askFileSystems) askFileSystems({ timeoutMs, wants }, take);
        else take({ fileSystems: reading().fileSystems, silent: [] });
      },
      stop() {},
    };
  },
};

/** Tells of each place once that it is silent, and once that it answers again. */
function makeSilentTeller(log: Log): (silent: readonly string[]) => void {
  const known = new Set<string>();
  return (silent) => {
    for (const mount of silent)
      if (!known.has(mount))
        log.say('warning', 'A file system does not answer; df leaves it out until it does.', {
          mount,
        });
    for (const mount of known)
      if (!silent.includes(mount)) {
        known.delete(mount);
        log.say('info', 'A file system answers again, or is gone.', { mount });
      }
    for (const mount of silent) known.add(mount);
  };
}

function valuesOf(
  fileSystems: readonly FileSystemReading[],
  options: DfOptions,
): readonly ValueList[] {
  const seen = new Set<string>();
  return fileSystems.flatMap((fileSystem) => {
    const instance = instanceName(fileSystem, options.reportByDevice);
    // A mount point may be listed twice (one mounted over the other), and pseudo file systems have no size.
    if (seen.has(instance) || sum(fileSystem) <= 0) return [];
    seen.add(instance);
    const bytes = values(fileSystem, instance, 'df_complex', 'percent_bytes', options);
    const { inodes } = fileSystem;
    if (!options.reportInodes || inodes === null || sum(inodes) <= 0) return bytes;
    return [...bytes, ...values(inodes, instance, 'df_inodes', 'percent_inodes', options)];
  });
}

function isWanted(fileSystem: Mount, options: DfOptions): boolean {
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
