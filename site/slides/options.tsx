// The options of a question as a class sees them: letters to call, hands that were counted, and in the end the right one.

import type { ComponentChildren } from 'preact';
import type { Option } from '../../src/lesson/lesson-model.ts';
import { answerOf, sameText } from '../../src/lesson/recorded.ts';
import type { Cell } from '../lesson/cell-state.ts';
import { optionWords } from '../lesson/question.tsx';
import { Icon } from '../page/icon.tsx';
import { LETTERS, optionsOf } from './answers.ts';
import type { Show } from './show.ts';
import type { Slide } from './slides.ts';

interface OptionsProps {
  readonly slide: Slide;
  readonly show: Show;
  /** Which one is right; null while that is not revealed. */
  readonly isRight: ((option: Option) => boolean) | null;
  readonly rightWords: string;
}

export function Options({ slide, show, isRight, rightWords }: OptionsProps) {
  const hands = show.hands.value[slide.id] ?? [];
  const most = Math.max(...hands, 0);
  return (
    <ol class="slide-options" aria-label="Options">
      {optionsOf(slide).map((option, at) => {
        const right = isRight?.(option) ?? false;
        return (
          <li class={right ? 'is-right' : ''}>
            <span class="letter">{LETTERS[at]}</span>
            <span class="words">
              {slide.subject.kind === 'predict' ? (
                <code>{option.text}</code>
              ) : (
                optionWords(option.text)
              )}
              {option.note !== '' && <span class="note">{option.note}</span>}
              {right && (
                <span class="right">
                  <Icon name="check" />
                  {rightWords}
                </span>
              )}
            </span>
            {most > 0 && <Bar count={hands[at] ?? 0} most={most} />}
          </li>
        );
      })}
    </ol>
  );
}

function Bar({ count, most }: { count: number; most: number }): ComponentChildren {
  return (
    <>
      <strong class="count numbers">
        {count}
        <span class="visually-hidden">{count === 1 ? ' hand' : ' hands'}</span>
      </strong>
      <span class="bar" aria-hidden="true">
        <span style={{ width: `${(count / most) * 100}%` }} />
      </span>
    </>
  );
}

/** What Python printed, once the program of the lesson has run; a changed program answers another question. */
export function printedBy(cell: Cell): ((option: Option) => boolean) | null {
  const result = cell.result.value;
  const how = result?.ending.how;
  if (result === null || (how !== 'finished' && how !== 'error')) return null;
  if (cell.ranCode.value !== cell.original) return null;
  const printed = answerOf({ output: result.text, error: result.ending.error?.type ?? null });
  return ({ text }) => sameText(text) === printed;
}
