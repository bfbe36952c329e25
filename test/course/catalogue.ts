// The catalogue: exercises with every wrong answer that learners are known to give, one lesson.md for each chapter.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, CompiledLesson, ExerciseBlock } from '../../src/lesson/lesson-model.ts';
import { compileLesson } from '../../src/lesson/lesson.ts';

const folder = fileURLToPath(new URL('catalogue', import.meta.url));

/** Chapters, as test/course/catalogue/ holds them. */
export const CHAPTERS = 14;
/** 39 of the course's catalogue and E16. */
export const EXERCISES = 40;
export const WRONG_ANSWERS = 113;

export interface Chapter {
  /** `chapter-02` */
  readonly name: string;
  readonly source: string;
  readonly lesson: CompiledLesson;
}

export function readCatalogue(): readonly Chapter[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const source = readFileSync(`${folder}/${file}`, 'utf8');
      const lesson = compileLesson(source, file);
      if (!lesson.ok) throw new Error(lesson.why);
      return { name: file.replace('.md', ''), source, lesson: lesson.value };
    });
}

export function exercisesOf({ lesson }: Chapter): readonly ExerciseBlock[] {
  return lesson.pages
    .flatMap((page) => page.blocks)
    .flatMap((block) => (block.kind === 'exercise' ? [block] : []));
}

/** Programs of an exercise, by name: `solution`, `starter`, and each wrong answer. */
export function programsOf(block: ExerciseBlock): readonly (readonly [string, Answer])[] {
  return [
    ['solution', block.solution],
    ['starter', block.starter],
    ...block.wrong.map((each) => [each.id, each] as const),
  ];
}
