// Targets asked for together give what they give one by one.

import { expect, test } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { RENDER_FUNCTIONS } from '../../src/core/graphite/functions/registry.ts';
import { randomCall } from '../peers/graphite-calls.ts';
import { timesInTier } from '../tools/tier.ts';
import { NOW_S } from '../tools/recorded-metrics.ts';
import { makeRecordedApp, ORIGIN } from './recorded.ts';

const SEED = Number(process.env['STACKLAB_SEED'] ?? 20261128);
const TIMES = timesInTier(1000);

/** They leave something for the targets after them, on purpose. */
const CARRYING = ['setXFilesFactor', 'xFilesFactor', 'stacked', 'areaBetween'];

const WORDS = {
  paths: ['a.b.c', 'a.*.c', 'a.b.*', 'a.*.*', 'nope.x'],
  times: [`"${NOW_S - 300}"`, `"${NOW_S - 60}"`],
};

const app = makeRecordedApp();

/** The series as raw text; null when no target has any. */
async function ask(targets: readonly string[]): Promise<string | null> {
  const query = new URLSearchParams({ format: 'raw', from: '-9min', now: String(NOW_S) });
  for (const target of targets) query.append('target', target);
  const answer = await app.request(`${ORIGIN}/render?${query}`);
  return answer.status === 200 ? answer.text() : null;
}

test(`splitting a request into two changes nothing, ${TIMES} times (seed ${SEED})`, async () => {
  const random = makeRandom(SEED);
  const names = Object.keys(RENDER_FUNCTIONS).filter((name) => !CARRYING.includes(name));
  const some = (): readonly string[] =>
    Array.from({ length: 1 + random.below(2) }, () =>
      randomCall(random, WORDS, names[random.below(names.length)] ?? 'sum'),
    ).filter((target) => !CARRYING.some((name) => target.includes(`${name}(`)));
  let answered = 0;
  for (let i = 0; i < TIMES; i++) {
    const [left, right] = [some(), some()];
    const [both, one, other] = [await ask([...left, ...right]), await ask(left), await ask(right)];
    expect(both ?? '', `${left.join(' & ')} and ${right.join(' & ')}`).toBe(
      `${one ?? ''}${other ?? ''}`,
    );
    if (both) answered++;
  }
  // Most of them must have had something to compare.
  expect(answered).toBeGreaterThan(TIMES / 3);
});
