// A prediction: asked before the program may run, and laid beside what Python printed.
//
// It is no test. Yours is blue, Python's has a thick line, and neither is called wrong.

import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Option, PredictBlock } from '../../src/lesson/lesson-model.ts';
import { answerOf, sameText } from '../../src/lesson/recorded.ts';
import { SURENESSES, type Sureness } from '../../src/lab/progress.ts';
import { Icon } from '../page/icon.tsx';
import { cellOf, type LessonState } from './lesson-state.ts';

interface Prediction {
  /** What the reader chose or typed; null before. */
  readonly mine: Signal<string | null>;
  /** What Python printed; null before the run. */
  readonly python: Signal<string | null>;
  /** How sure the reader is; null while that is not said. */
  readonly sure: Signal<Sureness | null>;
  choose(answer: string): void;
  say(how: Sureness): void;
}

function usePrediction(block: PredictBlock, state: LessonState): Prediction {
  const cell = cellOf(state, block.cellId);
  const mine = useSignal<string | null>(null);
  const python = useSignal<string | null>(null);
  const sure = useSignal<Sureness | null>(null);

  // After hydration: what is kept in this browser was not known when the page was built.
  useEffect(() => {
    const kept = state.item(block.id);
    if (kept?.answer === null || kept?.answer === undefined) return;
    mine.value = kept.answer;
    sure.value = kept.sure;
    cell.isLocked.value = false;
    const right = block.options.find((option) => option.isRight);
    if (kept.state === 'done' && right !== undefined) python.value = right.text;
  }, []);

  useSignalEffect(() => {
    const result = cell.result.value;
    const isWhole = result?.ending.how === 'finished' || result?.ending.how === 'error';
    if (!isWhole || mine.peek() === null || python.peek() !== null) return;
    // A changed program answers another question.
    if (cell.ranCode.peek() !== cell.original) return;
    python.value = answerOf({ output: result.text, error: result.ending.error?.type ?? null });
    state.record(block.id, { state: 'done' });
  });

  return {
    mine,
    python,
    sure,
    choose(answer) {
      mine.value = answer;
      cell.isLocked.value = false;
      state.python.wake();
      const tries = (state.item(block.id)?.tries ?? 0) + 1;
      state.record(block.id, { state: 'tried', answer, tries });
    },
    say(how) {
      sure.value = how;
      state.record(block.id, { sure: how });
    },
  };
}

interface PredictProps {
  readonly block: PredictBlock;
  readonly state: LessonState;
}

export function Predict({ block, state }: PredictProps) {
  const prediction = usePrediction(block, state);
  const { mine, python } = prediction;
  return (
    <fieldset class="panel predict" data-predict={block.id}>
      <legend class="visually-hidden">Predict before you run it</legend>
      <div class="predict-head">
        <div class="question" dangerouslySetInnerHTML={{ __html: block.questionHtml }} />
        <span class="about">Predict</span>
      </div>
      <div class="options">
        {block.options.map((option) => (
          <OptionCard
            key={option.text}
            group={block.id}
            option={option}
            isMine={mine.value === option.text}
            isPythons={python.value !== null && sameText(option.text) === python.value}
            isOpen={python.value === null}
            choose={() => prediction.choose(option.text)}
          />
        ))}
      </div>
      <HowSure prediction={prediction} />
      <Outcome block={block} prediction={prediction} />
    </fieldset>
  );
}

interface OptionCardProps {
  readonly group: string;
  readonly option: Option;
  readonly isMine: boolean;
  readonly isPythons: boolean;
  readonly isOpen: boolean;
  readonly choose: () => void;
}

function OptionCard({ group, option, isMine, isPythons, isOpen, choose }: OptionCardProps) {
  return (
    <label
      class={`option ${isMine ? 'is-mine' : ''} ${isPythons ? 'is-pythons' : ''} ${isOpen ? '' : 'is-over'}`}
    >
      <input
        type="radio"
        name={group}
        checked={isMine}
        // Not disabled: it stays readable, and the keyboard still finds it.
        aria-disabled={isOpen ? undefined : 'true'}
        onClick={(event) => {
          if (!isOpen) event.preventDefault();
        }}
        onChange={() => {
          if (isOpen) choose();
        }}
      />
      <span class="option-text">
        <code>{option.text}</code>
        {option.note !== '' && <span>{option.note}</span>}
      </span>
      {(isMine || isPythons) && (
        <span class="option-marks">
          {isMine && (
            <span class="mark-mine">
              <Icon name="user" />
              Your prediction
            </span>
          )}
          {isPythons && (
            <span class="mark-pythons">
              <Icon name="terminal" />
              Python printed this
            </span>
          )}
        </span>
      )}
    </label>
  );
}

/** The one answer that a reader types; it stands in the foot of its cell. */
export function TypedPredict({ block, state }: PredictProps) {
  const prediction = usePrediction(block, state);
  const { mine, python } = prediction;
  const draft = useSignal('');
  const id = useId();
  return (
    <div class="typed-predict" data-predict={block.id}>
      {mine.value === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (draft.value.trim() !== '') prediction.choose(sameText(draft.value));
          }}
        >
          <label for={id} dangerouslySetInnerHTML={{ __html: inlineOf(block.questionHtml) }} />
          <input
            id={id}
            class="mono"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            value={draft.value}
            onInput={(event) => (draft.value = event.currentTarget.value)}
          />
          <button type="submit" class="button">
            Lock my answer
          </button>
        </form>
      ) : (
        python.value === null && (
          <p class="locked-answer">
            <Icon name="user" />
            Your prediction: <code>{mine.value}</code>
          </p>
        )
      )}
      <HowSure prediction={prediction} />
      <Outcome block={block} prediction={prediction} />
    </div>
  );
}

/** A question of one paragraph, as the words of a label. */
function inlineOf(html: string): string {
  return html.replace(/^<p>|<\/p>\s*$/g, '');
}

const SURE_WORDS: Readonly<Record<Sureness, string>> = {
  guess: 'A guess',
  fairly: 'Fairly sure',
  certain: 'Certain',
};

/** Asked once there is a prediction, and never required: being wrong while certain is what one remembers. */
function HowSure({ prediction: { mine, python, sure, say } }: { prediction: Prediction }) {
  const id = useId();
  if (mine.value === null || python.value !== null) return null;
  return (
    <div class="how-sure">
      <span id={id}>How sure are you?</span>
      <div class="switch" role="group" aria-labelledby={id}>
        {SURENESSES.map((how) => (
          <button type="button" aria-pressed={sure.value === how} onClick={() => say(how)}>
            {SURE_WORDS[how]}
          </button>
        ))}
      </div>
    </div>
  );
}

function Outcome({ block, prediction }: { block: PredictBlock; prediction: Prediction }) {
  const mine = prediction.mine.value;
  const python = prediction.python.value;
  const sure = prediction.sure.value;
  const isOver = mine !== null && python !== null;
  return (
    <div role="status" class={isOver ? 'outcome' : 'outcome is-empty'}>
      {isOver && <OutcomeWords block={block} mine={mine} python={python} sure={sure} />}
    </div>
  );
}

function OutcomeWords({
  block,
  mine,
  python,
  sure,
}: {
  block: PredictBlock;
  mine: string;
  python: string;
  sure: Sureness | null;
}) {
  if (sameText(mine) === python)
    return (
      <p>
        <strong>{`You predicted ${mine}.`}</strong> Python printed the same.
        {sure === 'guess' && ' You called it a guess: step through it once to see why.'}
      </p>
    );
  const chosen = block.options.find((option) => option.text === mine);
  const words = block.feedback[chosen?.misconception ?? mine];
  return (
    <p>
      <strong>{`You predicted ${mine}.`}</strong> Python printed <strong>{python}</strong>.{' '}
      {words !== undefined && <span dangerouslySetInnerHTML={{ __html: words }} />}
      {sure === 'certain' && ' You were certain, so this is one to remember.'}
    </p>
  );
}
