// Points are written byte by byte; the plain way, a text for each, is the model.

import { expect, test } from 'vitest';
import { jsonNumber, makePointWriter } from '../../src/api/graphite/point-bytes.ts';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import type { Series } from '../../src/core/graphite/series.ts';
import { timesInTier } from '../tools/tier.ts';

const SEED = Number(process.env['STACKLAB_SEED'] ?? 64);
const TIMES = timesInTier(2000);

function plainPoints(
  { values, start, step, end, whole }: Series,
  withoutGaps: boolean,
): string | null {
  const points = Array.from(values, (value, i) => [value, start + i * step] as const)
    .filter(([value, time]) => time <= end && !(withoutGaps && Number.isNaN(value)))
    .map(([value, time]) => `[${jsonNumber(value, whole)}, ${time}]`);
  return withoutGaps && points.length === 0 ? null : `[${points.join(', ')}]`;
}

const EDGES = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  0.001,
  -0.001,
  0.0005,
  0.0001,
  9.999,
  9.9995,
  10,
  99.99,
  100,
  1000,
  999_999,
  999_999.999,
  1_000_000,
  1_000_000.001,
  1e9,
  1e15,
  1e16,
  1e21,
  1e22,
  1e-7,
  5e-324,
  1.7976931348623157e308,
  Infinity,
  -Infinity,
  NaN,
  0.1 + 0.2,
  4.35,
  1.005,
  2.675,
  1_699_999_740.5,
];

function randomValue(random: Random): number {
  switch (random.below(6)) {
    case 0:
      return EDGES[random.below(EDGES.length)] ?? 0;
    case 1:
      return random.below(2000) - 1000;
    case 2:
      return Math.round((random.fraction() - 0.5) * 1e7) / 1000;
    case 3:
      return (random.fraction() - 0.5) * 10 ** (random.below(40) - 20);
    case 4:
      return NaN;
    default:
      return random.fraction() * 100;
  }
}

test(`${TIMES} random series are written as the plain way has them (seed ${SEED})`, () => {
  const random = makeRandom(SEED);
  const writer = makePointWriter();
  for (let n = 0; n < TIMES; n++) {
    const whole = random.chance(0.2);
    const step = [1, 10, 60, 86_400][random.below(4)] ?? 1;
    const count = random.below(40);
    const start = random.chance(0.2) ? random.below(2_000_000_000) : 1_700_000_000;
    // Means have long numbers, nearly all of them.
    const isLong = random.chance(0.4);
    const values = Float64Array.from({ length: count }, () => {
      const value =
        isLong && random.chance(0.8)
          ? random.fraction() * 10 ** random.below(9)
          : randomValue(random);
      // A whole number in Python has neither a fraction nor an infinity.
      return whole && Number.isFinite(value) ? Math.trunc(value) : whole ? NaN : value;
    });
    const series: Series = {
      name: 'a',
      pathExpression: 'a',
      start: random.chance(0.1) ? 999_999_990 : start,
      // Lines have a point at the very end, and some series are cut.
      end: start + step * (count + random.below(3) - 1),
      step,
      values,
      whole,
      tags: {},
      consolidation: 'average',
      xFilesFactor: 0,
    };
    const withoutGaps = random.chance(0.3);
    const bytes = writer.points(series, withoutGaps);
    const written = bytes === null ? null : new TextDecoder().decode(bytes);
    expect(written, `number ${n}`).toBe(plainPoints(series, withoutGaps));
  }
});
