// Hands for each option, counted by whoever presents.

import { optionWords } from '../lesson/question.tsx';
import { LETTERS, optionsOf } from './answers.ts';
import type { Slide } from './slides.ts';

interface HandCounterProps {
  readonly slide: Slide;
  readonly hands: readonly number[];
  readonly count: (option: number, by: 1 | -1) => void;
}

export function HandCounter({ slide, hands, count }: HandCounterProps) {
  const options = optionsOf(slide);
  if (options.length === 0) return null;
  return (
    <ol class="hand-counter" aria-label="Hands">
      {options.map(({ text, isRight }, at) => {
        const letter = LETTERS[at] ?? '';
        const now = hands[at] ?? 0;
        return (
          <li>
            <span class="letter">{letter}</span>
            <span class="words">
              {slide.subject.kind === 'predict' ? <code>{text}</code> : optionWords(text)}
              {isRight && <span class="about">right</span>}
            </span>
            <button
              type="button"
              class="button only-icon"
              aria-label={`${letter}: one hand less`}
              aria-disabled={now === 0}
              onClick={() => count(at, -1)}
            >
              <span aria-hidden="true">−</span>
            </button>
            <strong class="numbers" aria-label={`${letter}: ${now} hands`} role="status">
              {now}
            </strong>
            <button
              type="button"
              class="button only-icon"
              aria-label={`${letter}: one hand more`}
              onClick={() => count(at, 1)}
            >
              <span aria-hidden="true">+</span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
