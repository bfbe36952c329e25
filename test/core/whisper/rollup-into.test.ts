// The laws of `whisper resize --aggregate`, on random files, and the small cases by which the rule reads.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHODS, type Method } from '../../../src/core/whisper/aggregate.ts';
import { checkArchives } from '../../../src/core/whisper/archives.ts';
import { createWhisper } from '../../../src/core/whisper/create.ts';
import { fetchFromArchive, knownPoints } from '../../../src/core/whisper/fetch.ts';
import type { ArchiveShape } from '../../../src/core/whisper/format.ts';
import { openWhisper, type Whisper } from '../../../src/core/whisper/open.ts';
import type { TimedValue } from '../../../src/core/whisper/point.ts';
import { parseRetentions } from '../../../src/core/whisper/retention.ts';
import { rollUpInto } from '../../../src/core/whisper/rollup-into.ts';
import { updateMany } from '../../../src/core/whisper/update-many.ts';
import { makeMemoryFiles } from '../../tools/memory-files.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 65_121;
const RUNS_FULL = 2000;
const numRuns = timesInTier(RUNS_FULL);
const N = 1_700_000_003;

interface Rules {
  readonly method: Method;
  readonly xFilesFactor: number;
}

function makeFile(shapes: readonly ArchiveShape[], rules: Rules): Whisper {
  const files = makeMemoryFiles();
  expect(createWhisper(files, 'm.wsp', shapes, rules)).toEqual({ ok: true, value: null });
  const opened = openWhisper(files, 'm.wsp');
  if (!opened.ok || !opened.value) throw new Error('The file did not open.');
  return opened.value;
}

function shapesOf(text: string): readonly ArchiveShape[] {
  const shapes = parseRetentions(text.split(' '));
  if (!shapes.ok) throw new Error(shapes.why);
  return shapes.value;
}

/** What each archive knows, finest first. */
function known(whisper: Whisper): readonly (readonly TimedValue[])[] {
  return whisper.header.archives.map((archive) => {
    const slots = fetchFromArchive(whisper, archive, N - archive.retentionS, N);
    if (!slots.ok) throw new Error(slots.why);
    return knownPoints(slots.value);
  });
}

function resized(old: Whisper, shapes: readonly ArchiveShape[], rules: Rules): Whisper {
  const target = makeFile(shapes, rules);
  expect(rollUpInto(old, target, N)).toEqual({ ok: true, value: null });
  return target;
}

const sum = (points: readonly TimedValue[]): number =>
  points.reduce((total, { value }) => total + value, 0);

/** Seconds back to the oldest slot that is still whole. */
const reachOf = (shape: ArchiveShape | undefined): number =>
  shape === undefined ? 0 : shape.secondsPerPoint * (shape.points - 1);

const divide = (left: ArchiveShape, right: ArchiveShape): boolean =>
  left.secondsPerPoint % right.secondsPerPoint === 0 ||
  right.secondsPerPoint % left.secondsPerPoint === 0;

const shapes = fc
  .tuple(
    fc.constantFrom(1, 2, 5, 10),
    fc.array(fc.integer({ min: 2, max: 6 }), { maxLength: 2 }),
    fc.array(fc.integer({ min: 6, max: 40 }), { minLength: 3, maxLength: 3 }),
  )
  .map(([finest, factors, points]) => {
    let secondsPerPoint = finest;
    return [1, ...factors].map((factor, i) => {
      secondsPerPoint *= factor;
      return { secondsPerPoint, points: points[i] ?? 6 };
    });
  })
  .filter((list) => checkArchives(list).ok);

const writes = fc.array(fc.record({ ageS: fc.nat(1500), value: fc.integer({ min: -9, max: 9 }) }), {
  minLength: 1,
  maxLength: 60,
});

/** So near together that every archive is made of the finer one. */
const dense = fc.array(fc.record({ ageS: fc.nat(80), value: fc.integer({ min: -9, max: 9 }) }), {
  minLength: 10,
  maxLength: 60,
});

/** Points that arrive in order of time, so that every archive is what whisper makes of them. */
function history(list: readonly ShapedWrite[], whisper: Whisper): void {
  for (const { ageS, value } of list.toSorted((a, b) => b.ageS - a.ageS))
    updateMany(whisper, [{ time: N - ageS, value }], N - ageS);
}

interface ShapedWrite {
  readonly ageS: number;
  readonly value: number;
}

const rules = fc.record({
  method: fc.constantFrom(...METHODS),
  xFilesFactor: fc.constantFrom(0, 0.25, 0.5, 1),
});

describe(
  `resize with aggregation (seed ${SEED}, ${numRuns} files a law)`,
  { timeout: 60_000 },
  () => {
    test('to the same archives changes nothing, whatever was written where', () => {
      fc.assert(
        fc.property(shapes, rules, fc.oneof(writes, dense), (list, rule, points) => {
          const old = makeFile(list, rule);
          for (const { ageS, value } of points) updateMany(old, [{ time: N - ageS, value }], N);
          expect(known(resized(old, list, rule))).toEqual(known(old));
        }),
        { seed: SEED, numRuns },
      );
    });

    test('leaves a constant series constant', () => {
      const constants = fc.record({
        method: fc.constantFrom('average', 'last', 'max', 'min', 'absmax', 'absmin' as const),
        xFilesFactor: fc.constantFrom(0, 0.25, 0.5, 1),
      });
      fc.assert(
        fc.property(shapes, shapes, constants, writes, (from, to, rule, points) => {
          const old = makeFile(from, rule);
          history(
            points.map(({ ageS }) => ({ ageS, value: 7 })),
            old,
          );
          const values = known(resized(old, to, rule)).flat();
          expect(values.every(({ value }) => value === 7)).toBe(true);
        }),
        { seed: SEED, numRuns },
      );
    });

    test('keeps the sum of all that arrived, in every archive that reaches back to it', () => {
      const rule: Rules = { method: 'sum', xFilesFactor: 0 };
      let compared = 0;
      fc.assert(
        fc.property(shapes, shapes, writes, (from, to, points) => {
          const finest = from[0]?.secondsPerPoint ?? 1;
          const coarsest = from.at(-1)?.secondsPerPoint ?? 1;
          // One point for each slot, in time that the old file still knows from end to end.
          const slots = new Map(
            points
              .filter(({ ageS }) => ageS < reachOf(from.at(-1)) - coarsest)
              .map((point) => [Math.floor((N - point.ageS) / finest), point]),
          );
          const arrived = [...slots.values()];
          const oldestS = Math.max(0, ...arrived.map(({ ageS }) => ageS));
          const old = makeFile(from, rule);
          history(arrived, old);
          for (const [i, list] of known(resized(old, to, rule)).entries()) {
            // The finest old archive knows all, and then steps need not divide; or the last new one takes what it does not.
            const bySlots =
              oldestS < reachOf(from[0]) - coarsest && (to[i]?.secondsPerPoint ?? 0) >= finest;
            const byAll =
              i === to.length - 1 && to.every((shape) => from.every((each) => divide(shape, each)));
            if (reachOf(to[i]) <= oldestS + coarsest || !(bySlots || byAll)) continue;
            compared++;
            expect(sum(list)).toBe(arrived.reduce((total, { value }) => total + value, 0));
          }
        }),
        { seed: SEED, numRuns },
      );
      expect(compared).toBeGreaterThan(numRuns / 10);
    });

    test('loses nothing that an old archive knows, where a new one reaches and one known part is enough', () => {
      fc.assert(
        fc.property(shapes, shapes, writes, (from, to, points) => {
          const rule: Rules = { method: 'last', xFilesFactor: 0 };
          fc.pre(to.every((shape) => from.every((each) => divide(shape, each))));
          const old = makeFile(from, rule);
          for (const { ageS, value } of points) updateMany(old, [{ time: N - ageS, value }], N);
          const made = resized(old, to, rule);
          const stretches = known(made).flatMap((list, i) =>
            list.map(({ time }) => [time, time + (to[i]?.secondsPerPoint ?? 0)] as const),
          );
          const oldest = N - reachOf(to.at(-1));
          // At the edge of a fine archive, a coarse point may stand for fine ones: all of its time is looked at.
          const coarsest = from.at(-1)?.secondsPerPoint ?? 1;
          for (const { time } of known(old).flat()) {
            const begin = time - (time % coarsest);
            if (begin < oldest) continue;
            expect(
              stretches.some(([start, until]) => start < begin + coarsest && begin < until),
            ).toBe(true);
          }
        }),
        { seed: SEED, numRuns },
      );
    });

    test('lets no value appear where nothing was known, and spreads none over finer slots', () => {
      fc.assert(
        fc.property(shapes, shapes, rules, writes, (from, to, rule, points) => {
          const old = makeFile(from, rule);
          history(points, old);
          const before = known(old);
          const steps = old.header.archives.map(({ secondsPerPoint }) => secondsPerPoint);
          const made = resized(old, to, rule);
          for (const [i, after] of known(made).entries()) {
            const step = made.header.archives[i]?.secondsPerPoint ?? 0;
            const isLast = i === made.header.archives.length - 1;
            const mayFeed = steps.map((oldStep) => oldStep <= step || (isLast && oldStep > step));
            const begins = before.flatMap((list, k) =>
              mayFeed[k] ? list.map(({ time }) => [time, steps[k] ?? 0] as const) : [],
            );
            for (const { time } of after)
              expect(
                begins.some(([start, oldStep]) => start < time + step && time < start + oldStep),
              ).toBe(true);
            // Each old point makes one new point at most.
            expect(after.length).toBeLessThanOrEqual(begins.length);
          }
        }),
        { seed: SEED, numRuns },
      );
    });
  },
);

describe('resize with aggregation', () => {
  const SUM: Rules = { method: 'sum', xFilesFactor: 0 };
  // N is 3 s after a minute, as the slots of 10 s and 60 s see it.
  const M = N - (N % 60);

  test('adds fine points up, and further back takes what the coarse archive knows', () => {
    const old = makeFile(shapesOf('10s:2m 1m:1h'), SUM);
    const list = [600, 590, 90, 80, 70, 3].map((ageS, i) => ({ ageS, value: i + 1 }));
    history(list, old);
    const [halfMinutes] = known(resized(old, shapesOf('30s:1h'), SUM));
    expect(sum(halfMinutes ?? [])).toBe(1 + 2 + 3 + 4 + 5 + 6);
    // 600 and 590 s ago only the minutes reach: one value each, where the minute begins.
    expect(
      halfMinutes?.filter(({ time }) => time < N - 120).every(({ time }) => time % 60 === 0),
    ).toBe(true);
  });

  test('takes the coarse value alone where the fine archive reaches only to a part of its time', () => {
    const old = makeFile(shapesOf('10s:2m 1m:1h'), SUM);
    // Of the minute that begins at M - 120, only what is later than M - 90 is still there in tens of seconds.
    history(
      [
        { ageS: N - M + 110, value: 3 },
        { ageS: N - M + 80, value: 4 },
        { ageS: N - M + 10, value: 5 },
      ],
      old,
    );
    expect(known(resized(old, shapesOf('10s:1h'), SUM))).toEqual([
      [
        { time: M - 120, value: 7 },
        { time: M - 10, value: 5 },
      ],
    ]);
  });

  test('puts a coarse value once where no new archive is as coarse', () => {
    const old = makeFile(shapesOf('1m:1h'), { method: 'average', xFilesFactor: 0.5 });
    updateMany(old, [{ time: M - 120, value: 5 }], N);
    const made = resized(old, shapesOf('10s:1h'), { method: 'average', xFilesFactor: 0.5 });
    expect(known(made)).toEqual([[{ time: M - 120, value: 5 }]]);
  });

  test('keeps a coarse value out of finer archives when a new one is as coarse', () => {
    const old = makeFile(shapesOf('1m:1h'), SUM);
    updateMany(old, [{ time: M - 120, value: 5 }], N);
    expect(known(resized(old, shapesOf('10s:1h 1m:1d'), SUM))).toEqual([
      [],
      [{ time: M - 120, value: 5 }],
    ]);
  });

  test('wants the known part, and computes anew when the method changes', () => {
    const old = makeFile(shapesOf('10s:1h 1m:1d'), { method: 'average', xFilesFactor: 0.5 });
    const at = (ageS: number, value: number): TimedValue => ({ time: M - ageS, value });
    updateMany(old, [at(60, 1), at(50, 8), at(40, 3), at(120, 9)], N);
    const made = resized(old, shapesOf('10s:1h 1m:1d'), { method: 'max', xFilesFactor: 0.5 });
    // One of six tens of seconds is known in the minute before: too few.
    expect(known(made)[1]).toEqual([{ time: M - 60, value: 8 }]);
    const sparse = resized(old, shapesOf('1m:1d'), { method: 'max', xFilesFactor: 0.1 });
    expect(known(sparse)).toEqual([
      [
        { time: M - 120, value: 9 },
        { time: M - 60, value: 8 },
      ],
    ]);
  });
});
