// The step controls of a trace: four buttons, a slider with a mark for every call and return, one sentence.

import type { StepKind, Trace } from '../../src/python/trace.ts';
import { Icon } from '../page/icon.tsx';
import { plainText, type Words } from './step-words.ts';

interface StepperProps {
  readonly trace: Trace;
  /** The step of each position: the controls go from one position to the next. */
  readonly stops: readonly number[];
  /** The position that is shown. */
  readonly at: number;
  readonly go: (to: number) => void;
  /** What one of them is called on the button: `Step`, `Next call`. */
  readonly next: string;
  readonly sentence: Words;
}

export function Stepper({ trace, stops, at, go: show, next, sentence }: StepperProps) {
  const last = stops.length - 1;
  const go = (to: number): void => show(Math.max(0, Math.min(last, to)));
  const place = placeWords(trace, stops, at);
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
          {next}
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
        <Marks trace={trace} stops={stops} kinds={['call', 'resume']} side="above" />
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
        <Marks trace={trace} stops={stops} kinds={['return', 'yield', 'raise']} side="below" />
      </div>
      <p class="step-words" role="status" data-kind={trace.steps[stops[at] ?? 0]?.kind}>
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

/** `Step 7 of 31`; a picture with several positions in one step counts its own. */
export function placeWords(trace: Trace, stops: readonly number[], at: number): string {
  const isFiner = new Set(stops).size < stops.length;
  return isFiner
    ? `Step ${at + 1} of ${stops.length}`
    : `Step ${(stops[at] ?? 0) + 1} of ${trace.steps.length}`;
}

/** A longer run would make the marks one grey band. */
const MARKS_MAX = 60;

function Marks({
  trace,
  stops,
  kinds,
  side,
}: {
  trace: Trace;
  stops: readonly number[];
  kinds: readonly StepKind[];
  side: 'above' | 'below';
}) {
  const last = Math.max(1, stops.length - 1);
  const marks = stops.flatMap((stop, at) => {
    const kind = trace.steps[stop]?.kind;
    return kind !== undefined && kinds.includes(kind) ? [{ kind, part: at / last }] : [];
  });
  return (
    <span class={`step-marks is-${side}`} aria-hidden="true">
      {marks.length <= MARKS_MAX &&
        marks.map(({ kind, part }) => (
          <span class={`mark is-${kind}`} style={{ left: `${part * 100}%` }} />
        ))}
    </span>
  );
}
