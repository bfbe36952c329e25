// The reader of pickles once more, written without a thought of its speed: each mark has a stack of its own, each
// opcode a function. Our reader must say the same of every pickle, the same sentences included.

import { parsePythonFloat } from '../../../src/core/base/number.ts';
import { bad, good, type Result } from '../../../src/core/base/result.ts';
import { decodeUtf8 } from '../../../src/core/base/text.ts';
import { PICKLE_BYTES_MAX } from '../../../src/core/carbon/pickle-in.ts';
import {
  DEPTH_MAX,
  DICT_ITEMS_MAX,
  MEMO_MAX,
  OBJECTS_MAX,
  type PickleValue,
} from '../../../src/core/carbon/pickle-machine.ts';
import { LONG_SIZE_MAX } from '../../../src/core/carbon/pickle-number.ts';
import { readPythonString, readRawUnicode } from './plain-pickle-text.ts';

const PROTOCOL_MAX = 5;

const ALLOWED_GLOBALS: ReadonlySet<string> = new Set([
  'copy_reg _reconstructor',
  '__builtin__ object',
]);

export function plainUnpickle(bytes: Uint8Array): Result<PickleValue> {
  if (bytes.length > PICKLE_BYTES_MAX)
    return bad(`The pickle has ${bytes.length} bytes; ${PICKLE_BYTES_MAX} are allowed.`);
  const machine = makeMachine(bytes);
  while (machine.at < bytes.length) {
    const at = machine.at;
    const opcode = bytes[machine.at++] ?? 0;
    if (opcode === STOP) {
      const value = machine.stack.at(-1);
      return value === undefined ? bad('The pickle ends without a value.') : good(value);
    }
    const run = OPCODES.get(opcode);
    const why = run ? run(machine) : `the byte ${opcode} is no opcode that is understood here`;
    if (why !== null) return bad(`The pickle cannot be read at byte ${at}: ${why}.`);
  }
  return bad('The pickle ends before its end mark: ran out of input.');
}

interface Machine {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  /** Values above the newest mark; `below` has the stacks under the marks. */
  stack: PickleValue[];
  readonly below: PickleValue[][];
  readonly memo: Map<number, PickleValue>;
  objects: number;
  dictItems: number;
}

function makeMachine(bytes: Uint8Array): Machine {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, at: 0, stack: [], below: [], memo: new Map(), objects: 0, dictItems: 0 };
}

/** Does one opcode; a text is why it cannot. */
type Run = (machine: Machine) => string | null;

const STOP = '.'.charCodeAt(0);
const TOO_SHORT = 'the bytes end too early';
const NOTHING = 'the stack has too few values';

const OPCODES: ReadonlyMap<number, Run> = new Map(
  Object.entries<Run>({
    // Marks, the stack, the frame.
    '(': mark,
    '0': pop,
    '1': (machine) => (popMark(machine) ? null : NOTHING),
    '2': (machine) => pushOrFail(machine, machine.stack.at(-1)),
    '\x80': protocol,
    '\x95': (machine) => skip(machine, 8),
    // Memo.
    p: (machine) => withLine(machine, (line) => put(machine, indexOf(line))),
    q: (machine) => withUint(machine, 1, (index) => put(machine, index)),
    r: (machine) => withUint(machine, 4, (index) => put(machine, index)),
    '\x94': (machine) => put(machine, machine.memo.size),
    g: (machine) => withLine(machine, (line) => get(machine, indexOf(line))),
    h: (machine) => withUint(machine, 1, (index) => get(machine, index)),
    j: (machine) => withUint(machine, 4, (index) => get(machine, index)),
    // Constants and numbers.
    N: (machine) => push(machine, null),
    '\x88': (machine) => push(machine, true),
    '\x89': (machine) => push(machine, false),
    I: (machine) => withLine(machine, (line) => pushInt(machine, line)),
    L: (machine) => withLine(machine, (line) => pushLong(machine, line.replace(/L$/, ''))),
    J: pushInt32,
    K: (machine) => withUint(machine, 1, (value) => push(machine, value)),
    M: (machine) => withUint(machine, 2, (value) => push(machine, value)),
    '\x8a': (machine) => withBytes(machine, 1, (bytes) => pushLongBytes(machine, bytes)),
    '\x8b': (machine) => withBytes(machine, 4, (bytes) => pushLongBytes(machine, bytes)),
    F: (machine) => withLine(machine, (line) => pushFloat(machine, line)),
    G: pushFloat64,
    // Text and bytes.
    S: (machine) => withLine(machine, (line) => pushText(machine, readPythonString(line))),
    V: (machine) => withLine(machine, (line) => pushText(machine, readRawUnicode(line))),
    U: (machine) => withBytes(machine, 1, (bytes) => pushUtf8(machine, bytes)),
    T: (machine) => withBytes(machine, 4, (bytes) => pushUtf8(machine, bytes)),
    X: (machine) => withBytes(machine, 4, (bytes) => pushUtf8(machine, bytes)),
    '\x8c': (machine) => withBytes(machine, 1, (bytes) => pushUtf8(machine, bytes)),
    '\x8d': (machine) => withBytes(machine, 8, (bytes) => pushUtf8(machine, bytes)),
    C: (machine) => withBytes(machine, 1, (bytes) => pushObject(machine, bytes.slice())),
    B: (machine) => withBytes(machine, 4, (bytes) => pushObject(machine, bytes.slice())),
    '\x8e': (machine) => withBytes(machine, 8, (bytes) => pushObject(machine, bytes.slice())),
    '\x96': (machine) => withBytes(machine, 8, (bytes) => pushObject(machine, bytes.slice())),
    // Lists, tuples, sets.
    ']': (machine) => pushObject(machine, []),
    l: collect,
    t: collect,
    ')': (machine) => pushObject(machine, []),
    '\x85': (machine) => pushTuple(machine, 1),
    '\x86': (machine) => pushTuple(machine, 2),
    '\x87': (machine) => pushTuple(machine, 3),
    a: (machine) => appendAll(machine, machine.stack.splice(-1, 1)),
    e: (machine) => withMark(machine, (values) => appendAll(machine, values)),
    '\x8f': (machine) => pushObject(machine, []),
    '\x90': (machine) => withMark(machine, (values) => appendAll(machine, values)),
    '\x91': collect,
    // Dicts.
    '}': (machine) => pushObject(machine, new Map<PickleValue, PickleValue>()),
    d: (machine) => withMark(machine, (values) => pushDict(machine, values)),
    s: (machine) => setItems(machine, machine.stack.splice(-2, 2)),
    u: (machine) => withMark(machine, (values) => setItems(machine, values)),
    // Names of Python and what is made with them.
    c: (machine) =>
      withLine(machine, (module) => withLine(machine, (name) => pushGlobal(machine, module, name))),
    i: (machine) =>
      withLine(machine, (module) => withLine(machine, (name) => pushGlobal(machine, module, name))),
    '\x93': pushStackGlobal,
    R: callGlobal,
    '\x81': callGlobal,
    b: pop,
  }).map(([character, run]) => [character.charCodeAt(0), run]),
);

// ---- marks, stack, memo

function mark(machine: Machine): string | null {
  if (machine.below.length >= DEPTH_MAX) return `more than ${DEPTH_MAX} values are begun`;
  machine.below.push(machine.stack);
  machine.stack = [];
  return null;
}

/** What lies above the newest mark, which is taken away; null when there is no mark. */
function popMark(machine: Machine): PickleValue[] | null {
  const below = machine.below.pop();
  if (!below) return null;
  const above = machine.stack;
  machine.stack = below;
  return above;
}

function withMark(machine: Machine, use: (values: PickleValue[]) => string | null): string | null {
  const values = popMark(machine);
  return values ? use(values) : 'there is no mark';
}

function push(machine: Machine, value: PickleValue): null {
  machine.stack.push(value);
  return null;
}

function pushObject(machine: Machine, value: PickleValue): string | null {
  if (++machine.objects > OBJECTS_MAX)
    return `more than ${OBJECTS_MAX} lists, dicts and objects are made`;
  return push(machine, value);
}

function pushOrFail(machine: Machine, value: PickleValue | undefined): string | null {
  return value === undefined ? NOTHING : push(machine, value);
}

// Also takes away a mark that nothing lies on, as Python does.
function pop(machine: Machine): string | null {
  if (machine.stack.pop() !== undefined) return null;
  return popMark(machine) ? null : NOTHING;
}

function indexOf(line: string): number {
  return /^\d+$/.test(line) ? Number(line) : -1;
}

function put(machine: Machine, index: number): string | null {
  const value = machine.stack.at(-1);
  if (value === undefined) return NOTHING;
  if (index < 0) return 'an index of the memo is not a number';
  if (machine.memo.size >= MEMO_MAX) return `more than ${MEMO_MAX} values are remembered`;
  machine.memo.set(index, value);
  return null;
}

function get(machine: Machine, index: number): string | null {
  const value = machine.memo.get(index);
  return value === undefined ? `nothing is remembered as ${index}` : push(machine, value);
}

function protocol(machine: Machine): string | null {
  return withUint(machine, 1, (version) =>
    version > PROTOCOL_MAX ? `protocol ${version} is newer than ${PROTOCOL_MAX}` : null,
  );
}

// ---- arguments

function skip(machine: Machine, length: number): string | null {
  machine.at += length;
  return machine.at > machine.bytes.length ? TOO_SHORT : null;
}

function withLine(machine: Machine, use: (line: string) => string | null): string | null {
  const end = machine.bytes.indexOf(10, machine.at);
  if (end < 0) return TOO_SHORT;
  let line = '';
  // One character a byte: what the bytes mean is for the opcode to say.
  for (const byte of machine.bytes.subarray(machine.at, end)) line += String.fromCharCode(byte);
  machine.at = end + 1;
  return use(line);
}

function withUint(
  machine: Machine,
  length: 1 | 2 | 4 | 8,
  use: (value: number) => string | null,
): string | null {
  const { view, at } = machine;
  const why = skip(machine, length);
  if (why !== null) return why;
  if (length === 1) return use(view.getUint8(at));
  if (length === 2) return use(view.getUint16(at, true));
  if (length === 4) return use(view.getUint32(at, true));
  return use(Number(view.getBigUint64(at, true)));
}

function withBytes(
  machine: Machine,
  lengthBytes: 1 | 4 | 8,
  use: (bytes: Uint8Array) => string | null,
): string | null {
  return withUint(machine, lengthBytes, (length) => {
    const start = machine.at;
    return skip(machine, length) ?? use(machine.bytes.subarray(start, start + length));
  });
}

// ---- numbers and text

function pushInt32(machine: Machine): string | null {
  return withUint(machine, 4, (value) => push(machine, value | 0));
}

function pushFloat64(machine: Machine): string | null {
  const at = machine.at;
  return skip(machine, 8) ?? push(machine, machine.view.getFloat64(at));
}

// Protocol 0 writes True and False as I01 and I00.
function pushInt(machine: Machine, line: string): string | null {
  if (line === '01' || line === '00') return push(machine, line === '01');
  return pushLong(machine, line);
}

function pushLong(machine: Machine, digits: string): string | null {
  if (digits.length > LONG_SIZE_MAX || !/^\s*[+-]?(0+|[1-9]\d*)\s*$/.test(digits))
    return `"${digits.slice(0, 40)}" is not a whole number`;
  return push(machine, asFloat(Number(digits)));
}

function pushLongBytes(machine: Machine, bytes: Uint8Array): string | null {
  if (bytes.length > LONG_SIZE_MAX) return `a whole number has ${bytes.length} bytes`;
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return push(machine, asFloat(Number(BigInt.asIntN(bytes.length * 8, value))));
}

function asFloat(value: number): PickleValue {
  return Number.isFinite(value) ? value + 0 : { opaque: 'int' };
}

function pushFloat(machine: Machine, line: string): string | null {
  const value = parsePythonFloat(line);
  return value === null ? `"${line.slice(0, 40)}" is not a number` : push(machine, value);
}

function pushText(machine: Machine, text: string | null): string | null {
  return text === null ? 'a text is not quoted as Python quotes' : push(machine, text);
}

function pushUtf8(machine: Machine, bytes: Uint8Array): string | null {
  const text = decodeUtf8(bytes);
  return text === null ? 'a text is not UTF-8' : push(machine, text);
}

// ---- containers

function collect(machine: Machine): string | null {
  return withMark(machine, (values) => pushObject(machine, values));
}

function pushTuple(machine: Machine, length: number): string | null {
  if (machine.stack.length < length) return NOTHING;
  return pushObject(machine, machine.stack.splice(-length, length));
}

function appendAll(machine: Machine, values: readonly PickleValue[]): string | null {
  const list = machine.stack.at(-1);
  if (!Array.isArray(list)) return 'there is no list to append to';
  for (const value of values) list.push(value);
  return null;
}

function pushDict(machine: Machine, items: readonly PickleValue[]): string | null {
  return pushObject(machine, new Map<PickleValue, PickleValue>()) ?? setItems(machine, items);
}

function setItems(machine: Machine, items: readonly PickleValue[]): string | null {
  const dict = machine.stack.at(-1);
  if (!(dict instanceof Map)) return 'there is no dict to put items in';
  if (items.length % 2 !== 0) return 'a key of a dict has no value';
  machine.dictItems += items.length / 2;
  if (machine.dictItems > DICT_ITEMS_MAX)
    return `more than ${DICT_ITEMS_MAX} items are put into dicts`;
  for (let i = 0; i < items.length; i += 2) dict.set(items[i] ?? null, items[i + 1] ?? null);
  return null;
}

// ---- names of Python

function pushGlobal(machine: Machine, module: string, name: string): string | null {
  const global = `${module} ${name}`;
  if (ALLOWED_GLOBALS.has(global)) return pushObject(machine, { opaque: global });
  return `it asks for Python's "${module}.${name}", which is not allowed`.slice(0, 200);
}

function pushStackGlobal(machine: Machine): string | null {
  const [module, name] = machine.stack.splice(-2, 2);
  if (typeof module !== 'string' || typeof name !== 'string') return NOTHING;
  return pushGlobal(machine, module, name);
}

// Nothing is called: the result stands for an object of which only its existence is known.
function callGlobal(machine: Machine): string | null {
  if (machine.stack.length < 2) return NOTHING;
  machine.stack.splice(-2, 2);
  return pushObject(machine, { opaque: 'object' });
}
