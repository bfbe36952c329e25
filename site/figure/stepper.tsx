// The step controls of a trace: four buttons, a slider with a mark for every call and return, one sentence.

import type { Signal } from '@preact/signals';
import { stateAt } from '../../src/python/trace-state.ts';
import type { StepKind, Trace } from '../../src/python/trace.ts';
import { Icon } from '../page/icon.tsx';
import { plainText, stepSentence } from './step-words.ts';

interface StepperProps {
  readonly trace: Trace;
  readonly index: Signal<number>;
}

export function Stepper({ trace, index }: StepperProps) {
  const last = trace.steps.length - 1;
  const at = Math.min(index.value, last);
  const sentence = stepSentence(stateAt(trace, at));
  const go = (to: number): void => {
    index.value = Math.max(0, Math.min(last, to));
  };
  const place = `Step ${at + 1} of ${last + 1}`;
  return (
    <div class="stepper" role="group" aria-label="Step through the run">
      <div class="step-buttons">
        <button
          type="button"
          class="button only-icon"
          aria-disabled={at === 0}
          onClick={() => go(0)}
          title="First step"
        >
          <Icon name="skipBack" />
          <span class="visually-hidden">First step</span>
        </button>
        <button type="button" class="button" aria-disabled={at === 0} onClick={() => go(at - 1)}>
          <Icon name="chevronLeft" />
          Back
        </button>
        <button
          type="button"
          class="button primary"
          aria-disabled={at === last}
          onClick={() => go(at + 1)}
        >
          Step
          <Icon name="chevronRight" />
        </button>
        <button
          type="button"
          class="button only-icon"
          aria-disabled={at === last}
          onClick={() => go(last)}
          title="Last step"
        >
          <Icon name="skipForward" />
          <span class="visually-hidden">Last step</span>
        </button>
      </div>
      <div class="step-slider">
        <Marks trace={trace} kinds={['call', 'resume']} side="above" />
        <input
          type="range"
          min="0"
          max={last}
          value={at}
          aria-label="Step"
          aria-valuetext={`${place}: ${plainText(sentence)}`}
          style={{ '--part': `${last === 0 ? 0 : (at / last) * 100}%` }}
          onInput={(event) => go(Number(event.currentTarget.value))}
        />
        <Marks trace={trace} kinds={['return', 'yield', 'raise']} side="below" />
      </div>
      <p class="step-words" role="status" data-kind={trace.steps[at]?.kind}>
        <strong class="numbers">{place}</strong>
        <span>
          {sentence.map((part) =>
            typeof part === 'string' ? part : <strong class="mono">{part.strong}</strong>,
          )}
        </span>
      </p>
    </div>
  );
}

/** A longer run would make the marks one grey band. */
const MARKS_MAX = 60;

function Marks({
  trace,
  kinds,
  side,
}: {
  trace: Trace;
  kinds: readonly StepKind[];
  side: 'above' | 'below';
}) {
  const last = Math.max(1, trace.steps.length - 1);
  const marks = trace.steps.flatMap(({ kind }, at) =>
    kinds.includes(kind) ? [{ kind, part: at / last }] : [],
  );
  return (
    <span class={`step-marks is-${side}`} aria-hidden="true">
      {marks.length <= MARKS_MAX &&
        marks.map(({ kind, part }) => (
          <span class={`mark is-${kind}`} style={{ left: `${part * 100}%` }} />
        ))}
    </span>
  );
}
