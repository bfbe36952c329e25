// A show while it runs: where it stands, and what each command does. The one place that changes it, for both windows.

import { signal, type Signal } from '@preact/signals';
import { cellOf, type LessonState } from '../lesson/lesson-state.ts';
import { slidesWire, type FromNotes } from './channel.ts';
import type { ChapterModel } from './chapter.ts';
import { NOTHING_USED, turnedTo } from './clock.ts';
import type { Command } from './keys.ts';
import { counted, keep, recall, type Hands, type Memory } from './memory.ts';
import { back, forward, nextReveal, placeOfHash, type Place } from './place.ts';
import type { Slide } from './slides.ts';

export interface Show {
  readonly slides: readonly Slide[];
  readonly chapter: ChapterModel;
  readonly lesson: LessonState;
  readonly place: Signal<Place>;
  readonly isBlank: Signal<boolean>;
  readonly hands: Signal<Hands>;
  /** Something that a presenter has to know, as that the notes did not open; empty mostly. */
  readonly message: Signal<string>;
  act(command: Command): void;
}

const NOTES_BLOCKED =
  'The browser held the notes window back. Allow new windows for this page, then press N again.';
const NOTES_SIZE = 'popup,width=1180,height=860';

export function startShow(
  slides: readonly Slide[],
  chapter: ChapterModel,
  lesson: LessonState,
): Show {
  const pageId = lesson.model.page.id;
  const pageAt = chapter.pages.findIndex(({ id }) => id === pageId);
  let memory = recall(lesson.model.lessonId);
  const place = signal(placeOfHash(location.hash, slides.length));
  const isBlank = signal(false);
  const hands = signal<Hands>(memory.hands[pageId] ?? {});
  const message = signal('');
  const wire = slidesWire(memory.show, hear);

  remember({ clock: turnedTo(memory.clock, pageId, Date.now()) });
  tell();
  // A page that comes back out of the browser's memory goes on where it was.
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    memory = recall(lesson.model.lessonId);
    remember({ clock: turnedTo(memory.clock, pageId, Date.now()) });
    tell();
  });
  addEventListener('pagehide', () => {
    remember({ clock: turnedTo(memory.clock, null, Date.now()) });
    wire.send({ kind: 'left' });
  });
  return { slides, chapter, lesson, place, isBlank, hands, message, act };

  function act(command: Command): void {
    message.value = '';
    // On a blank screen nobody would see what comes: the first key brings the slide back.
    if (isBlank.value && (command === 'forward' || command === 'back')) command = 'blank';
    switch (command) {
      case 'forward':
        return goForward();
      case 'back': {
        const to = back(slides, place.value);
        return to === null ? turnPage(pageAt - 1, '#end') : goTo(to);
      }
      case 'first':
        return goTo({ slide: 0, reveal: 0 });
      case 'last':
        return goTo({ slide: slides.length - 1, reveal: 0 });
      case 'blank':
        isBlank.value = !isBlank.value;
        return tell();
      case 'notes':
        if (window.open(`?view=notes&show=${memory.show}`, 'stacklab-notes', NOTES_SIZE) === null)
          message.value = NOTES_BLOCKED;
        return;
      case 'leave':
        location.assign('./');
    }
  }

  function goForward(): void {
    const isRun = nextReveal(slides, place.value) === 'run';
    const to = forward(slides, place.value);
    if (to === null) return turnPage(pageAt + 1, '');
    goTo(to);
    if (isRun) run();
  }

  function goTo(to: Place): void {
    place.value = to;
    history.replaceState(null, '', to.slide === 0 ? location.search : `#${to.slide + 1}`);
    tell();
  }

  function turnPage(to: number, hash: string): void {
    const page = chapter.pages[to];
    if (page === undefined)
      message.value =
        to < 0 ? 'The chapter begins here.' : 'The chapter ends here. Escape leaves the slides.';
    else location.assign(`../${page.id}/?view=slides${hash}`);
  }

  /** The program of the slide, unless it has run: then what it printed is there. */
  function run(): void {
    const subject = slides[place.value.slide]?.subject;
    if (subject?.kind !== 'predict' && subject?.kind !== 'cell') return;
    const cell = cellOf(lesson, subject.cell.id);
    cell.isLocked.value = false;
    if (cell.result.value === null) void cell.run();
  }

  function hear(message: FromNotes): void {
    if (message.kind === 'do') {
      if (message.command !== 'restart') return act(message.command);
      remember({ clock: turnedTo(NOTHING_USED, pageId, Date.now()) });
    } else if (message.kind === 'hand') {
      const id = slides[place.value.slide]?.id ?? '';
      const now = counted(hands.value[id] ?? [], message.option, message.by);
      hands.value = { ...hands.value, [id]: now };
      remember({ hands: { ...memory.hands, [pageId]: hands.value } });
    }
    tell();
  }

  function remember(change: Partial<Memory>): void {
    memory = { ...memory, ...change };
    keep(memory);
  }

  function tell(): void {
    wire.send({
      kind: 'state',
      page: pageId,
      place: place.value,
      isBlank: isBlank.value,
      hands: hands.value[slides[place.value.slide]?.id ?? ''] ?? [],
      clock: memory.clock,
    });
  }
}
