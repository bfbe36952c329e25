// The chapters of the course, and the screens they are played on.

import { fileURLToPath } from 'node:url';
import { readLessons } from '../../site/build/course.ts';
import { tier, turnInTier } from '../tools/tier.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const chapters = readLessons(root, null)
  .filter(({ isListed }) => isListed)
  .map((lesson) => ({ id: lesson.id, lesson }));

/** Those that are played with wrong answers, and by a learner who is right: in CI each is played one of the two ways. */
export const playedWrong = turnInTier(chapters, 2);
export const playedRight =
  tier() === 'ci' ? chapters.filter((each) => !playedWrong.includes(each)) : chapters;

export const CHAPTER_MS_MAX = 1_200_000;

/** Phones and tablets by turns. */
const WIDTHS = [390, 1280];

/** The screen for the page `at` of a chapter. */
export function screenOf(at: number): { readonly width: number; readonly isTouch: true } {
  return { width: WIDTHS[at % WIDTHS.length] ?? 0, isTouch: true };
}
