// Lists, dicts, sets and instances that more than one name is bound to, or that stand in another one more than once:
// what one of them changes, all of them see. Each is drawn once.
//
//   a (Global) ---+
//   xs (f1 f) ----+--> list [1, 2]        grid --> list [..., ...] --+--> list [0, 0]
//                                                                   +-->

import type { FrameState, MachineState, NameState } from './trace-state.ts';
import type { ObjectId, TraceValue } from './trace.ts';

export interface SharedObject {
  readonly id: ObjectId;
  readonly value: TraceValue;
  /** It changed inside since the step before. */
  readonly isChanged: boolean;
  /** Names that are bound to it. */
  readonly names: readonly Holder[];
  /** Drawn objects that stand in it, as often as they stand there. */
  readonly inside: readonly ObjectId[];
}

export interface Holder {
  readonly frame: FrameState;
  readonly name: NameState;
}

/** More of them stay texts beside their names. */
const SHARED_MAX = 8;

const known = new WeakMap<MachineState, ReadonlyMap<ObjectId, SharedObject>>();

/** In the order in which the program made them. */
export function sharedObjects(machine: MachineState): ReadonlyMap<ObjectId, SharedObject> {
  let shared = known.get(machine);
  if (shared === undefined) known.set(machine, (shared = findShared(machine)));
  return shared;
}

/** The drawn objects that a value is, or holds. */
export function sharedIn(machine: MachineState, value: TraceValue | null): readonly ObjectId[] {
  if (value === null) return [];
  const shared = sharedObjects(machine);
  if (value.objectId !== undefined) return shared.has(value.objectId) ? [value.objectId] : [];
  return [...new Set(value.inside)].filter((id) => shared.has(id));
}

function findShared(machine: MachineState): ReadonlyMap<ObjectId, SharedObject> {
  const names = new Map<ObjectId, Holder[]>();
  const links = new Map<ObjectId, number>();
  const reached = new Set<ObjectId>();
  const link = (id: ObjectId): void => {
    links.set(id, (links.get(id) ?? 0) + 1);
    if (reached.has(id)) return;
    reached.add(id);
    machine.objects.get(id)?.value.inside?.forEach(link);
  };
  for (const frame of [...machine.stack, ...machine.kept])
    for (const name of frame.names) {
      const id = name.value?.objectId;
      if (id === undefined) name.value?.inside?.forEach(link);
      else {
        link(id);
        names.set(id, [...(names.get(id) ?? []), { frame, name }]);
      }
    }
  const drawn = withHolders(machine, links);
  const ids = [...drawn].sort((one, two) => numberOf(one) - numberOf(two)).slice(0, SHARED_MAX);
  const shared = new Map<ObjectId, SharedObject>();
  for (const id of ids) {
    const held = machine.objects.get(id);
    if (held === undefined) continue;
    shared.set(id, {
      id,
      value: held.value,
      isChanged: held.changedAt === machine.index,
      names: names.get(id) ?? [],
      inside: (held.value.inside ?? []).filter((each) => ids.includes(each)),
    });
  }
  return shared;
}

/** Those with two links or more, and what holds one of them: an arrow begins at a box. */
function withHolders(machine: MachineState, links: ReadonlyMap<ObjectId, number>): Set<ObjectId> {
  const drawn = new Set([...links].filter(([, count]) => count > 1).map(([id]) => id));
  for (let size = -1; size !== drawn.size;) {
    size = drawn.size;
    for (const id of links.keys())
      if (machine.objects.get(id)?.value.inside?.some((each) => drawn.has(each))) drawn.add(id);
  }
  return drawn;
}

function numberOf(id: ObjectId): number {
  return Number(id.slice(1));
}
