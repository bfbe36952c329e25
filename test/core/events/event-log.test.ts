import { expect, test } from 'vitest';
import { decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import {
  EVENTS_MAX,
  openEventLog,
  WHAT_CHARACTERS_MAX,
  type EventLog,
  type EventQuestion,
  type Happening,
} from '../../../src/core/events/event-log.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const NAME = 'events.jsonl';
const ALL: EventQuestion = { fromS: 0, untilS: Infinity, tags: null, isUnion: false };

function makePlace(): { readonly world: World; open(): EventLog } {
  const world = makeWorld({ seed: 1, startMs: 0 });
  return { world, open: () => openEventLog(world.files, NAME, world.log) };
}

function happening(whenS: number, what: string, ...tags: string[]): Happening {
  return { whenS, what, data: '', tags };
}

function whats(log: EventLog, question: Partial<EventQuestion> = {}): readonly string[] {
  return log.find({ ...ALL, ...question }).map(({ what }) => what);
}

test('events are found by time and tags, in the order of their times', () => {
  const log = makePlace().open();
  log.add(happening(20, 'second', 'a', 'b'));
  log.add(happening(10, 'first', 'a'));
  log.add(happening(20, 'third', 'b'));
  expect(whats(log)).toEqual(['first', 'second', 'third']);
  expect(whats(log, { fromS: 20, untilS: 20 })).toEqual(['second', 'third']);
  expect(whats(log, { tags: ['a', 'b'] })).toEqual(['second']);
  expect(whats(log, { tags: ['a', 'b'], isUnion: true })).toEqual(['first', 'second', 'third']);
  expect(whats(log, { tags: ['nobody'] })).toEqual([]);
  expect(log.get(2)?.what).toBe('first');
  expect(log.get(9)).toBeNull();
});

test('they outlive a restart, and numbers go on', () => {
  const { open } = makePlace();
  open().add(happening(10, 'before', 'a'));
  const log = open();
  expect(log.find(ALL)).toEqual([{ id: 1, whenS: 10, what: 'before', data: '', tags: ['a'] }]);
  log.add(happening(5, 'after'));
  expect(open().get(2)?.what).toBe('after');
});

test('a line that cannot be read is passed over and told, and half a line harms no other', () => {
  const { world, open } = makePlace();
  open().add(happening(10, 'whole'));
  world.files.append(NAME, encodeUtf8('nonsense\n{"id":5}\n{"id":6,"whenS":1'));
  const log = open();
  expect(whats(log)).toEqual(['whole']);
  log.add(happening(11, 'next'));
  expect(whats(open())).toEqual(['whole', 'next']);
  expect(world.log.lines()[0]).toMatchObject({
    text: 'Passed over events that cannot be read.',
    facts: { unread: 2 },
  });
});

test('too much of anything is refused, and the oldest make room', () => {
  const { world, open } = makePlace();
  const log = open();
  expect(log.add(happening(1, 'x'.repeat(WHAT_CHARACTERS_MAX + 1))).ok).toBe(false);
  expect(log.add({ ...happening(1, 'x'), whenS: Infinity }).ok).toBe(false);
  expect(log.add(happening(1, 'x', ...Array.from({ length: 101 }, String))).ok).toBe(false);
  const lines = Array.from({ length: EVENTS_MAX }, (_, i) =>
    JSON.stringify({ id: i + 1, ...happening(i, 'many') }),
  );
  world.files.replace(NAME, encodeUtf8(`${lines.join('\n')}\n`));
  const full = open();
  expect(full.add(happening(EVENTS_MAX, 'one more')).ok).toBe(true);
  const kept = full.find(ALL);
  expect(kept.length).toBeLessThan(EVENTS_MAX);
  expect(kept.at(-1)?.what).toBe('one more');
  expect(decodeUtf8Lossy(world.files.readAll(NAME) ?? new Uint8Array()).split('\n')).toHaveLength(
    kept.length + 1,
  );
});

test('what the disk does not take is no event', () => {
  const { world, open } = makePlace();
  const log = open();
  world.files.setFreeBytes(0);
  expect(log.add(happening(1, 'x')).ok).toBe(false);
  expect(whats(log)).toEqual([]);
});
