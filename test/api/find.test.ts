import { describe, expect, test } from 'vitest';
import { ORIGIN, makeRecordedApp, readExchanges, unescapeHtml } from './recorded.ts';

const app = makeRecordedApp();
const EXCHANGES = 27;

describe('/metrics answers as graphite-web does', () => {
  const exchanges = readExchanges('http-find.txt');

  test('the recording is read whole', () => expect(exchanges.length).toBe(EXCHANGES));

  test.each(exchanges)('$path', async ({ path, status, type, body }) => {
    const answer = await app.request(`${ORIGIN}${path}`);
    expect(answer.status).toBe(status);
    expect(
      answer.headers.get('content-type')?.replace('text/plain; charset=utf-8', 'text/plain'),
    ).toBe(type);
    // From when until when a file has data depends on the day.
    const withoutTimes = (text: string): string => text.replaceAll(/\d{10}\.\d+/g, 'n');
    expect(withoutTimes(unescapeHtml(await answer.text()))).toBe(withoutTimes(body));
  });
});

test('a query in the body of a POST finds the same, encoded or not', async () => {
  const post = async (body: string): Promise<string> => {
    const answer = await app.request(`${ORIGIN}/metrics/find?from=-1h&until=now`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    return answer.text();
  };
  const expected =
    '[{"text": "c", "id": "a.{b,x}.c", "allowChildren": 0, "expandable": 0, "leaf": 1}]';
  expect(await post('query=a.{b,x}.c')).toBe(expected);
  expect(await post('query=a.%7Bb%2Cx%7D.c')).toBe(expected);
});

test('a time that cannot be read is refused by name', async () => {
  const answer = await app.request(`${ORIGIN}/metrics/find?query=a.b.c&from=bogus`);
  expect(answer.status).toBe(400);
  expect(unescapeHtml(await answer.text())).toBe(
    "Invalid parameters (Invalid value 'bogus' for param from: Unknown day reference: bogus)",
  );
});
