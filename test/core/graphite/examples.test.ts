// Every function has an example over the series of the reference pages, and it shows something.

import { describe, expect, it, test } from 'vitest';
import { re2Regex } from '../../../src/api/re2-regex.ts';
import { evaluate } from '../../../src/core/graphite/evaluate.ts';
import {
  EXAMPLE_FROM_S,
  EXAMPLE_NAMES,
  EXAMPLE_NOW_S,
  exampleContext,
} from '../../../src/core/graphite/example-series.ts';
import { RENDER_FUNCTIONS } from '../../../src/core/graphite/functions/registry.ts';
import { parseTarget } from '../../../src/core/graphite/grammar.ts';
import type { Series } from '../../../src/core/graphite/series.ts';

function run(target: string): readonly Series[] {
  const parsed = parseTarget(target);
  if (!parsed.ok) throw new Error(parsed.why);
  const outcome = evaluate(parsed.value, exampleContext(re2Regex));
  if (outcome.kind === 'done') return outcome.series;
  throw new Error(`${target}: ${outcome.kind === 'refused' ? outcome.why : 'data are missing'}`);
}

describe('the example of', () => {
  test.each(Object.entries(RENDER_FUNCTIONS))(
    '%s shows values',
    (name, { example, traps = [] }) => {
      const aliases = Object.entries(RENDER_FUNCTIONS).filter(
        ([, each]) => each.example === example,
      );
      expect(
        aliases.some(([each]) => example.includes(`${each}(`)),
        example,
      ).toBe(true);
      const series = run(example);
      expect(series.length, example).toBeGreaterThan(0);
      expect(
        series.some(({ values }) => values.some((value) => !Number.isNaN(value))),
        name,
      ).toBe(true);
      for (const trap of traps) expect(trap).toMatch(/^[A-Z0-9].*\.$/s);
    },
  );
});

it('the series of the examples cover the hour with values, and some of them with gaps', () => {
  for (const name of EXAMPLE_NAMES) {
    const [series] = run(name);
    expect(series?.values.length, name).toBe((EXAMPLE_NOW_S - EXAMPLE_FROM_S) / 60);
    expect(
      series?.values.some((value) => !Number.isNaN(value)),
      name,
    ).toBe(true);
  }
  expect(run('clinic.web1.temperature')[0]?.values.some(Number.isNaN)).toBe(true);
  // The counter begins anew within the hour.
  const bytes = run('clinic.web1.bytes')[0]?.values ?? new Float64Array();
  expect(bytes.some((value, i) => i > 0 && value < (bytes[i - 1] ?? 0) - 1e6)).toBe(true);
});
