import { describe, expect, test } from 'vitest';
import type { Explained } from '../../src/core/trace/explain-target.ts';
import { makeRecordedApp, ORIGIN } from './recorded.ts';

const app = makeRecordedApp();

interface Answer {
  readonly targets: readonly Explained[];
  readonly consolidation: readonly unknown[];
}

async function explain(target: string, more = ''): Promise<Answer> {
  const query = `target=${encodeURIComponent(target)}&now=1700000040&from=-6min&format=explain${more}`;
  const answer = await app.request(`${ORIGIN}/render?${query}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
  return (await answer.json()) as Answer;
}

/** Each part on a line: its text, how many series, points and gaps, and what is said of it. */
function lines(parts: readonly Explained[], depth = 0): readonly string[] {
  return parts.flatMap((part) => [
    `${'  '.repeat(depth)}${part.target}: ${part.series}, ${part.points}, ${part.nulls}; ${part.why.join('; ')}`,
    ...lines(part.parts, depth + 1),
  ]);
}

describe('/render?format=explain', () => {
  test('shows the parts of a target with what came in and went out, and why', async () => {
    expect(lines((await explain('sumSeries(a.b.c,a.b.d)')).targets)).toMatchInlineSnapshot(`
      [
        "sumSeries(a.b.c,a.b.d): 1, 6, 0; 2 series became 1",
        "  a.b.c: 1, 6, 0; found 1 series",
        "  a.b.d: 1, 6, 0; found 1 series",
      ]
    `);
    expect(lines((await explain('derivative(a.b.c)')).targets)).toMatchInlineSnapshot(`
      [
        "derivative(a.b.c): 1, 6, 1; 1 value became a gap: a change needs the value before it, so the first one has none, and neither has the one behind a gap or, for a counter, behind a reset",
        "  a.b.c: 1, 6, 0; found 1 series",
      ]
    `);
    expect(lines((await explain("movingAverage(a.b.c,'3min')")).targets)).toMatchInlineSnapshot(`
      [
        "movingAverage(a.b.c,'3min'): 1, 6, 0; asked for its data from 1699999500 to 1700000040, because it looks further back",
        "  a.b.c: 1, 9, 0; found 1 series",
      ]
    `);
  });

  test('counts the gaps that a function fills or makes, and says by which rule', async () => {
    const longer = '&from=-10min';
    expect(lines((await explain('keepLastValue(a.b.d)', longer)).targets)[0]).toBe(
      'keepLastValue(a.b.d): 1, 10, 0; 1 gap got a value: the last value is repeated, as often as its limit says',
    );
    expect(lines((await explain('multiplySeries(a.b.c,a.b.d)', longer)).targets)[0]).toBe(
      'multiplySeries(a.b.c,a.b.d): 1, 10, 1; 2 series became 1; 1 gap came in, 1 gap went out: one gap makes the product or the power a gap',
    );
  });

  test('says of what is not there that it is not there', async () => {
    expect(lines((await explain('scale(no.such,2)')).targets)).toEqual([
      'scale(no.such,2): 0, 0, 0; ',
      '  no.such: 0, 0, 0; no metric of this name has anything in this time',
    ]);
  });

  test('tells what maxDataPoints makes of the series', async () => {
    expect((await explain('a.b.c', '&maxDataPoints=3')).consolidation).toEqual([
      { target: 'a.b.c', from: 6, to: 3, perPoint: 2, function: 'average', xFilesFactor: 0 },
    ]);
  });

  test('a target that is refused is explained up to the part that refused', async () => {
    const url = `${ORIGIN}/render?target=nope(a)&format=explain`;
    const answer = await app.request(url);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      targets: [{ why: ['unknown function "nope"'] }],
      said: [{ target: 1, character: 1, text: 'unknown function "nope"' }],
    });
  });
});
