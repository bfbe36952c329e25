// What a show knows of the chapter around its page: the run sheet, and where the next page is.

import type { CompiledLesson, LessonPage } from '../../src/lesson/lesson-model.ts';

export interface ChapterModel {
  readonly number: number;
  readonly title: string;
  readonly pages: readonly Pick<LessonPage, 'id' | 'title' | 'minutes'>[];
}

export function chapterOf({ number, title, pages }: CompiledLesson): ChapterModel {
  return {
    number,
    title,
    pages: pages.map(({ id, title: name, minutes }) => ({ id, title: name, minutes })),
  };
}
