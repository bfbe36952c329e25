// What the button for the next step says.

import type { Reveal } from './slides.ts';

const WORDS: Readonly<Record<Reveal, string>> = {
  options: 'Options',
  run: 'Run it',
  picture: 'Picture',
  answer: 'Answer',
};

export function stepWords(next: Reveal | null): string {
  return next === null ? 'Next' : WORDS[next];
}
