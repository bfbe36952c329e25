// Each chapter is played from its first page to its last by a learner who gives each wrong answer, and reads what is
// said to it.

import { describe, expect, it } from 'vitest';
import { tier } from '../tools/tier.ts';
import { CHAPTER_MS_MAX, playedWrong, screenOf } from './chapters.ts';
import { play, wrongTurns } from './learner.ts';
import { usePages } from './pages.ts';

/** CI gives one wrong answer to each question and task of every other chapter, the soak all to all of them. */
const TURNS_MAX = { fast: 0, ci: 1, soak: Infinity }[tier()];

const open = usePages();

describe.each(playedWrong)('$id', ({ id: lessonId, lesson }) => {
  // Skipped in `npm test`: it would take some minutes for each chapter. CI and the soak do it.
  it.skipIf(TURNS_MAX === 0)(
    'answers each wrong answer in its own words',
    { timeout: CHAPTER_MS_MAX * 3 },
    async () => {
      let given = 0;
      for (const [at, lessonPage] of lesson.pages.entries()) {
        const { id, blocks } = lessonPage;
        const turns = Math.min(wrongTurns(lessonPage), TURNS_MAX);
        for (let turn = 0; turn < turns; turn += 1) {
          const { page, wrongs } = await open(`lessons/${lessonId}/${id}/`, screenOf(at));
          given += await play({ page, blocks, recorded: lesson.recorded }, turn);
          expect([id, wrongs]).toEqual([id, []]);
          await page.close();
        }
      }
      expect(given).toBeGreaterThan(lesson.pages.length);
    },
  );
});
