import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatG } from '../../../src/core/base/number.ts';
import { RENDER_FUNCTIONS } from '../../../src/core/graphite/functions/registry.ts';
import type { Series } from '../../../src/core/graphite/series.ts';
import { NOW_S } from '../../tools/recorded-metrics.ts';
import { run, seriesOf } from './evaluate.ts';

// Recorded from graphite-web: every result series of a target, numbers with six digits.
const golden = readFileSync(
  new URL('../../golden/graphite/functions.txt', import.meta.url),
  'utf8',
);
/** The recording cuts longer lists after this many values. */
const SHOWN_VALUES = 14;

/** One series in the words of the recording. */
function shown(series: Series): string {
  const numbers = Array.from(series.values, (value) =>
    Number.isNaN(value) ? 'null' : formatG(value),
  );
  const values =
    numbers.length > SHOWN_VALUES
      ? `${numbers.slice(0, SHOWN_VALUES).join(',')}..(${numbers.length})`
      : numbers.join(',');
  const tags = Object.entries(series.tags).map(
    ([tag, value]) => `${quoted(tag)}: ${quoted(value)}`,
  );
  return `${quoted(series.name)} pe=${quoted(series.pathExpression)} st=${series.start - NOW_S} en=${series.end - NOW_S} step=${series.step} [${values}] tags={${tags.join(', ')}}`;
}

// Python prefers single quotes, and takes double ones around a text that has single ones in it.
function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

// Lines of one target stand together. Options of pictures, "opt=...", are not part of a series here.
const recorded = new Map<string, string[]>();
for (const line of golden.split('\n')) {
  const found = line.startsWith('#') ? null : /^(.*?) +=> (.*)$/.exec(line);
  if (!found) continue;
  const [, target = '', result = ''] = found;
  const results = recorded.get(target) ?? [];
  if (result !== '[]') results.push(result.replace(/ opt=.*$/, ''));
  recorded.set(target, results);
}

/** Their answers depend on the clock of the recording, on dice, or are failures of the original. */
const NOT_COMPARED: readonly string[] = ['randomWalk', 'timeSlice', 'verticalLine', 'events'];

function namesIn(target: string): readonly string[] {
  return [...target.matchAll(/([A-Za-z]+)\(/g)].map((found) => found[1] ?? '');
}

const comparable = [...recorded].filter(
  ([target, results]) =>
    namesIn(target).every((name) => name in RENDER_FUNCTIONS && !NOT_COMPARED.includes(name)) &&
    !results.some((result) => result.startsWith('EXC') || result.startsWith('LIST')),
);

/** Targets of the recording that the functions offered here can answer. */
const COMPARED = 183;

test(`${COMPARED} recorded targets are compared`, () => expect(comparable.length).toBe(COMPARED));

test.each(comparable)('%s gives what graphite-web gives', (target, results) => {
  expect(seriesOf(target).map(shown)).toEqual(results);
});

test('an unknown function is refused by name', () => {
  expect(run('badfunc(a.b.c)')).toEqual({
    kind: 'refused',
    why: 'Received request for unknown function: badfunc',
  });
});
