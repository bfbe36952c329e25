// The steps of the binding picture: for each call the empty slots, each value as it finds its place, and the end.

import {
  bindingsOf,
  type Binding,
  type Check,
  type Filling,
  type Slot,
} from '../../../src/python/binding.ts';
import type { Trace } from '../../../src/python/trace.ts';
import { ordinal } from '../../page/ordinal.ts';

export interface BindingStep {
  readonly binding: Binding;
  /** Which call it is, from 1. */
  readonly number: number;
  /** How many values have been handed over. */
  readonly filled: number;
  /** The body begins, or the TypeError is raised. */
  readonly isEnd: boolean;
  /** Of the trace. */
  readonly step: number;
}

/** A program with very many calls shows the first of them. */
const STEPS_MAX = 3000;

const CUT_SENTENCE = `The picture stops here: it holds ${STEPS_MAX} steps. The program itself ran on.`;

export interface BindingSteps {
  readonly steps: readonly BindingStep[];
  /** Why there are no more of them; null when all are there. */
  readonly cut: string | null;
}

export function bindingSteps(trace: Trace, of: string | null): BindingSteps {
  const steps: BindingStep[] = [];
  let cut = trace.expressions?.cut ?? null;
  for (const [index, binding] of bindingsOf(trace, of).entries()) {
    const { call, fillings } = binding;
    if (steps.length + fillings.length > STEPS_MAX) {
      cut = CUT_SENTENCE;
      break;
    }
    const at = { binding, number: index + 1, step: Math.max(0, call.step) };
    for (let filled = 0; filled <= fillings.length; filled += 1)
      steps.push({ ...at, filled, isEnd: false });
    const frame = trace.frames.find(({ id }) => id === call.frameId);
    const step = frame === undefined ? at.step : frame.firstStep;
    steps.push({ ...at, filled: fillings.length, isEnd: true, step });
  }
  return { steps, cut };
}

/** What Python found when it gave up. */
const CHECK_WORDS: Readonly<Record<Check, string>> = {
  'not-a-text': 'A key of ** is no text',
  'position-only': 'A slot that is filled by place only was named',
  unexpected: 'No slot has that name',
  twice: 'That slot is full already',
  'too-many': 'More places than slots for them',
  missing: 'A slot without a default is empty',
  'missing-named': 'A slot that is filled by name only is empty',
};

/** `No slot has that name; Python did not come to the defaults` */
export function checkWords({ failed, slots, fillings }: Binding): string | null {
  if (failed === null) return null;
  const full = new Set(fillings.map(({ slot }) => slot));
  const isLeft = slots.some(({ hasDefault }, at) => hasDefault && !full.has(at));
  return `${CHECK_WORDS[failed]}${isLeft ? '; Python did not come to the defaults' : ''}`;
}

export const KIND_WORDS: Readonly<Record<Slot['kind'], string>> = {
  'position-only': 'by place only',
  usual: 'by place or name',
  rest: 'takes the places left over',
  'name-only': 'by name only',
  'named-rest': 'takes the names left over',
};

/** `2nd position`, `by its name`, `default, made in line 1`. */
export function originWords({ origin, key }: Filling): string {
  switch (origin.from) {
    case 'self':
      return 'what it is called on';
    case 'position':
      return `${ordinal(origin.place)} position`;
    case 'star':
      return `${ordinal(origin.place)} of the star`;
    case 'below':
      return `what stands below @${origin.decorator}`;
    case 'name':
      return 'by its name';
    case 'mapping':
      return `from ** by the name ${key ?? ''}`;
    case 'default':
      return `default, made in line ${origin.line}`;
    case 'unknown':
      return 'handed over by Python’s own code';
  }
}

/** What a slot holds after the first `filled` values: one, or those of a rest. */
export function heldBy(binding: Binding, slot: number, filled: number): readonly Filling[] {
  return binding.fillings.slice(0, filled).filter((each) => each.slot === slot && !each.isTwice);
}

/** `10`, `(1, 2)`, `{'a': 1}`; null while the slot is empty. */
export function slotText(
  { slots, fillings }: Binding,
  at: number,
  held: readonly Filling[],
): string | null {
  const kind = slots[at]?.kind;
  const isWhole = fillings.some(({ slot, origin }) => slot === at && origin.from === 'unknown');
  if (isWhole || (kind !== 'rest' && kind !== 'named-rest')) return held[0]?.value.text ?? null;
  if (kind === 'named-rest')
    return `{${held.map(({ key, value }) => `'${key}': ${value.text}`).join(', ')}}`;
  const texts = held.map(({ value }) => value.text);
  return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(', ')})`;
}
