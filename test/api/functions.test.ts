import { expect, test } from 'vitest';
import { RENDER_FUNCTIONS } from '../../src/core/graphite/functions/registry.ts';
import { ORIGIN, makeRecordedApp } from './recorded.ts';

const app = makeRecordedApp();
const get = async (path: string): Promise<Response> => app.request(`${ORIGIN}${path}`);

test('a function is described by what stands beside its code', async () => {
  const answer = await get('/functions/keepLastValue');
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.text()).toBe(
    '{"name": "keepLastValue", "function": "keepLastValue(seriesList, limit=inf)", "description": "Fills a gap with the last value before it, when the gap is not longer than the limit. A longer gap stays whole.", "module": "graphite.render.functions", "group": "Transform", "params": [{"name": "seriesList", "type": "seriesList", "required": true}, {"name": "limit", "type": "intOrInf", "default": 1e9999}]}',
  );
});

test('the list has every name, and infinity is JSON that reads as infinity', async () => {
  const text = await (await get('/functions')).text();
  const list = JSON.parse(text) as Record<string, { name: string; params: unknown[] }>;
  expect(Object.keys(list)).toEqual(Object.keys(RENDER_FUNCTIONS));
  for (const [name, info] of Object.entries(list)) expect(info.name).toBe(name);
});

test('a group, and all groups', async () => {
  const sorting = JSON.parse(await (await get('/functions?group=Sorting')).text()) as object;
  expect(Object.keys(sorting)).toContain('sortByName');
  expect(Object.keys(sorting)).not.toContain('alias');
  const grouped = JSON.parse(await (await get('/functions?grouped=1')).text()) as object;
  expect(Object.keys(grouped)).toContain('Alias');
});

test('functions of pies are a set of their own', async () => {
  const pies = JSON.parse(await (await get('/functions?type=pie')).text()) as object;
  expect(Object.keys(pies)).toEqual(['average', 'maximum', 'minimum']);
  const minimum = JSON.parse(await (await get('/functions/minimum?type=pie')).text()) as object;
  expect(minimum).toMatchObject({ function: 'minimum(series)', group: 'Pie' });
  expect((await get('/functions/minimum')).status).toBe(404);
});

test('an unknown function is 404, and functions are only read', async () => {
  const unknown = await get('/functions/constructor');
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toBe('{"error": "Function not found: constructor"}');
  const posted = await app.request(`${ORIGIN}/functions`, { method: 'POST' });
  expect(posted.status).toBe(405);
});

test('the version is one that clients know', async () => {
  const answer = await get('/version/');
  expect(await answer.text()).toBe('1.1.10\n');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
});
