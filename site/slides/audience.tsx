// What a class sees: one slide in the whole window, and small buttons for all that the keys do.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../page/icon.tsx';
import { Logo } from '../page/logo.tsx';
import { plainWords } from './html.ts';
import { commandOf } from './keys.ts';
import { nextReveal } from './place.ts';
import type { Show } from './show.ts';
import { SlideView } from './slide-view.tsx';
import { stepWords } from './step-words.ts';

/** The width for which the sizes of buttons and pictures are made. */
const USUAL_WIDTH = 1280;
/** Below it a slide is a page of its own, as high as it needs. */
const WIDE_MIN = 768;

export function Audience({ show }: { show: Show }) {
  const { slides, chapter, place, isBlank, message, act } = show;
  const frame = useRef<HTMLDivElement>(null);
  const zoom = useSignal(1);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOf(event, document.activeElement);
      if (command === null) return;
      event.preventDefault();
      act(command);
    };
    addEventListener('keydown', onKey);
    const measured = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? USUAL_WIDTH;
      zoom.value = width < WIDE_MIN ? 1 : width / USUAL_WIDTH;
    });
    if (frame.current !== null) measured.observe(frame.current);
    return () => {
      removeEventListener('keydown', onKey);
      measured.disconnect();
    };
  }, []);

  const { slide: at } = place.value;
  const slide = slides[at];
  if (slide === undefined) return null;
  return (
    <div class="show">
      <div class="slide" ref={frame} style={{ '--zoom': zoom.value }} inert={isBlank.value}>
        <SlideView key={slide.id} slide={slide} show={show} />
        <footer class="slide-foot">
          <span class="slide-chapter">
            <Logo />
            {chapter.title}
          </span>
          {message.value !== '' && <span class="slide-message">{message.value}</span>}
          <nav aria-label="Slides">
            <Key name="Back" onClick={() => act('back')}>
              <Icon name="chevronLeft" />
            </Key>
            <button type="button" class="button primary" onClick={() => act('forward')}>
              {stepWords(nextReveal(slides, place.value))}
              <Icon name="chevronRight" />
            </button>
            <button type="button" class="button quiet" onClick={() => act('blank')}>
              Blank <kbd>B</kbd>
            </button>
            <button type="button" class="button quiet" onClick={() => act('notes')}>
              Notes <kbd>N</kbd>
            </button>
            <Key name="Leave the slides" onClick={() => act('leave')}>
              <Icon name="x" />
            </Key>
          </nav>
          <span class="slide-number numbers">{`${at + 1} of ${slides.length}`}</span>
        </footer>
      </div>
      <p class="visually-hidden" role="status">
        {isBlank.value
          ? 'The screen is blank.'
          : message.value || `Slide ${at + 1} of ${slides.length}: ${plainWords(slide.titleHtml)}`}
      </p>
      {isBlank.value && (
        <button
          type="button"
          class="blank-screen"
          ref={(button) => button?.focus()}
          onClick={() => act('blank')}
        >
          <span class="visually-hidden">Show the slide again</span>
        </button>
      )}
    </div>
  );
}

interface KeyProps {
  readonly name: string;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

function Key({ name, onClick, children }: KeyProps) {
  return (
    <button type="button" class="button quiet only-icon" title={name} onClick={onClick}>
      {children}
      <span class="visually-hidden">{name}</span>
    </button>
  );
}
