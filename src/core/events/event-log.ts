// What happened, as Graphite keeps it: an update, an alarm. A line of JSON for each event in one file.
//
//   {"id":1,"whenS":1699999980,"what":"update","data":"2.1","tags":["web","clinic"]}
//
// A line that cannot be read is passed over and told; a power cut may have left half of the last one.

import { jsonObject } from '../base/json-object.ts';
import { bad, good, type Result } from '../base/result.ts';
import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import type { Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';

export interface Happening {
  readonly whenS: number;
  readonly what: string;
  readonly data: string;
  readonly tags: readonly string[];
}

export interface GraphiteEvent extends Happening {
  /** Rises in the order in which events were added. */
  readonly id: number;
}

export interface EventQuestion {
  /** Both included. */
  readonly fromS: number;
  readonly untilS: number;
  /** Null asks for all. */
  readonly tags: readonly string[] | null;
  /** Whether one of the tags is enough; else an event has all of them. */
  readonly isUnion: boolean;
}

export interface EventLog {
  add(happening: Happening): Result<GraphiteEvent>;
  get(id: number): GraphiteEvent | null;
  /** By their time, those of one time as they were added. */
  find(question: EventQuestion): readonly GraphiteEvent[];
}

/** Its name beside what else a stack keeps of its own. */
export const EVENTS_FILE = 'events.jsonl';

/** Events that are kept; then the oldest tenth is forgotten. */
export const EVENTS_MAX = 50_000;
export const WHAT_CHARACTERS_MAX = 255;
export const DATA_CHARACTERS_MAX = 65_536;
export const TAGS_MAX = 100;

export function openEventLog(files: Files, name: string, log: Log): EventLog {
  let events = readAll(files, name, log);
  let lastId = events.reduce((id, event) => Math.max(id, event.id), 0);

  /** Those that stay, in a file of their own. */
  function forgetOldest(): Result<null> {
    events = events.slice(Math.ceil(events.length / 10));
    return files.replace(name, encodeUtf8(events.map(lineOf).join('')));
  }

  return {
    add(happening) {
      const why = whyNot(happening);
      if (why !== null) return bad(why);
      const event = { id: lastId + 1, ...happening };
      const written = files.append(name, encodeUtf8(lineOf(event)));
      if (!written.ok) return written;
      lastId = event.id;
      events.push(event);
      if (events.length <= EVENTS_MAX) return good(event);
      const shortened = forgetOldest();
      if (!shortened.ok)
        log.say('warning', 'The file of events could not be shortened.', { why: shortened.why });
      return good(event);
    },
    get: (id) => events.find((event) => event.id === id) ?? null,
    find({ fromS, untilS, tags, isUnion }) {
      const fits = (event: GraphiteEvent): boolean =>
        tags === null ||
        (isUnion
          ? tags.some((tag) => event.tags.includes(tag))
          : tags.every((tag) => event.tags.includes(tag)));
      return events
        .filter((event) => event.whenS >= fromS && event.whenS <= untilS && fits(event))
        .sort((a, b) => a.whenS - b.whenS || a.id - b.id);
    },
  };
}

function whyNot({ whenS, what, data, tags }: Happening): string | null {
  if (!Number.isFinite(whenS)) return 'An event has a time in seconds since 1970.';
  if (what.length > WHAT_CHARACTERS_MAX)
    return `"what" has ${what.length} characters; ${WHAT_CHARACTERS_MAX} are allowed.`;
  if (data.length > DATA_CHARACTERS_MAX)
    return `"data" has ${data.length} characters; ${DATA_CHARACTERS_MAX} are allowed.`;
  if (tags.length > TAGS_MAX) return `There are ${tags.length} tags; ${TAGS_MAX} are allowed.`;
  return null;
}

function lineOf(event: GraphiteEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function readAll(files: Files, name: string, log: Log): GraphiteEvent[] {
  const bytes = files.readAll(name);
  if (bytes === null) return [];
  const lines = decodeUtf8Lossy(bytes).split('\n');
  // What follows the last newline was cut off: the next event begins on a line of its own.
  if (lines.pop() !== '') files.append(name, encodeUtf8('\n'));
  const events = lines.filter((line) => line !== '').map(eventOf);
  const unread = events.filter((event) => event === null).length;
  if (unread > 0) log.say('warning', 'Passed over events that cannot be read.', { name, unread });
  return events.filter((event) => event !== null).slice(-EVENTS_MAX);
}

function eventOf(line: string): GraphiteEvent | null {
  const { id, whenS, what, data, tags } = jsonObject(line) ?? {};
  const isWhole =
    typeof id === 'number' &&
    typeof whenS === 'number' &&
    typeof what === 'string' &&
    typeof data === 'string' &&
    Array.isArray(tags) &&
    tags.every((tag) => typeof tag === 'string');
  return isWhole ? { id, whenS, what, data, tags } : null;
}
