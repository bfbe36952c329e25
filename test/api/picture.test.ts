// /render as a picture, and what is answered where only pixels would do.

import { describe, expect, it } from 'vitest';
import { makeRecordedApp, ORIGIN, unescapeHtml } from './recorded.ts';

const app = makeRecordedApp();
const get = async (query: string): Promise<Response> =>
  app.request(`${ORIGIN}/render?now=1700000040&from=-6min&until=now&${query}`);

describe('/render as a picture', () => {
  it('svg is a picture of the series', async () => {
    const answer = await get('format=svg&target=a.b.c&width=300&height=100');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    const svg = await answer.text();
    expect(svg).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg [^>]*viewBox="0 0 300 100"/,
    );
    expect(svg).toContain('a.b.c: from 5 to 10, last 10');
  });

  it('jsonp gives it as a text to a function', async () => {
    const answer = await get('format=svg&target=a.b.c&jsonp=cb');
    expect(answer.headers.get('content-type')).toBe('text/javascript');
    const [, json = ''] = /^cb\((.*)\)$/s.exec(await answer.text()) ?? [];
    expect(JSON.parse(json)).toMatch(/^<\?xml/);
  });

  it('a pie has slices of its targets and of its series', async () => {
    const query = 'graphType=pie&target=a.b.c&target=x:5&format=svg';
    expect(await (await get(query)).text()).toContain('x: 5, 40.0 %; a.b.c: 7.5, 60.0 %');
    const most = await (await get(`${query}&pieMode=maximum`)).text();
    expect(most).toContain('a.b.c: 10, 66.7 %');
    const refused = await get(`${query}&pieMode=most`);
    expect(refused.status).toBe(400);
    expect(unescapeHtml(await refused.text())).toContain("There is no pieMode 'most'");
  });

  it.each(['format=png', 'format=pdf', 'format=bogus', '', 'graphType=pie&format=json'])(
    '"%s" would be pixels: 501 says what to ask for instead',
    async (query) => {
      const answer = await get(`target=a.b.c&${query}`);
      expect(answer.status).toBe(501);
      expect(await answer.text()).toContain('Ask for format=svg');
    },
  );

  it('an option that cannot be read is refused by its name', async () => {
    const answer = await get('format=svg&target=a.b.c&width=wide');
    expect(answer.status).toBe(400);
    expect(unescapeHtml(await answer.text())).toBe(
      "Invalid parameters (width must be a number, not 'wide')",
    );
  });
});
