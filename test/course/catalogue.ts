// The catalogue: exercises with every wrong answer that learners are known to give, one lesson.md for each chapter. A
// chapter that is a lesson by now has its exercises there, with the same ids: `e32`.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Answer, CompiledLesson, ExerciseBlock } from '../../src/lesson/lesson-model.ts';
import { compileLesson } from '../../src/lesson/lesson.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}test/course/catalogue`;
/** `in-range` and `running-mean` are E21 and E23: progress is kept by ids that are older than the catalogue. */
const OF_CATALOGUE = /^(?:e\d\d|in-range$|running-mean$)/;

/** Chapters, as test/course/catalogue/ holds them. */
export const CHAPTERS = 14;
/** 39 of the course's catalogue and E16. */
export const EXERCISES = 40;
export const WRONG_ANSWERS = 119;

export interface Chapter {
  /** `chapter-02` */
  readonly name: string;
  readonly lesson: CompiledLesson;
  /** Whether it stands in lessons/ by now, where check.test.ts runs all of it. */
  readonly isLesson: boolean;
}

export function readCatalogue(): readonly Chapter[] {
  const files = readdirSync(folder).map((name) => `${folder}/${name}`);
  const lessons = readdirSync(`${root}lessons`)
    .map((name) => `${root}lessons/${name}/lesson.md`)
    .filter((file) => existsSync(file));
  return [...files, ...lessons]
    .map(readChapter)
    .filter((chapter) => exercisesOf(chapter).length > 0)
    .sort((one, two) => one.lesson.number - two.lesson.number);
}

function readChapter(file: string): Chapter {
  const lesson = compileLesson(readFileSync(file, 'utf8'), file, (path) =>
    readFileSync(root + path, 'utf8'),
  );
  if (!lesson.ok) throw new Error(lesson.why);
  const name = `chapter-${String(lesson.value.number).padStart(2, '0')}`;
  return { name, lesson: lesson.value, isLesson: !file.startsWith(folder) };
}

export function exercisesOf({ lesson }: Chapter): readonly ExerciseBlock[] {
  return lesson.pages
    .flatMap((page) => page.blocks)
    .flatMap((block) => (block.kind === 'exercise' && OF_CATALOGUE.test(block.id) ? [block] : []));
}

/** Programs of an exercise, by name: `solution`, `starter`, and each wrong answer. */
export function programsOf(block: ExerciseBlock): readonly (readonly [string, Answer])[] {
  return [
    ['solution', block.solution],
    ['starter', block.starter],
    ...block.wrong.map((each) => [each.id, each] as const),
  ];
}
