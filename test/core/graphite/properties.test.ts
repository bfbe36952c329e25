// What holds for all series and all expressions, tried with random ones.

import { describe, expect, it } from 'vitest';
import { makeRandom, type Random } from '../../../src/core/base/random.ts';
import { evaluate } from '../../../src/core/graphite/evaluate.ts';
import type { Argument, Expression } from '../../../src/core/graphite/expression.ts';
import { parseTarget } from '../../../src/core/graphite/grammar.ts';
import { fitToPoints } from '../../../src/core/graphite/max-data-points.ts';
import { RENDER_FUNCTIONS } from '../../../src/core/graphite/functions/registry.ts';
import type { RenderContext } from '../../../src/core/graphite/render-function.ts';
import type { Series } from '../../../src/core/graphite/series.ts';
import { valueText } from '../../../src/core/graphite/value.ts';
import { timesInTier } from '../../tools/tier.ts';
import { CONTEXT } from './evaluate.ts';

const SEED = Number(process.env['STACKLAB_SEED'] ?? 20261127);
const TIMES = timesInTier(2000);

const FUNCTIONS = ['average', 'max', 'min', 'first', 'last'] as const;

function randomSeries(random: Random, name: string): Series {
  const step = [1, 10, 60][random.below(3)] ?? 1;
  const points = 1 + random.below(200);
  const start = 1_700_000_000 - (1_700_000_000 % step);
  return {
    name,
    pathExpression: name,
    start,
    end: start + points * step,
    step,
    values: Float64Array.from({ length: points }, () =>
      random.chance(0.2) ? NaN : random.below(1000) - 500,
    ),
    whole: false,
    tags: { name },
    consolidation: FUNCTIONS[random.below(FUNCTIONS.length)] ?? 'average',
    xFilesFactor: random.chance(0.5) ? 0 : 0.5,
  };
}

// Sums of fractions differ in their last digits by their order.
function rounded(series: Series | undefined): readonly number[] {
  return Array.from(series?.values ?? [], (value) => Math.round(value * 1e6) + 0);
}

function seriesOf(target: string, known: ReadonlyMap<string, Series>): readonly Series[] {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(parsed.why);
  const context: RenderContext = {
    ...CONTEXT,
    have: ({ path }) => [known.get(path)].filter((one) => one !== undefined),
  };
  const outcome = evaluate(parsed.value, context);
  if (outcome.kind !== 'done') throw new Error(`${target}: ${JSON.stringify(outcome)}`);
  return outcome.series;
}

describe(`properties, each tried ${TIMES} times (seed ${SEED})`, () => {
  it('a combination does not depend on the order of its series', () => {
    const random = makeRandom(SEED);
    for (let i = 0; i < TIMES; i++) {
      const names = ['a', 'b', 'c'].slice(0, 2 + random.below(2));
      const known = new Map(names.map((name) => [name, randomSeries(random, name)]));
      for (const name of ['sumSeries', 'maxSeries', 'minSeries', 'countSeries', 'rangeOfSeries']) {
        const [one] = seriesOf(`${name}(${names.join(',')})`, known);
        const [other] = seriesOf(`${name}(${names.toReversed().join(',')})`, known);
        expect(rounded(other), `${name}, number ${i}`).toEqual(rounded(one));
        expect(other).toMatchObject({ start: one?.start, end: one?.end, step: one?.step });
      }
    }
  });

  it('joined points stay between the least and the greatest of those they stand for', () => {
    const random = makeRandom(SEED + 1);
    for (let i = 0; i < TIMES; i++) {
      const series = randomSeries(random, 'a');
      const pointsMax = 1 + random.below(50);
      const [fitted] = fitToPoints([series], pointsMax);
      if (!fitted) throw new Error('a series went missing');
      expect(fitted.values.length, `number ${i}`).toBeLessThanOrEqual(Math.max(pointsMax, 1) + 1);
      const known = series.values.filter((value) => !Number.isNaN(value));
      for (const value of fitted.values) {
        if (Number.isNaN(value)) continue;
        expect(value, `number ${i}`).toBeGreaterThanOrEqual(Math.min(...known));
        expect(value, `number ${i}`).toBeLessThanOrEqual(Math.max(...known));
      }
    }
  });

  it('an expression that is printed is read as the same expression', () => {
    const random = makeRandom(SEED + 2);
    for (let i = 0; i < TIMES; i++) {
      const expression = randomExpression(random, 3);
      const text = printed(expression);
      const parsed = parseTarget(text);
      expect(parsed.ok ? withoutText(parsed.value) : parsed.why, text).toEqual(
        withoutText(expression),
      );
      // The text of each call is its own: it can be asked for alone.
      if (parsed.ok && parsed.value.kind === 'call') expect(parsed.value.source).toBe(text);
    }
  });
});

const NODES = [
  'a',
  'web-1',
  'cpu_0',
  '*',
  '{x,yz}',
  '[ab]c',
  '50%',
  '$v',
  'é'.normalize('NFD')[0] ?? 'e',
];

function randomExpression(random: Random, depth: number): Expression {
  const path = (): Expression => ({
    kind: 'path',
    path: Array.from({ length: 1 + random.below(4) }, () => NODES[random.below(NODES.length)]).join(
      '.',
    ),
  });
  if (depth === 0 || random.chance(0.3)) return path();
  const names = Object.keys(RENDER_FUNCTIONS);
  const args = Array.from({ length: 1 + random.below(3) }, () => randomArgument(random, depth - 1));
  const named = Array.from({ length: random.below(3) }, (_, at) => ({
    name: ['func', 'alignToFrom'][at] ?? 'n',
    value: randomArgument(random, depth - 1),
  }));
  const name = names[random.below(names.length)] ?? 'sum';
  return { kind: 'call', name, args, named, source: '', at: 0 };
}

function randomArgument(random: Random, depth: number): Argument {
  switch (random.below(6)) {
    case 0:
      return { kind: 'number', value: random.below(100) - 50, whole: true };
    case 1:
      return { kind: 'number', value: random.below(100) + 0.25, whole: false };
    case 2:
      return {
        kind: 'text',
        text: ['5min', 'two words', '', "it's", '.*(b)'][random.below(5)] ?? '',
      };
    case 3:
      return random.chance(0.5) ? { kind: 'flag', on: random.chance(0.5) } : { kind: 'none' };
    default:
      return randomExpression(random, depth);
  }
}

function printed(argument: Argument): string {
  switch (argument.kind) {
    case 'path':
      return argument.path;
    case 'call': {
      const named = argument.named.map(({ name, value }) => `${name}=${printed(value)}`);
      return `${argument.name}(${[...argument.args.map(printed), ...named].join(',')})`;
    }
    case 'template':
      throw new Error('templates are not among the random ones');
    case 'text':
      return `"${argument.text}"`;
    default:
      return valueText(argument);
  }
}

/** Without what depends on how it was written. */
function withoutText(argument: Argument): unknown {
  if (argument.kind !== 'call') return argument;
  const { kind, name, args, named } = argument;
  return {
    kind,
    name,
    args: args.map(withoutText),
    named: named.map((pair) => ({ name: pair.name, value: withoutText(pair.value) })),
  };
}
