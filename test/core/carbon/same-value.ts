// Whether two values of pickles are the same. They may hold themselves, and share parts so often that they would be
// endless when written out, so each pair of parts is compared once.

import type { PickleValue } from '../../../src/core/carbon/pickle-machine.ts';

type Pair = readonly [left: PickleValue | undefined, right: PickleValue | undefined];

export function isSameValue(left: PickleValue, right: PickleValue): boolean {
  const todo: Pair[] = [[left, right]];
  const seen = new Map<unknown, Set<unknown>>();
  for (let pair = todo.pop(); pair !== undefined; pair = todo.pop()) {
    const [one, other] = pair;
    if (typeof one !== 'object' || one === null) {
      if (!Object.is(one, other)) return false;
      continue;
    }
    const partners = seen.get(one) ?? new Set();
    if (partners.has(other)) continue;
    seen.set(one, partners.add(other));
    const parts = partsOf(one);
    const others = typeof other === 'object' && other !== null ? partsOf(other) : null;
    if (others === null || parts.kind !== others.kind || parts.list.length !== others.list.length)
      return false;
    parts.list.forEach((part, i) => todo.push([part, others.list[i]]));
  }
  return true;
}

/** How many values hang on this one, each counted as often as something holds it. */
export function countParts(value: PickleValue): number {
  const todo: PickleValue[] = [value];
  const seen = new Set<PickleValue>();
  let count = 0;
  for (let each = todo.pop(); each !== undefined; each = todo.pop()) {
    if (typeof each !== 'object' || each === null || seen.has(each)) continue;
    seen.add(each);
    const { list } = partsOf(each);
    count += list.length;
    for (const part of list) todo.push(part);
  }
  return count;
}

function partsOf(value: PickleValue & object): { kind: string; list: readonly PickleValue[] } {
  if (Array.isArray(value)) return { kind: 'list', list: value };
  if (value instanceof Map) return { kind: 'dict', list: [...value].flat() };
  if (value instanceof Uint8Array) return { kind: 'bytes', list: [...value] };
  return { kind: value.opaque, list: [] };
}
