// What a checked lesson comes to: what there is to do, which wrong answers were run, how long its sentences are, and
// what shows each thing that it says.

import { claimsOf, type Claim } from '../../lesson/claims.ts';
import {
  answeredBlocks,
  type CompiledLesson,
  type ExerciseBlock,
} from '../../lesson/lesson-model.ts';
import { textNumbers } from '../../lesson/text-rules.ts';
import type { LessonReport, Ran, Report } from './report.ts';

export function lessonNumbers(
  lesson: CompiledLesson,
  source: string,
  runs: readonly Ran[],
): Omit<LessonReport, 'file'> {
  const blocks = lesson.pages.flatMap((page) => page.blocks);
  const questions = blocks.filter(({ kind }) => kind === 'question').length;
  const exercises = blocks.filter((block): block is ExerciseBlock => block.kind === 'exercise');
  const answered = lesson.pages.flatMap(answeredBlocks).length;
  return {
    isListed: lesson.isListed,
    pages: lesson.pages.length,
    activities: answered - questions,
    questions,
    wrongs:
      runs.filter(({ kind }) => kind === 'wrong' || kind === 'variant').length +
      sum(exercises.map(({ mutants }) => mutants ?? 0)) +
      sum(exercises.map(({ pieces }) => (pieces ?? []).filter(isDistractor).length)),
    misconceptions: [...new Set(lesson.misconceptions.map(({ name }) => name))],
    text: textNumbers(source),
    claims: claimsOf(source, runs),
  };
}

function isDistractor({ distractorHtml }: { readonly distractorHtml: string | null }): boolean {
  return distractorHtml !== null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** What is to be done about a claim that nothing shows. */
export function unshownWords({ kind, text }: Claim): string {
  if (kind === 'rule') return 'no program on its page shows this rule. Add one that does';
  if (kind === 'near miss') return 'this near miss holds no program. Add the variant that breaks';
  return `nothing in this lesson says \`${text}\`. Quote what Python said, or show a program that says it`;
}

/** One line for each listed lesson, and one for all: the numbers that a course is planned by. */
export function summaryLines({ lessons, beliefs }: Report): readonly string[] {
  const listed = lessons.filter(({ isListed }) => isListed);
  if (listed.length === 0) return [];
  const met = new Set(listed.flatMap(({ misconceptions }) => misconceptions));
  const lines = listed.map((lesson) => `${lesson.file}: ${numberWords([lesson])}`);
  return [
    ...lines,
    `${listed.length} lessons: ${numberWords(listed)}, ${met.size} of ${beliefs} misconceptions met`,
  ];
}

function numberWords(lessons: readonly LessonReport[]): string {
  const of = (count: (lesson: LessonReport) => number): number => sum(lessons.map(count));
  const mean =
    of(({ text }) => text.words) /
    Math.max(
      1,
      of(({ text }) => text.sentences),
    );
  const longest = Math.max(...lessons.map(({ text }) => text.longest));
  return [
    `${of(({ pages }) => pages)} pages`,
    `${of(({ activities }) => activities)} activities`,
    `${of(({ questions }) => questions)} check questions`,
    `${of(({ wrongs }) => wrongs)} wrong answers run`,
    `${mean.toFixed(1)} words a sentence, longest ${longest}`,
    `${of(({ text }) => text.notKind)} unkind words`,
  ].join(', ');
}

/** `lessons/07-closures/lesson.md:57: rule, shown by label-maker: A def ...` */
export function claimLines({ lessons }: Report): readonly string[] {
  return lessons.flatMap(({ file, claims }) =>
    claims.map(
      ({ line, kind, text, shownBy }) =>
        `${file}:${line}: ${kind}, ${shownBy === null ? 'shown by nothing' : `shown by ${shownBy}`}: ${text}`,
    ),
  );
}
