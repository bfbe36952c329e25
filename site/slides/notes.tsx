// The window of whoever presents: what stands on the slide and on the next one, what to say, what to ask, and the time.

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Listing } from '../lesson/listing.tsx';
import { Icon } from '../page/icon.tsx';
import { Logo } from '../page/logo.tsx';
import { wrongWordsOf } from './answers.ts';
import { notesWire, type FromNotes, type ShowState } from './channel.ts';
import type { ChapterModel } from './chapter.ts';
import { clockWords, paceOf, usedInAll } from './clock.ts';
import { HandCounter } from './hand-counter.tsx';
import { takeParagraph } from './html.ts';
import { commandOf, type Command } from './keys.ts';
import { nextReveal } from './place.ts';
import { RunSheet } from './run-sheet.tsx';
import type { Slide } from './slides.ts';
import { stepWords } from './step-words.ts';

interface NotesProps {
  readonly slides: readonly Slide[];
  readonly chapter: ChapterModel;
  readonly pageId: string;
}

/** Between two pages the slides are away for a moment. */
const AWAY_MS_MAX = 4000;
const TICK_MS = 500;

export function Notes({ slides, chapter, pageId }: NotesProps) {
  const state = useSignal<ShowState | null>(null);
  const isAlone = useSignal(false);
  const now = useSignal(Date.now());
  const send = useShow(state, isAlone, pageId);
  useEffect(() => {
    const timer = setInterval(() => (now.value = Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const act = (command: Command | 'restart'): void => send({ kind: 'do', command });
  const shown = state.value;
  if (shown === null || isAlone.value) return <Alone isSure={isAlone.value} />;

  const { place, isBlank, hands, clock } = shown;
  const slide = slides[place.slide];
  if (slide === undefined) return null;
  const pageAt = chapter.pages.findIndex(({ id }) => id === pageId);
  const planned = chapter.pages.slice(0, pageAt + 1).map(({ minutes }) => minutes);
  const usedMs = usedInAll(clock, now.value);
  const pace = paceOf(planned, usedMs);
  return (
    <div class="notes">
      <header class="notes-top">
        <Logo />
        <h1>Notes</h1>
        <p class="about">{`Chapter ${chapter.number} ${chapter.title}`}</p>
        <p class="notes-clock">
          <span class="mono" role="timer">
            {clockWords(usedMs)}
          </span>
          {pace !== null && (
            <span class={pace.isLate ? 'is-late' : 'is-on-time'}>
              <Icon name={pace.isLate ? 'triangleAlert' : 'check'} />
              {pace.words}
            </span>
          )}
          <button type="button" class="button quiet" onClick={() => act('restart')}>
            <Icon name="reset" />
            Start the clock anew
          </button>
        </p>
      </header>
      <div class="notes-now">
        <section class="panel notes-slide" aria-labelledby="notes-title">
          <p class="about">{`Slide ${place.slide + 1} of ${slides.length}`}</p>
          <h2 id="notes-title" dangerouslySetInnerHTML={{ __html: slide.titleHtml }} />
          <Subject slide={slide} />
          <HandCounter
            slide={slide}
            hands={hands}
            count={(option, by) => send({ kind: 'hand', option, by })}
          />
        </section>
        <nav class="notes-drive" aria-label="Slides">
          <button type="button" class="button" onClick={() => act('back')}>
            <Icon name="chevronLeft" />
            Back
          </button>
          <button type="button" class="button primary" onClick={() => act('forward')}>
            {forwardWords(slides, shown)}
            <Icon name="chevronRight" />
          </button>
          <span class="about" role="status">
            {revealWords(slide, shown)}
          </span>
          <button type="button" class="button" aria-pressed={isBlank} onClick={() => act('blank')}>
            {isBlank ? 'Show the slide again' : 'Blank'} <kbd>B</kbd>
          </button>
        </nav>
        <WrongAnswers slide={slide} />
      </div>
      <div class="notes-side">
        <Next slides={slides} at={place.slide} next={chapter.pages[pageAt + 1]?.title ?? null} />
        <section aria-labelledby="notes-words">
          <h2 id="notes-words">Notes</h2>
          {slide.notesHtml === '' ? (
            <p class="about">{NOTHING_TO_SAY}</p>
          ) : (
            <div class="notes-words" dangerouslySetInnerHTML={{ __html: slide.notesHtml }} />
          )}
        </section>
        <RunSheet chapter={chapter} pageId={pageId} clock={clock} nowMs={now.value} />
      </div>
    </div>
  );
}

const NOTHING_TO_SAY = 'The lesson says nothing more here than the slide.';

/** Hears the slides, follows them to another page, and sends what is pressed here. */
function useShow(
  state: Signal<ShowState | null>,
  isAlone: Signal<boolean>,
  pageId: string,
): (message: FromNotes) => void {
  const wire = useMemo(() => {
    const show = new URLSearchParams(location.search).get('show') ?? '';
    let away = setTimeout(() => (isAlone.value = true), AWAY_MS_MAX);
    return notesWire(show, (message) => {
      clearTimeout(away);
      if (message.kind === 'left') {
        away = setTimeout(() => (isAlone.value = true), AWAY_MS_MAX);
        return;
      }
      if (message.page !== pageId) return location.replace(`../${message.page}/${location.search}`);
      isAlone.value = false;
      state.value = message;
    });
  }, []);
  useEffect(() => {
    wire.send({ kind: 'hello' });
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOf(event, document.activeElement);
      if (command === null || command === 'notes' || command === 'leave') return;
      event.preventDefault();
      wire.send({ kind: 'do', command });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return wire.send;
}

function Alone({ isSure }: { isSure: boolean }) {
  return (
    <div class="notes-alone" role="status">
      <h1>Notes</h1>
      {isSure ? (
        <>
          <p>No slides answer in this browser. Open them, then press N there.</p>
          <a class="button" href="?view=slides">
            Open the slides
          </a>
        </>
      ) : (
        <p>Looking for the slides.</p>
      )}
    </div>
  );
}

function forwardWords(slides: readonly Slide[], { place }: ShowState): string {
  const next = nextReveal(slides, place);
  return next === null ? 'Next' : `Reveal: ${stepWords(next).toLowerCase()}`;
}

function revealWords({ reveals }: Slide, { place, isBlank }: ShowState): string {
  if (isBlank) return 'The screen is blank';
  return reveals.length === 0 ? '' : `Reveal ${place.reveal} of ${reveals.length}`;
}

function WrongAnswers({ slide }: { slide: Slide }) {
  const words = wrongWordsOf(slide);
  if (words.length === 0) return null;
  return (
    <section class="notes-wrong" aria-label="What to ask for each wrong answer">
      {words.map(({ who, html }) => (
        <div>
          <h3>{who}</h3>
          <p dangerouslySetInnerHTML={{ __html: html }} />
        </div>
      ))}
    </section>
  );
}

/** What stands on the slide below its title. */
function Subject({ slide: { subject } }: { slide: Slide }) {
  switch (subject.kind) {
    case 'title':
      return <div dangerouslySetInnerHTML={{ __html: subject.leadHtml }} />;
    case 'rule':
      return <div dangerouslySetInnerHTML={{ __html: subject.html }} />;
    case 'predict':
    case 'cell':
    case 'explore':
      return (
        <div class="code" tabIndex={0} role="group" aria-label={`Program ${subject.cell.file}`}>
          <Listing text={subject.cell.code} isNumbered />
        </div>
      );
    case 'exercise':
      return (
        <div dangerouslySetInnerHTML={{ __html: takeParagraph(subject.exercise.html).inner }} />
      );
    default:
      return null;
  }
}

interface NextProps {
  readonly slides: readonly Slide[];
  readonly at: number;
  /** Title of the next page; null on the last one. */
  readonly next: string | null;
}

function Next({ slides, at, next }: NextProps) {
  const slide = slides[at + 1];
  return (
    <section class="notes-next" aria-labelledby="notes-next">
      <h2 id="notes-next">Next</h2>
      <div class="panel">
        {slide !== undefined ? (
          <>
            <p class="notes-next-title" dangerouslySetInnerHTML={{ __html: slide.titleHtml }} />
            <p class="about">{slide.aside}</p>
          </>
        ) : (
          <>
            <p class="notes-next-title">{next ?? 'The chapter ends here'}</p>
            {next !== null && <p class="about">The next page</p>}
          </>
        )}
      </div>
    </section>
  );
}
