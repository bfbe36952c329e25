// What the two windows of a show tell each other. The slides hold the state; the notes show it, and ask for changes.
//
//   slides -> notes   where the show stands, after each change; that the page is left
//   notes -> slides   a key or a button that was pressed there; hands that were counted

import type { Clock } from './clock.ts';
import type { Command } from './keys.ts';
import type { Place } from './place.ts';

export interface ShowState {
  readonly kind: 'state';
  readonly page: string;
  readonly place: Place;
  readonly isBlank: boolean;
  /** On the slide that is shown. */
  readonly hands: readonly number[];
  readonly clock: Clock;
}

export type FromSlides = ShowState | { readonly kind: 'left' };

export type FromNotes =
  | { readonly kind: 'hello' }
  | { readonly kind: 'do'; readonly command: Command | 'restart' }
  | { readonly kind: 'hand'; readonly option: number; readonly by: 1 | -1 };

export interface Wire<Sent> {
  send(message: Sent): void;
}

export function slidesWire(show: string, hear: (message: FromNotes) => void): Wire<FromSlides> {
  return openWire(show, (message) => hear(message as FromNotes));
}

export function notesWire(show: string, hear: (message: FromSlides) => void): Wire<FromNotes> {
  return openWire(show, (message) => hear(message as FromSlides));
}

function openWire(show: string, hear: (message: unknown) => void): Wire<unknown> {
  const channel = new BroadcastChannel(`stacklab.show.${show}`);
  channel.addEventListener('message', ({ data }) => hear(data));
  return { send: (message) => channel.postMessage(message) };
}
