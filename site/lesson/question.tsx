// A question at the end of a page: each wrong answer is answered in its own words, and may be tried again.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { QuestionBlock } from '../../src/lesson/lesson-model.ts';
import { Icon } from '../page/icon.tsx';
import { inCode } from './cell-foot.tsx';
import type { LessonState } from './lesson-state.ts';

export function Question({ block, state }: { block: QuestionBlock; state: LessonState }) {
  const chosen = useSignal<number | null>(null);
  useEffect(() => {
    const kept = state.item(block.id)?.answer;
    const index = block.options.findIndex((option) => option.text === kept);
    if (index >= 0) chosen.value = index;
  }, []);
  const option = chosen.value === null ? undefined : block.options[chosen.value];
  return (
    <fieldset class="panel check-question" data-question={block.id}>
      <legend class="visually-hidden">Check question</legend>
      <div class="predict-head">
        <div class="question" dangerouslySetInnerHTML={{ __html: block.questionHtml }} />
        <span class="about">Check</span>
      </div>
      <div class="options">
        {block.options.map((each, index) => (
          <label class={`option ${markOf(each.isRight, chosen.value === index)}`}>
            <input
              type="radio"
              name={block.id}
              checked={chosen.value === index}
              onChange={() => choose(index)}
            />
            <span class="option-text">{optionWords(each.text)}</span>
            {chosen.value === index && each.isRight && (
              <span class="option-marks mark-right">
                <Icon name="check" />
                Yes
              </span>
            )}
          </label>
        ))}
      </div>
      <div role="status" class={option === undefined ? 'outcome is-empty' : 'outcome'}>
        {option !== undefined && !option.isRight && (
          <p
            // Compiled from lesson.md with HTML switched off.
            dangerouslySetInnerHTML={{ __html: block.feedback[option.misconception ?? ''] ?? '' }}
          />
        )}
        {option?.isRight === true && (
          <p dangerouslySetInnerHTML={{ __html: block.feedback['right'] ?? 'That is it.' }} />
        )}
      </div>
    </fieldset>
  );

  function choose(index: number): void {
    chosen.value = index;
    const picked = block.options[index];
    if (picked === undefined) return;
    const tries = (state.item(block.id)?.tries ?? 0) + 1;
    state.record(block.id, {
      state: picked.isRight ? 'done' : 'tried',
      answer: picked.text,
      tries,
    });
  }
}

function markOf(isRight: boolean, isChosen: boolean): string {
  if (!isChosen) return '';
  return isRight ? 'is-right' : 'is-mine';
}

/** An option that looks like code is code, and so is what stands in backquotes. */
export function optionWords(text: string) {
  if (text.includes('`')) return <span>{inCode(text)}</span>;
  return /[=()]/.test(text) ? <code>{text}</code> : <span>{text}</span>;
}
