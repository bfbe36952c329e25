// How the arguments of a call find their parameters: slots that are filled from left to right.
//
//   def dose(weight, /, rate=15, *, cap=1000)          dose(10, cap=500)
//
//   weight  <- 10    1st position          rate <- 15   default          cap <- 500   by its name
//
// The order is CPython's own (initialize_locals in Python/ceval.c), and so is the check at which it gives up:
// positions, then each name, then whether there were too many positions, then the slots by place that are still empty
// and their defaults, then the same for the slots by name only.

import type { Trace, TraceCall, TraceError, TraceFunction, TraceValue } from './trace.ts';

export type SlotKind = 'position-only' | 'usual' | 'rest' | 'name-only' | 'named-rest';

export interface Slot {
  readonly name: string;
  readonly kind: SlotKind;
  /** Whether a default waits for it. */
  readonly hasDefault: boolean;
}

export type Origin =
  | { readonly from: 'self' }
  /** From 1. */
  | { readonly from: 'position'; readonly place: number }
  /** From `*values`; its place there, from 1. */
  | { readonly from: 'star'; readonly place: number }
  /** It stands below that decorator. */
  | { readonly from: 'below'; readonly decorator: string }
  | { readonly from: 'name' }
  | { readonly from: 'mapping' }
  | { readonly from: 'default'; readonly line: number }
  /** No argument was seen, as where C code calls: only the value that came. */
  | { readonly from: 'unknown' };

/** One value on its way into a slot, or that finds none. */
export interface Filling {
  /** Index of the slot; null when there is none for it. */
  readonly slot: number | null;
  /** The keyword, of a name that goes into the named rest or nowhere. */
  readonly key: string | null;
  /** Which argument of the call it comes from; null for a default and for what nobody wrote. */
  readonly argument: number | null;
  readonly value: TraceValue;
  readonly origin: Origin;
  /** It finds a slot that is full already. */
  readonly isTwice: boolean;
}

/** The check of CPython that failed. */
export type Check =
  | 'not-a-text' // a key of ** is no text
  | 'position-only' // a name for a slot that takes its value by place only
  | 'unexpected' // a name that no slot has
  | 'twice' // a name for a slot that is full
  | 'too-many' // more positions than slots for them
  | 'missing' // a slot by place is empty and has no default
  | 'missing-named'; // a slot by name only is

export interface Binding {
  readonly call: TraceCall;
  readonly function: TraceFunction;
  readonly slots: readonly Slot[];
  /** In the order in which Python fills. */
  readonly fillings: readonly Filling[];
  /** The check at which Python gave up, and the slots that it is about; null when the body begins. */
  readonly failed: Check | null;
  readonly failedSlots: readonly number[];
  /** The TypeError, in Python's words; null when the body begins. */
  readonly error: TraceError | null;
}

/** The slots of a function, from its parameters as written: `a`, `/`, `b=1`, `*rest`, `c`, `**more`. */
export function slotsOf(parameters: readonly string[]): readonly Slot[] {
  const slash = parameters.indexOf('/');
  let isNameOnly = false;
  const slots: Slot[] = [];
  parameters.forEach((text, at) => {
    if (text === '/') return;
    if (text === '*') {
      isNameOnly = true;
      return;
    }
    const name = text.replace(/^\*+/, '').replace(/=.*$/s, '');
    const kind = kindOf(text, at < slash, isNameOnly);
    if (kind === 'rest') isNameOnly = true;
    slots.push({ name, kind, hasDefault: kind !== 'rest' && text.includes('=') });
  });
  return slots;
}

function kindOf(text: string, isBeforeSlash: boolean, isNameOnly: boolean): SlotKind {
  if (text.startsWith('**')) return 'named-rest';
  if (text.startsWith('*')) return 'rest';
  if (isNameOnly) return 'name-only';
  return isBeforeSlash ? 'position-only' : 'usual';
}

/** Every call of a function of the program, bound. `of` = only those of that name. */
export function bindingsOf(trace: Trace, of: string | null): readonly Binding[] {
  const functions = new Map(trace.functions.map((each) => [each.id, each]));
  return (trace.expressions?.calls ?? []).flatMap((call) => {
    const called = functions.get(call.functionId);
    if (called === undefined || (of !== null && called.name !== of)) return [];
    return [bind(trace, call, called)];
  });
}

function bind(trace: Trace, call: TraceCall, called: TraceFunction): Binding {
  const slots = slotsOf(called.parameters);
  const known = call.arguments?.every(({ value }) => value !== null) === true;
  const { fillings, failed, failedSlots } = known
    ? fill(trace, call, called, slots)
    : { fillings: fromFrame(trace, call, slots), failed: null, failedSlots: [] };
  return { call, function: called, slots, fillings, failed, failedSlots, error: call.error };
}

interface Filled {
  readonly fillings: readonly Filling[];
  readonly failed: Check | null;
  readonly failedSlots: readonly number[];
}

/** A value on its way: by place when it has no key. */
type Given = Pick<Filling, 'key' | 'argument' | 'value' | 'origin'>;

function fill(
  trace: Trace,
  call: TraceCall,
  called: TraceFunction,
  slots: readonly Slot[],
): Filled {
  const fillings: Filling[] = [];
  const full = new Set<number>();
  const put = (slot: number, given: Given, isTwice = false): void => {
    if (slot >= 0) full.add(slot);
    fillings.push({ ...given, slot: slot < 0 ? null : slot, isTwice });
  };
  const failing = (failed: Check, failedSlots: readonly number[]): Filled => ({
    fillings,
    failed,
    failedSlots,
  });
  const rest = slots.findIndex(({ kind }) => kind === 'rest');
  const namedRest = slots.findIndex(({ kind }) => kind === 'named-rest');
  const isByPlace = ({ kind }: Slot): boolean => kind === 'usual' || kind === 'position-only';
  const places = slots.flatMap((slot, at) => (isByPlace(slot) ? [at] : []));
  const positions = positionsOf(trace, call, called);
  positions.forEach((given, at) => put(places[at] ?? rest, given));

  const names = namesOf(call);
  const byPlaceOnly = slots.flatMap(({ name, kind }, at) =>
    kind === 'position-only' && names.some(({ key }) => key === name) ? [at] : [],
  );
  for (const given of names) {
    if (given.key === null) {
      put(-1, given);
      return failing('not-a-text', []);
    }
    const own = slots.findIndex(
      ({ name, kind }) => name === given.key && (kind === 'usual' || kind === 'name-only'),
    );
    if (own < 0) {
      put(namedRest, given);
      if (namedRest >= 0) continue;
      return byPlaceOnly.length > 0
        ? failing('position-only', byPlaceOnly)
        : failing('unexpected', []);
    }
    const isTwice = full.has(own);
    put(own, given, isTwice);
    if (isTwice) return failing('twice', [own]);
  }

  if (positions.length > places.length && rest < 0) return failing('too-many', []);
  const missingOf = (among: readonly number[]): readonly number[] =>
    among.filter((at) => !full.has(at) && call.defaults[slots[at]?.name ?? ''] === undefined);
  const takeDefaults = (among: readonly number[]): void => {
    for (const at of among) {
      const value = call.defaults[slots[at]?.name ?? ''];
      if (!full.has(at) && value !== undefined)
        put(at, {
          key: null,
          argument: null,
          value,
          origin: { from: 'default', line: called.line },
        });
    }
  };
  const missing = missingOf(places);
  if (missing.length > 0) return failing('missing', missing);
  takeDefaults(places);
  // Of these CPython takes the defaults first, and complains afterwards.
  const named = slots.flatMap(({ kind }, at) => (kind === 'name-only' ? [at] : []));
  takeDefaults(named);
  const missingNamed = missingOf(named);
  return missingNamed.length > 0
    ? failing('missing-named', missingNamed)
    : { fillings, failed: null, failedSlots: [] };
}

/** What comes by place, in the order of the call. */
function positionsOf(trace: Trace, call: TraceCall, called: TraceFunction): readonly Given[] {
  const own: readonly Given[] =
    call.self === null
      ? []
      : [{ key: null, argument: null, value: selfValue(called), origin: { from: 'self' } }];
  const decorator = decoratorOf(trace, call);
  let written = 0;
  const given = (call.arguments ?? []).flatMap(({ how, value }, argument): readonly Given[] => {
    if (value === null) return [];
    if (how === 'position') {
      written += 1;
      const origin: Origin =
        decorator === null ? { from: 'position', place: written } : { from: 'below', decorator };
      return [{ key: null, argument, value, origin }];
    }
    if (how !== 'star') return [];
    return (value.items ?? []).map((item, at) => ({
      key: null,
      argument,
      value: item,
      origin: { from: 'star', place: at + 1 },
    }));
  });
  return [...own, ...given];
}

/** What comes by name; a key that is no text has none. */
function namesOf(call: TraceCall): readonly Given[] {
  return (call.arguments ?? []).flatMap(({ how, name, value }, argument): readonly Given[] => {
    if (value === null) return [];
    if (how === 'name') return [{ key: name ?? '', argument, value, origin: { from: 'name' } }];
    if (how !== 'mapping') return [];
    return (value.pairs ?? []).map(([key, each]) => ({
      key: /^['"]/.test(key) ? key.slice(1, -1) : null,
      argument,
      value: each,
      origin: { from: 'mapping' },
    }));
  });
}

/** The decorator whose line makes this call: `times(3)`. */
export function decoratorOf({ expressions }: Trace, { applies }: TraceCall): string | null {
  if (applies === null) return null;
  const decorators = expressions?.statements[applies[0]]?.decorators ?? [];
  return decorators[decorators.length - applies[1]] ?? null;
}

/** What a method is called on is not among the arguments that are written. */
function selfValue({ name }: TraceFunction): TraceValue {
  return { text: name === '__init__' ? 'the new object' : 'the object', type: 'object' };
}

const UNKNOWN: Origin = { from: 'unknown' };

/** What the body began with, where nobody wrote the call. */
function fromFrame(trace: Trace, call: TraceCall, slots: readonly Slot[]): readonly Filling[] {
  const values = valuesAtStart(trace, call);
  return slots.flatMap(({ name }, slot) => {
    const value = values.get(name);
    return value === undefined
      ? []
      : [{ slot, key: null, argument: null, value, origin: UNKNOWN, isTwice: false }];
  });
}

/** The parameters of the frame that a call made, as its first step has them. */
export function valuesAtStart(
  trace: Trace,
  { frameId }: TraceCall,
): ReadonlyMap<string, TraceValue> {
  const frame = trace.frames.find(({ id }) => id === frameId);
  const step = frame === undefined ? undefined : trace.steps[frame.firstStep];
  const values = new Map<string, TraceValue>();
  if (frame === undefined || step === undefined) return values;
  for (const [name, value] of Object.entries(step.locals?.[frame.id] ?? {}))
    if (value !== null) values.set(name, value);
  for (const cell of trace.cells) {
    const value = cell.frameId === frame.id ? step.cells?.[cell.id] : undefined;
    if (value !== null && value !== undefined) values.set(cell.name, value);
  }
  return values;
}
