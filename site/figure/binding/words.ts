// A call that binds its arguments, in words: the sentence of a step, and the whole picture.

import type { Binding, Filling } from '../../../src/python/binding.ts';
import type { Words } from '../step-words.ts';
import {
  checkWords,
  heldBy,
  KIND_WORDS,
  originWords,
  slotText,
  type BindingStep,
} from './steps.ts';

export function bindingSentence({ binding, filled, isEnd }: BindingStep): Words {
  const { function: called, fillings, error, slots } = binding;
  if (isEnd) {
    if (error !== null) return [why(binding), { strong: error.type }, `: ${error.message}`];
    if (binding.call.isGenerator)
      return [{ strong: called.name }, ' makes a generator; its body has not begun.'];
    return ['Every slot is full: the body of ', { strong: called.name }, ' begins.'];
  }
  const filling = fillings[filled - 1];
  if (filling === undefined)
    return [
      slots.length === 0 ? 'No slots: ' : 'Empty slots: ',
      { strong: called.name },
      ' is called.',
    ];
  const slot = filling.slot === null ? null : slots[filling.slot];
  const value = { strong: filling.value.text };
  if (slot === null || slot === undefined)
    return [value, ` finds no slot${filling.key === null ? '' : ` called ${filling.key}`}.`];
  if (filling.isTwice) return [value, ` finds ${slot.name} full already.`];
  return [value, ` goes into `, { strong: slot.name }, `: ${originWords(filling)}.`];
}

export function bindingWords(step: BindingStep, text: string, count: number): readonly string[] {
  const { binding, number, filled, isEnd } = step;
  const line = `Call ${number} of ${count}: ${text}.`;
  const lost = binding.fillings
    .slice(0, filled)
    .filter(({ slot, isTwice }) => slot === null || isTwice)
    .map((each) => lostWords(binding, each));
  return [
    line,
    ...binding.slots.map((_, at) => slotWords(binding, at, filled)),
    ...lost,
    ...(isEnd ? [endWords(binding)] : []),
  ];
}

function why(binding: Binding): string {
  const words = checkWords(binding);
  return words === null ? '' : `${words}. `;
}

function slotWords(binding: Binding, at: number, filled: number): string {
  const slot = binding.slots[at];
  if (slot === undefined) return '';
  const held = heldBy(binding, at, filled);
  const text = slotText(binding, at, held);
  const isEmpty = text === null || (held.length === 0 && slot.kind.endsWith('rest'));
  const waits = slot.hasDefault ? ', its default waits' : '';
  const what = isEmpty
    ? `empty${waits}`
    : `${text}, ${held.map((each) => originWords(each)).join(', ')}`;
  return `Slot ${slot.name}, ${KIND_WORDS[slot.kind]}: ${what}.`;
}

function lostWords({ slots }: Binding, { slot, key, value }: Filling): string {
  const name = slot === null ? (key ?? '') : (slots[slot]?.name ?? '');
  return slot === null
    ? `No slot for ${key === null ? '' : `${name}=`}${value.text}.`
    : `The slot ${name} is full already: no room for ${value.text}.`;
}

function endWords(binding: Binding): string {
  const { error, function: called, call } = binding;
  if (error !== null) return `${why(binding)}${error.type}: ${error.message}.`;
  return call.isGenerator
    ? `${called.name} makes a generator; its body has not begun.`
    : `The body of ${called.name} begins.`;
}
