// A question about a picture: the reader counts in it, and types what was counted.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ExploreBlock } from '../../src/lesson/lesson-model.ts';
import { typedAnswer } from '../../src/lesson/typed-answer.ts';
import { Icon } from '../page/icon.tsx';
import { cellOf, type LessonState } from './lesson-state.ts';

export function Explore({ block, state }: { block: ExploreBlock; state: LessonState }) {
  const isCount = block.unit !== null;
  const right = state.model.answers[block.id] ?? '';
  const cell = cellOf(state, block.cellId);
  const draft = useSignal('');
  /** The answer that was given last; null before the first one. */
  const mine = useSignal<string | null>(null);
  const isRefused = useSignal(false);
  const id = `${block.id}-answer`;
  // After hydration: what is kept in this browser was not known when the page was built.
  useEffect(() => {
    const kept = state.item(block.id)?.answer ?? null;
    mine.value = kept;
    draft.value = kept ?? '';
  }, []);
  const isRight = mine.value !== null && mine.value === typedAnswer(right, isCount);
  return (
    <section
      class="panel check-question"
      data-explore={block.id}
      aria-labelledby={`${id}-question`}
    >
      <div class="predict-head">
        <div
          id={`${id}-question`}
          class="question"
          // Compiled from lesson.md with HTML switched off.
          dangerouslySetInnerHTML={{ __html: block.questionHtml }}
        />
        <span class="about">Explore</span>
      </div>
      <form
        class="count-form"
        onSubmit={(event) => {
          event.preventDefault();
          answer();
        }}
      >
        <label for={id}>{isCount ? 'Your count' : 'Your answer'}</label>
        <input
          id={id}
          class={isRight ? 'mono is-right' : 'mono'}
          inputMode={isCount ? 'numeric' : 'text'}
          aria-describedby={`${id}-question`}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={draft.value}
          onInput={(event) => (draft.value = event.currentTarget.value)}
        />
        <button type="submit" class="button">
          <Icon name="check" />
          {isCount ? 'Check my count' : 'Check my answer'}
        </button>
      </form>
      <div
        role="status"
        class={mine.value === null && !isRefused.value ? 'outcome is-empty' : 'outcome'}
      >
        {isRefused.value ? <p>{REFUSED[isCount ? 'count' : 'text']}</p> : outcome()}
      </div>
    </section>
  );

  function answer(): void {
    const typed = typedAnswer(draft.value, isCount);
    isRefused.value = typed === null;
    if (typed === null) return;
    mine.value = typed;
    state.record(block.id, {
      state: typed === typedAnswer(right, isCount) ? 'done' : 'tried',
      answer: typed,
      tries: (state.item(block.id)?.tries ?? 0) + 1,
    });
  }

  function outcome() {
    if (mine.value === null) return null;
    if (isRight)
      return (
        <p class="counted-right">
          <Icon name="check" />
          <span>
            <strong>{inWords(right)}</strong>, as in the picture.
          </span>
        </p>
      );
    const words = block.feedback[mine.value];
    return (
      <p>
        <strong>{isCount ? `You counted ${mine.value}.` : `You answered ${mine.value}.`}</strong>{' '}
        {words === undefined ? (
          again()
        ) : (
          // Compiled from lesson.md with HTML switched off.
          <span dangerouslySetInnerHTML={{ __html: words }} />
        )}
      </p>
    );
  }

  function again(): string {
    if (cell.code.value !== cell.original)
      return `The question is about ${cell.file} as it was: reset it, run it, and look again.`;
    return `Step through the picture and ${isCount ? 'count' : 'look'} once more.`;
  }

  /** `7 calls`; a text alone. */
  function inWords(text: string): string {
    return block.unit === null ? text : `${text} ${block.unit[text === '1' ? 0 : 1]}`;
  }
}

const REFUSED = {
  count: 'Type a whole number in digits.',
  text: 'Type what the picture shows.',
};
