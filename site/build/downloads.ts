// The chapters as files to take away, beside their pages: `lessons/closures/closures.ipynb` and `closures.py`, each also with
// its answers for those who teach.

import type { Plugin } from 'vite';
import { downloadPath } from '../../src/lesson/download/parts.ts';
import { chapterNotebook } from '../../src/lesson/download/notebook.ts';
import { chapterScript } from '../../src/lesson/download/script.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import { readLessons } from './course.ts';

export interface Download {
  /** Below the root of the site. */
  readonly path: string;
  readonly text: string;
}

export function downloadsPlugin(root: string): Plugin {
  return {
    name: 'stacklab-downloads',
    generateBundle() {
      const listed = readLessons(root, null).filter(({ isListed }) => isListed);
      for (const { path, text } of listed.flatMap(downloadsOf))
        this.emitFile({ type: 'asset', fileName: path, source: text });
    },
  };
}

export function downloadsOf(lesson: RecordedLesson): readonly Download[] {
  return (['learners', 'teachers'] as const).flatMap((audience) => [
    {
      path: downloadPath(lesson.id, 'ipynb', audience),
      text: chapterNotebook(lesson, audience),
    },
    {
      path: downloadPath(lesson.id, 'py', audience),
      text: chapterScript(lesson, audience),
    },
  ]);
}
