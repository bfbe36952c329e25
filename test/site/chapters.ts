// The chapters of the course, and the screens they are played on.

import { fileURLToPath } from 'node:url';
import { readLessons } from '../../site/build/course.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const chapters = readLessons(root, null)
  .filter(({ isListed }) => isListed)
  .map((lesson) => ({ id: lesson.id, lesson }));

export const CHAPTER_MS_MAX = 1_200_000;

/** Phones and tablets by turns. */
const WIDTHS = [390, 1280];

/** The screen for the page `at` of a chapter. */
export function screenOf(at: number): { readonly width: number; readonly isTouch: true } {
  return { width: WIDTHS[at % WIDTHS.length] ?? 0, isTouch: true };
}
