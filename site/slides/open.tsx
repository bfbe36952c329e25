// Opens a page of a lesson as slides for a class, or as the notes beside them, in place of the page itself.

import { render } from 'preact';
import { makeLessonState, type LessonModel } from '../lesson/lesson-state.ts';
import { makePackets } from '../lesson/packets.ts';
import { makePagePython } from '../lesson/python.ts';
import { wakeNear } from '../lesson/wake-near.ts';
import { siteRoot } from '../page/place.ts';
import '../style/slides.css';
import { Audience } from './audience.tsx';
import type { ChapterModel } from './chapter.ts';
import { Notes } from './notes.tsx';
import { startShow } from './show.ts';
import { slidesOf } from './slides.ts';

/** The named views of a lesson page. */
export type ShowView = 'slides' | 'notes';

export function openShow(view: ShowView, model: LessonModel): void {
  const chapter = JSON.parse(
    document.getElementById('chapter-model')?.textContent ?? '',
  ) as ChapterModel;
  const slides = slidesOf(model.page);
  const main = document.getElementById('main');
  if (main === null) throw new Error('The page has no main part.');
  main.replaceChildren();
  if (view === 'notes') {
    document.title = `Notes: ${document.title}`;
    render(<Notes slides={slides} chapter={chapter} pageId={model.page.id} />, main);
    return;
  }
  const python = makePagePython(siteRoot);
  const state = makeLessonState({
    model,
    python,
    // What a class does is nobody's own progress, and a slide shows the program as the lesson has it.
    store: { get: () => null, record: () => undefined },
    onPacket: makePackets(null).send,
  });
  render(<Audience show={startShow(slides, chapter, state)} />, main);
  wakeNear([main], python);
}
