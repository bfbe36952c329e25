// How a pickle fills its lists, tuples and dicts from what lies on the stack.
//
//   stack   [ {}  |  'type'  'cache-query'  'metric'  'a.b' ]   u   ->   [ {type: cache-query, metric: a.b} ]
//                 ^ mark

import {
  DICT_ITEMS_MAX,
  fail,
  NOTHING,
  peek,
  popMark,
  pushObject,
  type Machine,
  type PickleValue,
} from './pickle-machine.ts';

const NO_MARK = 'there is no mark';

/** A list or a tuple of all above the mark. */
export function collect(machine: Machine): void {
  const end = machine.top;
  const start = popMark(machine, NO_MARK);
  pushObject(machine, listOf(machine, start, end));
}

export function pushTuple(machine: Machine, length: 1 | 2 | 3): void {
  if (peek(machine, length) === undefined) return fail(machine, NOTHING);
  const end = machine.top;
  machine.top -= length;
  pushObject(machine, listOf(machine, machine.top, end));
}

// Nearly all tuples are pairs, and a pair that is written down is made faster than one that is cut out.
function listOf({ stack }: Machine, start: number, end: number): PickleValue[] {
  if (end - start === 2) return [stack[start] ?? null, stack[start + 1] ?? null];
  return stack.slice(start, end);
}

export function appendOne(machine: Machine): void {
  append(machine, machine.top - 1, machine.top);
}

export function appendAll(machine: Machine): void {
  const end = machine.top;
  append(machine, popMark(machine, NO_MARK), end);
}

/** Moves a part of the stack into the list under it. */
function append(machine: Machine, start: number, end: number): void {
  machine.top = start;
  const list = peek(machine, 1);
  if (!Array.isArray(list)) return fail(machine, 'there is no list to append to');
  for (let at = start; at < end; at++) list.push(machine.stack[at] ?? null);
}

export function collectDict(machine: Machine): void {
  const end = machine.top;
  const start = popMark(machine, NO_MARK);
  const dict = new Map<PickleValue, PickleValue>();
  fill(machine, dict, start, end);
  pushObject(machine, dict);
}

export function setItem(machine: Machine): void {
  fillUnder(machine, machine.top - 2, machine.top);
}

export function setItems(machine: Machine): void {
  const end = machine.top;
  fillUnder(machine, popMark(machine, NO_MARK), end);
}

function fillUnder(machine: Machine, start: number, end: number): void {
  machine.top = start;
  const dict = peek(machine, 1);
  if (!(dict instanceof Map)) return fail(machine, 'there is no dict to put items in');
  fill(machine, dict, start, end);
}

function fill(
  machine: Machine,
  dict: Map<PickleValue, PickleValue>,
  start: number,
  end: number,
): void {
  const { stack } = machine;
  if ((end - start) % 2 !== 0) return fail(machine, 'a key of a dict has no value');
  machine.dictItems += (end - start) / 2;
  if (machine.dictItems > DICT_ITEMS_MAX)
    return fail(machine, `more than ${DICT_ITEMS_MAX} items are put into dicts`);
  for (let at = start; at < end; at += 2) dict.set(stack[at] ?? null, stack[at + 1] ?? null);
}
