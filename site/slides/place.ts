// Where a show stands on its page, and what one sees there.

import type { Reveal, Slide } from './slides.ts';

export interface Place {
  readonly slide: number;
  /** How many of the slide's reveals have come. */
  readonly reveal: number;
}

/** Null: the page is over. */
export function forward(slides: readonly Slide[], { slide, reveal }: Place): Place | null {
  if (reveal < (slides[slide]?.reveals.length ?? 0)) return { slide, reveal: reveal + 1 };
  return slide + 1 < slides.length ? { slide: slide + 1, reveal: 0 } : null;
}

/** To a slide as one left it. Null: before the page. */
export function back(slides: readonly Slide[], { slide, reveal }: Place): Place | null {
  if (reveal > 0) return { slide, reveal: reveal - 1 };
  const before = slides[slide - 1];
  return before === undefined ? null : { slide: slide - 1, reveal: before.reveals.length };
}

/** What the next step forward brings; null where it leads to another slide. */
export function nextReveal(slides: readonly Slide[], { slide, reveal }: Place): Reveal | null {
  return slides[slide]?.reveals[reveal] ?? null;
}

export function isSeen({ reveals }: Slide, reveal: number, what: Reveal): boolean {
  return reveals.slice(0, reveal).includes(what);
}

/** `#3` is the third slide, `#end` the last one: a window that is loaded again stays where it was. */
export function placeOfHash(hash: string, count: number): Place {
  const number = hash === '#end' ? count : Number.parseInt(hash.slice(1), 10);
  return { slide: Number.isNaN(number) ? 0 : clamp(number - 1, count - 1), reveal: 0 };
}

function clamp(value: number, max: number): number {
  return Math.max(0, Math.min(max, value));
}
