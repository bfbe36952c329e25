// Each chapter is played from its first page to its last: by a learner who is right, and by one who gives each wrong
// answer and reads what is said to it. A touch screen has the plain text field, in which a program is typed at once.

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readLessons } from '../../site/build/course.ts';
import { tier } from '../tools/tier.ts';
import { play, wrongTurns } from './learner.ts';
import { usePages } from './pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const chapters = readLessons(root, null).filter(({ isListed }) => isListed);
const CHAPTER_MS_MAX = 1_200_000;
/** Phones and tablets by turns. */
const WIDTHS = [390, 1280];
/** `npm test` plays one page of each chapter, CI all pages; all wrong answers are for the soak. */
const PAGES_MAX = tier() === 'fast' ? 1 : Infinity;
const TURNS_MAX = { fast: 0, ci: 1, soak: Infinity }[tier()];

const open = usePages();

describe.each(chapters.map((lesson) => ({ id: lesson.id, lesson })))('$id', ({ lesson }) => {
  const { recorded } = lesson;
  const pages = lesson.pages.slice(-PAGES_MAX);
  const screenOf = (at: number) => ({ width: WIDTHS[at % WIDTHS.length] ?? 0, isTouch: true });

  it(
    'is done, from the first page to the last, by a learner who is right',
    { timeout: CHAPTER_MS_MAX },
    async () => {
      for (const [at, { id, blocks }] of pages.entries()) {
        const { page, wrongs } = await open(`lessons/${lesson.id}/${id}/`, screenOf(at));
        await play({ page, blocks, recorded }, 'right');
        await expect
          .poll(() => page.locator(`a[data-item="${lesson.id}/${id}"]`).getAttribute('data-state'))
          .toBe('done');
        expect([id, wrongs]).toEqual([id, []]);
        const next = page.locator('.next-nav a').last();
        const following = pages[at + 1];
        if (following !== undefined)
          expect(await next.innerText()).toBe(`Next: ${following.title}`);
        await page.close();
      }
    },
  );

  // Skipped in `npm test`: it would take some minutes for each chapter. CI and the soak do it.
  it.skipIf(TURNS_MAX === 0)(
    'answers each wrong answer in its own words',
    { timeout: CHAPTER_MS_MAX * 3 },
    async () => {
      let given = 0;
      for (const [at, lessonPage] of pages.entries()) {
        const { id, blocks } = lessonPage;
        const turns = Math.min(wrongTurns(lessonPage), TURNS_MAX);
        for (let turn = 0; turn < turns; turn += 1) {
          const { page, wrongs } = await open(`lessons/${lesson.id}/${id}/`, screenOf(at));
          given += await play({ page, blocks, recorded }, turn);
          expect([id, wrongs]).toEqual([id, []]);
          await page.close();
        }
      }
      expect(given).toBeGreaterThan(pages.length);
    },
  );
});
