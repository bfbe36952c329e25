// Each chapter is played from its first page to its last by a learner who is right. A touch screen has the plain text
// field, in which a program is typed at once.

import { describe, expect, it } from 'vitest';
import { tier } from '../tools/tier.ts';
import { CHAPTER_MS_MAX, playedRight, screenOf } from './chapters.ts';
import { play } from './learner.ts';
import { usePages } from './pages.ts';

/** `npm test` plays one page of each chapter, CI and the soak all pages. */
const PAGES_MAX = tier() === 'fast' ? 1 : Infinity;

const open = usePages();

describe.each(playedRight)('$id', ({ id: lessonId, lesson }) => {
  it(
    'is done, from the first page to the last, by a learner who is right',
    { timeout: CHAPTER_MS_MAX },
    async () => {
      const pages = lesson.pages.slice(-PAGES_MAX);
      for (const [at, { id, blocks }] of pages.entries()) {
        const { page, wrongs } = await open(`lessons/${lessonId}/${id}/`, screenOf(at));
        await play({ page, blocks, recorded: lesson.recorded }, 'right');
        await expect
          .poll(() => page.locator(`a[data-item="${lessonId}/${id}"]`).getAttribute('data-state'))
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
});
