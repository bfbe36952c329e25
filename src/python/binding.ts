// How the arguments of a call find their parameters: slots that are filled from left to right.
//
//   def dose(weight, /, rate=15, *, cap=1000)          dose(10, cap=500)
//
//   weight  <- 10    1st position          rate <- 15   default          cap <- 500   by its name
//
// The order is Python's own (PEP 3102): positions, then names, then what is left over, then defaults; a slot that is
// still empty is the TypeError.

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

export interface Binding {
  readonly call: TraceCall;
  readonly function: TraceFunction;
  readonly slots: readonly Slot[];
  /** In the order in which Python fills. */
  readonly fillings: readonly Filling[];
  /** Slots that stay empty though they need a value. */
  readonly empty: readonly number[];
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
  const fillings = known ? fill(call, called, slots) : fromFrame(trace, call, slots);
  const full = new Set(fillings.map(({ slot }) => slot));
  const empty = slots.flatMap(({ kind }, at) =>
    full.has(at) || kind === 'rest' || kind === 'named-rest' ? [] : [at],
  );
  return { call, function: called, slots, fillings, empty, error: call.error };
}

function fill(call: TraceCall, called: TraceFunction, slots: readonly Slot[]): readonly Filling[] {
  const fillings: Filling[] = [];
  const full = new Set<number>();
  const rest = slots.findIndex(({ kind }) => kind === 'rest');
  const namedRest = slots.findIndex(({ kind }) => kind === 'named-rest');
  const positions = slots.flatMap(({ kind }, at) =>
    kind === 'usual' || kind === 'position-only' ? [at] : [],
  );
  const put = (at: number, filling: Omit<Filling, 'slot' | 'isTwice'>): void => {
    const isTwice = full.has(at) && at !== rest && at !== namedRest;
    if (at >= 0) full.add(at);
    fillings.push({ ...filling, slot: at < 0 ? null : at, isTwice });
  };
  let place = 0;
  const byPlace = (argument: number | null, value: TraceValue, origin: Origin): void => {
    put(positions[place] ?? rest, { key: null, argument, value, origin });
    place += 1;
  };
  const byName = (argument: number, key: string, value: TraceValue, origin: Origin): void => {
    const own = slots.findIndex(
      ({ name, kind }) => name === key && (kind === 'usual' || kind === 'name-only'),
    );
    put(own >= 0 ? own : namedRest, { key, argument, value, origin });
  };
  if (call.self !== null) byPlace(null, selfValue(called), { from: 'self' });
  const given = (call.arguments ?? []).map((each, argument) => ({ ...each, argument }));
  let written = 0;
  for (const { how, value, argument } of given) {
    if (value === null) continue;
    if (how === 'position') byPlace(argument, value, { from: 'position', place: (written += 1) });
    if (how === 'star')
      (value.items ?? []).forEach((item, at) =>
        byPlace(argument, item, { from: 'star', place: at + 1 }),
      );
  }
  for (const { how, name, value, argument } of given) {
    if (value === null) continue;
    if (how === 'name') byName(argument, name ?? '', value, { from: 'name' });
    if (how === 'mapping')
      for (const [key, each] of value.pairs ?? [])
        byName(argument, key.slice(1, -1), each, { from: 'mapping' });
  }
  slots.forEach(({ name }, at) => {
    const value = call.defaults[name];
    if (!full.has(at) && value !== undefined)
      put(at, { key: null, argument: null, value, origin: { from: 'default', line: called.line } });
  });
  return fillings;
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
