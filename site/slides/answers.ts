// What a presenter asks whoever gave a wrong answer: the lesson's own words to it.

import type { Option } from '../../src/lesson/lesson-model.ts';
import type { Slide } from './slides.ts';

export interface WrongWords {
  /** `A said 12 13` */
  readonly who: string;
  readonly html: string;
}

export const LETTERS = 'ABCDEFGH';

/** The options of a slide; none where nothing is chosen. */
export function optionsOf({ subject }: Slide): readonly Option[] {
  if (subject.kind === 'predict') return subject.predict.options;
  return subject.kind === 'question' ? subject.question.options : [];
}

export function wrongWordsOf(slide: Slide): readonly WrongWords[] {
  const { subject } = slide;
  switch (subject.kind) {
    case 'predict':
      return toOptions(slide, subject.predict.feedback) ?? toTyped(subject.predict.feedback);
    case 'question':
      return toOptions(slide, subject.question.feedback) ?? [];
    case 'explore':
      return toTyped(subject.explore.feedback);
    case 'exercise':
      return subject.exercise.wrong.map(({ id, feedbackHtml }) => ({
        who: `Wrote "${id.replaceAll('-', ' ')}"`,
        html: feedbackHtml,
      }));
    default:
      return [];
  }
}

function toOptions(
  slide: Slide,
  feedback: Readonly<Record<string, string>>,
): readonly WrongWords[] | null {
  const options = optionsOf(slide);
  if (options.length === 0) return null;
  return options.flatMap(({ text, isRight, misconception }, at) => {
    const html = feedback[misconception ?? ''];
    if (isRight || html === undefined) return [];
    return [{ who: `${LETTERS[at] ?? ''} said ${text.replaceAll('`', '')}`, html }];
  });
}

function toTyped(feedback: Readonly<Record<string, string>>): readonly WrongWords[] {
  return Object.entries(feedback).map(([text, html]) => ({ who: `Said ${text}`, html }));
}
