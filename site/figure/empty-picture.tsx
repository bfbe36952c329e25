// A picture of a run in which nothing happened that it could show: one sentence that says so.

import type { Picture } from './picture.ts';

export function emptyPicture(title: string, words: string): Picture {
  return {
    title,
    stops: [0],
    next: 'Next',
    sentence: () => [words],
    words: () => [words],
    draw: () => <p class="picture-empty">{words}</p>,
    legend: null,
  };
}
