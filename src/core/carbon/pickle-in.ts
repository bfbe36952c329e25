// Reads pickles, Python's way to write down values: a program for a small stack machine.
//
//   (l S'a.b' (F17.0 F1.5 t t a .        protocol 0 of [('a.b', (17.0, 1.5))]
//    | |      |    |    | | | '- stop: the value is on the stack
//    | list   push floats | '--- append to the list
//    mark                 '----- tuple of what is above the mark
//
// https://docs.python.org/3/library/pickletools.html lists the opcodes.
//
// Each opcode costs no more than its own bytes and the values it takes from the stack, so that the work of a pickle
// is bounded by its length. A list that was remembered is shared, never copied: lists of lists of lists that
// would be endless when written out are a few arrays here.

import { bad, good, type Result } from '../base/result.ts';
import {
  appendAll,
  appendOne,
  collect,
  collectDict,
  pushTuple,
  setItem,
  setItems,
} from './pickle-container.ts';
import {
  fail,
  makeMachine,
  mark,
  NOTHING,
  peek,
  pop,
  popMark,
  push,
  pushObject,
  recall,
  remember,
  skip,
  uint,
  type Machine,
  type PickleValue,
} from './pickle-machine.ts';
import { callName, pushName, pushNameOfStack } from './pickle-name.ts';
import { readBytesOfLong, readFloat, readIndex, readInt, readLong } from './pickle-number.ts';
import { readPythonString, readRawUnicode, readUtf8 } from './pickle-text.ts';

/** Beyond every limit that a configuration sets for its frames. */
export const PICKLE_BYTES_MAX = 16_777_216;
/** The newest protocol that Python has. */
const PROTOCOL_MAX = 5;

const STOP = 0x2e; // .

/** The value of one pickle; whatever the bytes are, the answer is a value or a sentence. */
export function unpickle(bytes: Uint8Array): Result<PickleValue> {
  if (bytes.length > PICKLE_BYTES_MAX)
    return bad(`The pickle has ${bytes.length} bytes; ${PICKLE_BYTES_MAX} are allowed.`);
  const machine = makeMachine(bytes);
  while (machine.at < bytes.length) {
    const at = machine.at++;
    const opcode = bytes[at] ?? 0;
    if (opcode === STOP) {
      const value = peek(machine, 1);
      return value === undefined ? bad('The pickle ends without a value.') : good(value);
    }
    run(machine, opcode);
    if (machine.why !== null)
      return bad(`The pickle cannot be read at byte ${at}: ${machine.why}.`);
  }
  return bad('The pickle ends before its end mark: ran out of input.');
}

// Each number has its character beside it. A name would read better, but only of numbers can an engine make one jump.
function run(machine: Machine, opcode: number): void {
  switch (opcode) {
    // Marks, the stack, the frame.
    case 0x28: // (
      return mark(machine);
    case 0x30: // 0
    case 0x62: // b: the state of an object that nobody looks into
      return pop(machine);
    case 0x31: // 1
      return void popMark(machine, NOTHING);
    case 0x32: // 2
      return duplicate(machine);
    case 0x80:
      return checkProtocol(machine, uint(machine, 1));
    case 0x95:
      return void skip(machine, 8);

    // Memo.
    case 0x70: // p
      return remember(machine, readIndex(machine));
    case 0x71: // q
      return remember(machine, uint(machine, 1));
    case 0x72: // r
      return remember(machine, uint(machine, 4));
    case 0x94:
      return remember(machine, machine.memoSize);
    case 0x67: // g
      return recall(machine, readIndex(machine));
    case 0x68: // h
      return recall(machine, uint(machine, 1));
    case 0x6a: // j
      return recall(machine, uint(machine, 4));

    // Constants and numbers.
    case 0x4e: // N
      return push(machine, null);
    case 0x88:
      return push(machine, true);
    case 0x89:
      return push(machine, false);
    case 0x49: // I
      return push(machine, readInt(machine));
    case 0x4c: // L
      return push(machine, readLong(machine));
    case 0x4a: // J
      return push(machine, uint(machine, 4) | 0);
    case 0x4b: // K
      return push(machine, uint(machine, 1));
    case 0x4d: // M
      return push(machine, uint(machine, 2));
    case 0x8a:
      return push(machine, readBytesOfLong(machine, uint(machine, 1)));
    case 0x8b:
      return push(machine, readBytesOfLong(machine, uint(machine, 4)));
    case 0x46: // F
      return push(machine, readFloat(machine));
    case 0x47: // G
      return pushFloat64(machine);

    // Text and bytes.
    case 0x53: // S
      return push(machine, readPythonString(machine));
    case 0x56: // V
      return push(machine, readRawUnicode(machine));
    case 0x55: // U
    case 0x8c:
      return push(machine, readUtf8(machine, uint(machine, 1)));
    case 0x54: // T
    case 0x58: // X
      return push(machine, readUtf8(machine, uint(machine, 4)));
    case 0x8d:
      return push(machine, readUtf8(machine, uint(machine, 8)));
    case 0x43: // C
      return pushBytes(machine, uint(machine, 1));
    case 0x42: // B
      return pushBytes(machine, uint(machine, 4));
    case 0x8e:
    case 0x96:
      return pushBytes(machine, uint(machine, 8));

    // Lists, tuples, sets.
    case 0x5d: // ]
    case 0x29: // )
    case 0x8f:
      return pushObject(machine, []);
    case 0x6c: // l
    case 0x74: // t
    case 0x91:
      return collect(machine);
    case 0x85:
      return pushTuple(machine, 1);
    case 0x86:
      return pushTuple(machine, 2);
    case 0x87:
      return pushTuple(machine, 3);
    case 0x61: // a
      return appendOne(machine);
    case 0x65: // e
    case 0x90:
      return appendAll(machine);

    // Dicts.
    case 0x7d: // }
      return pushObject(machine, new Map<PickleValue, PickleValue>());
    case 0x64: // d
      return collectDict(machine);
    case 0x73: // s
      return setItem(machine);
    case 0x75: // u
      return setItems(machine);

    // Names of Python and what is made with them.
    case 0x63: // c
    case 0x69: // i
      return pushName(machine);
    case 0x93:
      return pushNameOfStack(machine);
    case 0x52: // R
    case 0x81:
      return callName(machine);
    default:
      fail(machine, `the byte ${opcode} is no opcode that is understood here`);
  }
}

function duplicate(machine: Machine): void {
  const value = peek(machine, 1);
  if (value === undefined) fail(machine, NOTHING);
  else push(machine, value);
}

function checkProtocol(machine: Machine, version: number): void {
  if (version > PROTOCOL_MAX) fail(machine, `protocol ${version} is newer than ${PROTOCOL_MAX}`);
}

function pushFloat64(machine: Machine): void {
  const at = skip(machine, 8);
  if (machine.why === null) push(machine, machine.view.getFloat64(at));
}

function pushBytes(machine: Machine, length: number): void {
  const start = skip(machine, length);
  if (machine.why === null) pushObject(machine, machine.bytes.slice(start, start + length));
}
