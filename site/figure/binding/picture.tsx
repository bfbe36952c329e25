// Argument binding: the arguments of a call above, the slots of the function below, and what has found its place.

import { decoratorOf, type Binding } from '../../../src/python/binding.ts';
import type { Trace, TraceArgument } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';
import type { Picture } from '../picture.ts';
import {
  bindingSteps,
  checkWords,
  heldBy,
  KIND_WORDS,
  originWords,
  slotText,
  type BindingStep,
} from './steps.ts';
import { bindingSentence, bindingWords } from './words.ts';

const NO_CALLS = 'No function of this program was called.';

export function bindingPicture(trace: Trace, of: string | null, code: string): Picture {
  const { steps, cut } = bindingSteps(trace, of);
  const count = steps.at(-1)?.number ?? 0;
  const textOf = (binding: Binding): string => callText(trace, binding, code);
  const stepAt = (at: number): BindingStep | undefined => steps[at];
  return {
    title: of === null ? 'Argument binding' : `Argument binding of ${of}`,
    stops: steps.length === 0 ? [0] : steps.map(({ step }) => step),
    landmarks: steps.flatMap(({ isEnd }, at) => (isEnd ? [at] : [])),
    next: 'Next',
    sentence(at) {
      const step = stepAt(at);
      return step === undefined ? [NO_CALLS] : bindingSentence(step);
    },
    words(at) {
      const step = stepAt(at);
      return step === undefined ? [NO_CALLS] : bindingWords(step, textOf(step.binding), count);
    },
    draw(at) {
      const step = stepAt(at);
      return step === undefined ? (
        <p class="picture-empty">{NO_CALLS}</p>
      ) : (
        <Call step={step} text={textOf(step.binding)} count={count} />
      );
    },
    cut,
    legend: null,
  };
}

/** The call as it is written; its name where Python's own code calls. */
function callText(trace: Trace, { call, function: called }: Binding, code: string): string {
  const decorator = decoratorOf(trace, call);
  // A decorator is called by its line: `times(3)` gave what is called here.
  if (decorator !== null) return `${decorator}(${call.arguments?.[0]?.value?.text ?? ''})`;
  const node = trace.expressions?.nodes[call.node];
  return node === undefined
    ? `${called.name}(...)`
    : code.slice(node.start, node.end).replace(/\s+/g, ' ');
}

function Call({ step, text, count }: { step: BindingStep; text: string; count: number }) {
  const { binding, number, filled, isEnd } = step;
  const { call, slots, error, function: called } = binding;
  const now = isEnd ? undefined : binding.fillings[filled - 1];
  const used = new Set(binding.fillings.slice(0, filled).map(({ argument }) => argument));
  return (
    <div class="binding">
      <p class="binding-call">
        <span class="about">{`Call ${number} of ${count}`}</span>
        <code>{valueText(text)}</code>
      </p>
      {call.arguments !== null && call.arguments.length > 0 && (
        <ul class="arguments" aria-label="Arguments">
          {call.arguments.map((each, at) => (
            <li class={`argument mono ${stateOf(now?.argument === at, used.has(at))}`}>
              {argumentText(each)}
            </li>
          ))}
        </ul>
      )}
      <ol class="slots" aria-label={`Slots of ${called.name}`}>
        {slots.map((slot, at) => {
          const held = heldBy(binding, at, filled);
          const isNow = now !== undefined && now.slot === at;
          const missing = isEnd && error !== null && binding.failedSlots.includes(at);
          return (
            <li
              class={`slot is-${slot.kind} ${isNow ? 'is-now' : ''} ${missing ? 'is-missing' : ''}`}
            >
              <span class="slot-name mono">{slotName(binding, at)}</span>
              <Held binding={binding} at={at} filled={filled} />
              <span class="slot-origin">
                {held.length === 0
                  ? slot.hasDefault
                    ? 'has a default'
                    : KIND_WORDS[slot.kind]
                  : held.map((each) => originWords(each)).join(', ')}
              </span>
            </li>
          );
        })}
        {slots.length === 0 && <li class="about">{`${called.name} has no parameters.`}</li>}
      </ol>
      <Lost binding={binding} filled={filled} />
      {isEnd && binding.failed !== null && error !== null && (
        <p class="binding-check">{`${checkWords(binding)}.`}</p>
      )}
      {isEnd && (
        <p class={error === null ? 'binding-end' : 'binding-end is-error'}>
          {error === null
            ? call.isGenerator
              ? `${called.name} makes a generator`
              : `The body of ${called.name} begins`
            : `${error.type}: ${error.message}`}
        </p>
      )}
    </div>
  );
}

function stateOf(isNow: boolean, isUsed: boolean): string {
  return isNow ? 'is-now' : isUsed ? 'is-used' : '';
}

function argumentText({ how, name, value }: TraceArgument): string {
  const text = valueText(value?.text ?? '?');
  if (how === 'name') return `${name}=${text}`;
  return how === 'position' ? text : `${how === 'star' ? '*' : '**'}${text}`;
}

const STARS: Readonly<Record<string, string>> = { rest: '*', 'named-rest': '**' };

function slotName({ slots }: Binding, at: number): string {
  const slot = slots[at];
  return slot === undefined ? '' : `${STARS[slot.kind] ?? ''}${slot.name}`;
}

function Held({ binding, at, filled }: { binding: Binding; at: number; filled: number }) {
  const held = heldBy(binding, at, filled);
  const text = slotText(binding, at, held);
  const isDefault = held.some(({ origin }) => origin.from === 'default');
  if (text === null) return <span class="slot-value is-empty">empty</span>;
  return <span class={`slot-value mono ${isDefault ? 'is-default' : ''}`}>{valueText(text)}</span>;
}

/** Values that found no slot. */
function Lost({ binding, filled }: { binding: Binding; filled: number }) {
  const lost = binding.fillings
    .slice(0, filled)
    .filter(({ slot, isTwice }) => slot === null || isTwice);
  if (lost.length === 0) return null;
  return (
    <ul class="arguments" aria-label="Without a slot">
      {lost.map(({ key, value, isTwice }) => (
        <li class="argument mono is-lost">
          {`${key === null ? '' : `${key}=`}${valueText(value.text)}`}
          <span class="about">{isTwice ? 'its slot is full' : 'no slot'}</span>
        </li>
      ))}
    </ul>
  );
}
