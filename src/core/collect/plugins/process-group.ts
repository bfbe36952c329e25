// The processes of one name together: processes-<name>/ps_rss, ps_cputime, ps_count and more.

import type { ProcessDetails, ProcessEntry } from '../../host/sensors.ts';
import type { PluginState } from '../plugin.ts';
import { compile } from '../regex.ts';
import { valueList, type TypeName, type ValueList } from '../value-list.ts';
import type { ProcessGroup } from './process-options.ts';

export function groupValues(
  name: string,
  group: ProcessGroup,
  entries: readonly ProcessEntry[],
  state: PluginState,
): readonly ValueList[] {
  const mine = entries.filter(memberTest(name, group.pattern));
  const members = mine.flatMap((entry) => {
    const details = entry.details();
    return details === null ? [] : [{ entry, details }];
  });
  const total = (of: (details: ProcessDetails) => number): number =>
    members.reduce((sum, { details }) => sum + of(details), 0);
  const list = (type: TypeName, ...values: readonly number[]): ValueList =>
    valueList({ plugin: 'processes', pluginInstance: name, type }, ...values);
  /** Counters of processes that end are kept: a total that only grows. */
  const grown = (what: string, ...of: readonly ((member: (typeof members)[number]) => number)[]) =>
    of.map((each, index) => {
      const now = members.map((member): readonly [number, number] => [
        member.entry.pid,
        each(member),
      ]);
      return growth(`${name}/${what}/${index}`, now, state);
    });
  const alive = members.filter(({ details }) => !details.isZombie);
  return [
    list(
      'ps_vm',
      total((details) => details.vm),
    ),
    list(
      'ps_rss',
      total((details) => details.rss),
    ),
    list(
      'ps_data',
      total((details) => details.data),
    ),
    list(
      'ps_code',
      total((details) => details.code),
    ),
    list(
      'ps_stacksize',
      total((details) => details.stack),
    ),
    list(
      'ps_cputime',
      ...grown(
        'cputime',
        (m) => m.details.userUs,
        (m) => m.details.systemUs,
      ),
    ),
    list(
      'ps_count',
      alive.length,
      alive.reduce((sum, { details }) => sum + details.threads, 0),
    ),
    list(
      'ps_pagefaults',
      ...grown(
        'faults',
        (m) => m.details.minorFaults,
        (m) => m.details.majorFaults,
      ),
    ),
    ...ioValues(members, list, grown),
    ...extraValues(name, group, mine, state),
  ];
}

interface Member {
  readonly entry: ProcessEntry;
  readonly details: ProcessDetails;
}

function ioValues(
  members: readonly Member[],
  list: (type: TypeName, ...values: readonly number[]) => ValueList,
  grown: (what: string, ...of: readonly ((member: Member) => number)[]) => readonly number[],
): readonly ValueList[] {
  // A user sees only what its own processes read and write.
  if (!members.some(({ details }) => details.io !== null)) return [];
  return [
    list(
      'io_octets',
      ...grown(
        'io',
        (m) => m.details.io?.readOctets ?? 0,
        (m) => m.details.io?.writeOctets ?? 0,
      ),
    ),
    list(
      'io_ops',
      ...grown(
        'calls',
        (m) => m.details.io?.readCalls ?? 0,
        (m) => m.details.io?.writeCalls ?? 0,
      ),
    ),
    list(
      'disk_octets',
      ...grown(
        'disk',
        (m) => m.details.io?.diskReadOctets ?? 0,
        (m) => m.details.io?.diskWriteOctets ?? 0,
      ),
    ),
  ];
}

function extraValues(
  name: string,
  group: ProcessGroup,
  mine: readonly ProcessEntry[],
  state: PluginState,
): readonly ValueList[] {
  const identifier = { plugin: 'processes', pluginInstance: name };
  const open = group.collectFileDescriptor
    ? mine.reduce((sum, entry) => sum + (entry.fileDescriptors() ?? 0), 0)
    : 0;
  const mapped = group.collectMemoryMaps
    ? mine.reduce((sum, entry) => sum + (entry.memoryMaps() ?? 0), 0)
    : 0;
  const handles = { ...identifier, type: 'file_handles' } as const;
  const lists = [
    ...(open > 0 ? [valueList(handles, open)] : []),
    ...(mapped > 0 ? [valueList({ ...handles, typeInstance: 'mapped' }, mapped)] : []),
  ];
  if (!group.collectContextSwitch) return lists;
  const now = mine.map((entry) => ({ pid: entry.pid, switches: entry.contextSwitches() }));
  if (now.every(({ switches }) => switches === null)) return lists;
  return [
    ...lists,
    ...(['voluntary', 'involuntary'] as const).map((typeInstance) => {
      const counts = now.map(({ pid, switches }): readonly [number, number] => [
        pid,
        switches?.[typeInstance] ?? 0,
      ]);
      const total = growth(`${name}/switches/${typeInstance}`, counts, state);
      return valueList({ ...identifier, type: 'contextswitch', typeInstance }, total);
    }),
  ];
}

function memberTest(name: string, pattern: string): (entry: ProcessEntry) => boolean {
  if (pattern === '') return (entry) => entry.name === name;
  const searched = compile(pattern);
  // A thread of the kernel has no command line.
  return (entry) => searched.test(entry.commandLine() || entry.name);
}

/** The sum of what each process added since the reading before; one that is new adds all it has, but in the first. */
function growth(
  key: string,
  now: readonly (readonly [pid: number, count: number])[],
  state: PluginState,
): number {
  const before = state.get(key);
  let total = before?.[0] ?? 0;
  const counts = new Map<number, number>();
  for (let at = 1; before && at + 1 < before.length; at += 2)
    counts.set(before[at] ?? 0, before[at + 1] ?? 0);
  for (const [pid, count] of now) {
    const last = counts.get(pid) ?? 0;
    if (before) total += count < last ? count : count - last;
  }
  state.set(key, [total, ...now.flat()]);
  return total;
}
