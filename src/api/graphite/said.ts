// What an answer of /render says beside its series: which target failed, where in it, and what to do next.
//
//   target 2, character 7: unknown function "sumSerie", did you mean "sumSeries"?

import { refusalText } from '../../core/graphite/render-function.ts';
import { SAID_MAX } from '../limits.ts';
import type { TargetAnswer } from './render-series.ts';

/** Counted from 1, as readers count. */
export interface Said {
  readonly target: number;
  /** Null where it is about the target as a whole. */
  readonly character: number | null;
  readonly text: string;
}

/** Sentences about all that failed, was not read or could not be read; at most SAID_MAX. */
export function saidOf(answers: readonly TargetAnswer[]): readonly Said[] {
  return answers.flatMap((answer, index) => saidOfOne(answer, index)).slice(0, SAID_MAX);
}

/** `index` is the place of its target in the request; a failure comes first. */
export function saidOfOne({ failure, rest, unread }: TargetAnswer, index: number): readonly Said[] {
  const about = (character: number | null, text: string): Said => ({
    target: index + 1,
    character,
    text,
  });
  return [
    ...(failure ? [about(failure.call ? failure.call.at + 1 : null, failureText(failure))] : []),
    ...(rest ? [about(rest.at + 1, restText(rest.text))] : []),
    ...unread.map((why) => about(null, why)),
  ];
}

function restText(text: string): string {
  return `"${cut(text)}" was not read, because the target ends before it: is a bracket, a quote or a comma missing?`;
}

function failureText(failure: NonNullable<TargetAnswer['failure']>): string {
  const text = refusalText(failure);
  // Where the text names the function itself, its call would say it twice.
  if (failure.call === null || text === failure.help) return text;
  return `${text}: ${cut(failure.call.source)}`;
}

export function saidLine({ target, character, text }: Said): string {
  return `target ${target}${character === null ? '' : `, character ${character}`}: ${text}`;
}

/** A header that any client may read: the sentences as JSON, in ASCII. Null when nothing is to be said. */
export function saidHeader(said: readonly Said[]): string | null {
  if (said.length === 0) return null;
  return JSON.stringify(said).replace(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const SHOWN_MAX = 60;

function cut(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
