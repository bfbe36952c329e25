// /stacklab/why over a stack of its own: from a target down to the bytes.

import { expect, test } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { makeStackStore } from '../../src/api/stack-store.ts';
import { makePageWorld, PAGE_DEFAULTS } from '../../src/lab/page-world.ts';
import type { Step } from '../../src/core/trace/step.ts';
import type { WhyPart } from '../../src/core/trace/why-value.ts';
import { ORIGIN } from './recorded.ts';

interface Why {
  readonly series: readonly { readonly value: number | null; readonly joined?: unknown }[];
  readonly parts: readonly WhyPart[];
  readonly metrics: readonly { readonly metric: string; readonly steps: readonly Step[] }[];
  readonly said: readonly unknown[];
}

const page = makePageWorld(PAGE_DEFAULTS);
page.world.clock.run(PAGE_DEFAULTS.startMs + 600_000);
const nowS = Math.floor(page.world.clock.now() / 1000);
const app = makeApp({ store: makeStackStore(page.stack), clock: page.world.clock });
const LOAD = 'collectd.web1.load.load.shortterm';

async function ask(parameters: Readonly<Record<string, string>>): Promise<Response> {
  const query = new URLSearchParams({ from: '-10min', ...parameters });
  return app.request(`${ORIGIN}/stacklab/why?${query}`);
}

async function why(parameters: Readonly<Record<string, string>>): Promise<Why> {
  const answer = await ask(parameters);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Why;
}

test('a value is followed to the bytes of its slot, and is the one that /render has', async () => {
  const time = nowS - 120;
  const { series, metrics, parts } = await why({ target: `scale(${LOAD},10)`, time: String(time) });
  const rendered = await app.request(
    `${ORIGIN}/render?target=scale(${LOAD},10)&from=-10min&format=json`,
  );
  const [drawn] = (await rendered.json()) as [{ datapoints: readonly [number | null, number][] }];
  const point = drawn.datapoints.find(([, at]) => at <= time && time < at + 10);
  expect(point?.[0]).not.toBe(null);
  expect(series).toMatchObject([{ value: point?.[0], time: point?.[1], step: 10 }]);
  expect(parts).toMatchObject([{ function: 'scale', parts: [{ function: null, target: LOAD }] }]);
  expect(metrics.map(({ metric }) => metric)).toEqual([LOAD]);
  const slot = metrics[0]?.steps.find(({ stage }) => stage === 'slot');
  expect(slot).toMatchObject({
    verdict: 'yes',
    place: { file: 'collectd/web1/load/load/shortterm.wsp' },
  });
  expect(slot?.reason).toContain(`it holds ${String(parts[0]?.parts[0]?.series[0]?.value)}`);
});

test('a gap is explained by the gap it came from', async () => {
  const time = String(nowS - 120);
  const { parts, metrics } = await why({ target: `perSecond(timeSlice(${LOAD},"-1min"))`, time });
  expect(parts[0]?.series[0]?.value).toBe(null);
  expect(parts[0]?.why).toContain('what it is computed from has 0 values and 1 gap at this moment');
  expect(parts[0]?.parts[0]?.why).toContain('outside the slice nothing is kept');
  expect(metrics[0]?.steps.find(({ stage }) => stage === 'slot')?.verdict).toBe('yes');
});

test('below timeShift the moment is another one', async () => {
  const time = nowS - 60;
  const { parts } = await why({ target: `timeShift(${LOAD},"2min")`, time: String(time) });
  expect(parts[0]?.time).toBe(time);
  const shifted = parts[0]?.parts.find((part) => part.time === time - 120);
  expect(shifted?.series[0]?.value).toBe(parts[0]?.series[0]?.value);
});

test('with maxDataPoints it says for how many points a drawn one stands', async () => {
  const { series } = await why({ target: LOAD, time: String(nowS - 120), maxDataPoints: '6' });
  expect(series[0]?.joined).toMatchObject({ points: 10, function: 'average' });
});

test('a metric that is nowhere, and a target that fails, are told', async () => {
  const none = await why({ target: 'no.such.metric', time: '-1min' });
  expect(none).toMatchObject({
    series: [],
    parts: [{ why: ['no metric of this name has anything in this time'] }],
  });
  const { said } = await why({ target: `scal(${LOAD},2)`, time: '-1min' });
  expect(said).toMatchObject([
    { character: 1, text: 'unknown function "scal", did you mean "scale"?' },
  ]);
});

test.each([
  [{ target: LOAD }, 'Why? needs a time'],
  [{ time: '-1min' }, 'Why? takes one target; 0 were given.'],
  [{ target: LOAD, time: 'soon' }, 'Why? needs a time'],
])('%j is answered with what is missing', async (parameters, sentence) => {
  const answer = await ask(parameters);
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { error: string }).error).toContain(sentence);
});
