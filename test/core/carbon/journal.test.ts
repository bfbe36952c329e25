// The journal of what was accepted, on a simulated disk.

import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/base/text.ts';
import { makeCarbon, type Carbon } from '../../../src/core/carbon/carbon.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../../../src/core/carbon/config.ts';
import {
  JOURNAL_FOLDER,
  makeJournal,
  readRecords,
  SEGMENT_BYTES_MAX,
  SEGMENT_MS_MAX,
} from '../../../src/core/carbon/journal.ts';
import { makeWorldFiles, type WorldFiles } from '../../../src/core/world/files.ts';
import { makeWorld, type World } from '../../../src/core/world/world.ts';

const T = 1_700_000_000;
const QUIET = { say: () => undefined };

test('gives back what was added, up to the record that is torn or changed', () => {
  const disk = makeWorldFiles((run) => run());
  const journal = makeJournal(disk, QUIET, 0);
  journal.add('lines', encodeUtf8('a 1 2\n'), T);
  journal.add('packet', encodeUtf8(''), T + 0.5);
  journal.add('pickle', encodeUtf8('third'), T + 1);
  expect(journal.write().ok).toBe(true);
  const bytes = disk.readAll(`${JOURNAL_FOLDER}/00000001.log`) ?? new Uint8Array(0);
  const read = (part: Uint8Array): readonly string[] => {
    const seen: string[] = [];
    readRecords(part, (kind, piece, at) => seen.push(`${kind} ${decodeUtf8(piece)} ${at}`));
    return seen;
  };
  const all = [`lines a 1 2\n ${T}`, `packet  ${T + 0.5}`, `pickle third ${T + 1}`];
  expect(read(bytes)).toEqual(all);
  const ends = [17 + 6, 2 * 17 + 6, 3 * 17 + 11];
  for (let length = 0; length <= bytes.length; length++)
    expect(read(bytes.slice(0, length))).toEqual(
      all.slice(0, ends.filter((end) => end <= length).length),
    );
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = (changed[at] ?? 0) ^ 0x40;
    expect(read(changed)).toEqual(all.slice(0, ends.filter((end) => end <= at).length));
  }
});

test('a segment ends when it is long, or some time after its first record', () => {
  const journal = makeJournal(
    makeWorldFiles((run) => run()),
    QUIET,
    0,
  );
  expect(journal.turnOver(2 * SEGMENT_MS_MAX)).toBeNull();
  journal.add('lines', new Uint8Array(10), 0);
  journal.write();
  expect(journal.turnOver(2 * SEGMENT_MS_MAX)).toBe(2);
  journal.add('lines', new Uint8Array(SEGMENT_BYTES_MAX), 0);
  journal.write();
  expect(journal.turnOver(2 * SEGMENT_MS_MAX + 1)).toBe(3);
});

test('keeps what a full disk does not take, and has it once there is room', () => {
  const disk = makeWorldFiles((run) => run());
  const journal = makeJournal(disk, QUIET, 0);
  disk.setFreeBytes(0);
  journal.add('lines', encodeUtf8('a 1 2\n'), T);
  expect(journal.write().ok).toBe(false);
  journal.add('lines', new Uint8Array(400_000), T);
  disk.setFreeBytes(Infinity);
  expect(journal.write().ok).toBe(true);
  const sizes: number[] = [];
  makeJournal(disk, QUIET, 0).replay(
    () => undefined,
    (_, bytes) => sizes.push(bytes.length),
  );
  expect(sizes).toEqual([6, 400_000]);
});

test('is empty when all is written, and old segments go though metrics wait for their files', () => {
  const { world, state, carbon } = makeStarted({ createsPerMinuteMax: 1 });
  carbon.append([
    { path: 'first', value: 1, time: T },
    { path: 'waits', value: 2, time: T },
    { path: 'waits', value: 3, time: T + 1 },
  ]);
  for (let minute = 0; minute < 30; minute++) {
    // Three more want a file each minute, and one may be made.
    const time = T + minute * 60;
    carbon.append([0, 1, 2].map((i) => ({ path: `other${minute}-${i}`, value: 1, time })));
    world.clock.run(world.clock.now() + 60_000);
  }
  const segments = state.list(JOURNAL_FOLDER).map(({ name }) => name);
  expect(segments[0]).not.toBe('00000001.log');
  expect(segments.length).toBeLessThan(20);
  const again = makeStarted({ createsPerMinuteMax: 0 }, state);
  expect(carbon.waiting().length).toBeGreaterThan(50);
  for (const path of carbon.waiting()) expect(again.world.files.exists(`${path}.wsp`)).toBe(true);
  let isStopped = false;
  again.carbon.stop(() => {
    isStopped = true;
  });
  again.world.clock.run(again.world.clock.now() + 1000);
  expect(isStopped).toBe(true);
  expect(state.list(JOURNAL_FOLDER)).toEqual([]);
});

test('a start is refused when the journal holds more than can be written', () => {
  const { world, state, carbon } = makeStarted();
  world.files.setFreeBytes(0);
  carbon.append(Array.from({ length: 50 }, (_, i) => ({ path: `m${i}`, value: i, time: T })));
  world.clock.run(world.clock.now() + 200);
  let why = '';
  const config = { ...CARBON_DEFAULTS, line: null, pickle: null, cacheSizeMax: 10 };
  makeCarbon({ ...world, state }, config).start((opened) => {
    why = opened.ok ? '' : opened.why;
  });
  world.clock.run(world.clock.now());
  expect(why).toContain('cannot be written');
});

function makeStarted(
  changes: Partial<CarbonConfig> = {},
  state: WorldFiles = makeWorldFiles((run) => run()),
): { world: World; state: WorldFiles; carbon: Carbon } {
  const world = makeWorld({ seed: 1, startMs: T * 1000 });
  const carbon = makeCarbon(
    { ...world, state },
    { ...CARBON_DEFAULTS, line: null, pickle: null, ownMetricsIntervalS: 0, ...changes },
  );
  carbon.start((opened) => expect(opened.ok).toBe(true));
  world.clock.run(world.clock.now() + 200);
  return { world, state, carbon };
}
