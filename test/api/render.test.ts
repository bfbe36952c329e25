import { describe, expect, test } from 'vitest';
import { ORIGIN, makeRecordedApp, readExchanges, unescapeHtml } from './recorded.ts';

const app = makeRecordedApp();
const EXCHANGES = 25;

describe('/render answers as graphite-web does', () => {
  const exchanges = readExchanges('http-render.txt');

  test('the recording is read whole', () => expect(exchanges.length).toBe(EXCHANGES));

  test.each(exchanges)('$path', async ({ path, status, type, body }) => {
    const answer = await app.request(`${ORIGIN}${path.replaceAll('|', '%7C')}`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe(type);
    // Behind the line that graphite-web has, ours says where in which target.
    const whole = await answer.text();
    const text = status === 400 ? whole.replace(/\ntarget \d.*/s, '') : whole;
    // Bodies of the recording use the line ends of this file.
    expect(unescapeHtml(text).replaceAll('\r\n', '\n').trimEnd()).toBe(body.trimEnd());
  });
});

const render = (query: string): Promise<Response> =>
  Promise.resolve(app.request(`${ORIGIN}/render?now=1700000040&from=-6min&format=json&${query}`));

test('pretty JSON stands on lines as Python sets it', async () => {
  const answer = await render('target=a.b.c&maxDataPoints=1&pretty=1');
  expect(await answer.text()).toBe(
    `[
  {
    "target": "a.b.c",
    "tags": {
      "name": "a.b.c"
    },
    "datapoints": [
      [
        7.5,
        1699999740
      ]
    ]
  }
]`,
  );
});

test('what is wrong is said in escaped text, never as a page', async () => {
  const answer = await render(`target=${encodeURIComponent('f<b>(a)|g(<script>)')}`);
  expect(answer.status).toBe(200);
  const refused = await render('target=nope(a)&target=no(%3Cb%3E)');
  expect(refused.status).toBe(400);
  const [first, ...more] = (await refused.text()).split('\n');
  expect(first).toBe(
    'Invalid parameters (Received request for unknown function: nope); targets: &quot;nope(a), no(&lt;b&gt;)&quot;',
  );
  expect(more).toEqual([
    'target 1, character 1: unknown function &quot;nope&quot;',
    'target 2, character 1: unknown function &quot;no&quot;',
  ]);
});

test('a form in the body and one in several parts are read as the address is', async () => {
  const parameters = {
    target: 'alias(a.b.c,"x")',
    from: '-2min',
    now: '1700000040',
    format: 'json',
  };
  const form = await app.request(`${ORIGIN}/render`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  });
  const parts = new FormData();
  for (const [name, value] of Object.entries(parameters)) parts.append(name, value);
  const multipart = await app.request(`${ORIGIN}/render/`, { method: 'POST', body: parts });
  const expected =
    '[{"target": "x", "tags": {"name": "a.b.c"}, "datapoints": [[9.0, 1699999980], [10.0, 1700000040]]}]';
  expect(await form.text()).toBe(expected);
  expect(await multipart.text()).toBe(expected);
});
