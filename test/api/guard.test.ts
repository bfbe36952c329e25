import { expect, test } from 'vitest';
import { makeApp } from '../../src/api/app.ts';
import { makeMemoryStore } from '../tools/memory-store.ts';
import { METRICS } from '../tools/recorded-metrics.ts';
import { stoppedClock } from './recorded.ts';

const app = makeApp({
  store: makeMemoryStore(METRICS),
  clock: stoppedClock,
  hosts: ['Stack.Example'],
  isWorkerFile: (path) => path === '/version',
});

async function status(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<number> {
  return (await app.request(url, { method, headers })).status;
}

test('the server answers to loopback names with any port, and to names it was given', async () => {
  expect(await status('http://127.0.0.1:8080/version')).toBe(200);
  expect(await status('http://localhost/version')).toBe(200);
  expect(await status('http://[::1]:9/version')).toBe(200);
  expect(await status('http://stack.example:8080/version')).toBe(200);
});

test('another name is refused with a sentence, even where it leads to loopback', async () => {
  const answer = await app.request('http://127.0.0.1:8080/version', {
    headers: { host: 'evil.example' },
  });
  expect(answer.status).toBe(403);
  expect(await answer.text()).toMatch(/^This server does not answer to the name "evil\.example"\./);
  expect(await status('http://127.0.0.1.evil.example/version')).toBe(403);
});

test('a page of another origin may read what Graphite gives, and do nothing else', async () => {
  const foreign = { origin: 'http://evil.example' };
  expect(await status('http://127.0.0.1:8080/render?format=json', foreign)).toBe(200);
  expect(await status('http://127.0.0.1:8080/metrics/find?query=*', foreign)).toBe(200);
  expect(await status('http://127.0.0.1:8080/render', foreign, 'POST')).toBe(403);
  expect(await status('http://127.0.0.1:8080/stacklab/status', foreign)).toBe(403);
  expect(await status('http://127.0.0.1:8080/renders', foreign)).toBe(403);
  expect(await status('http://127.0.0.1:8080/render', { origin: 'null' }, 'POST')).toBe(403);
});

test('another port of this machine is another origin', async () => {
  const here = { origin: 'http://127.0.0.1:8080' };
  expect(await status('http://127.0.0.1:8080/metrics/expand', here, 'POST')).toBe(200);
  const there = { origin: 'http://127.0.0.1:8081' };
  expect(await status('http://127.0.0.1:8080/metrics/expand', there, 'POST')).toBe(403);
});

test('every answer, a refusal too, says what may be loaded and who may embed it', async () => {
  for (const url of [
    'http://127.0.0.1/render?from=bogus',
    'http://evil.example/',
    'http://127.0.0.1/x',
  ]) {
    const { headers } = await app.request(url);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';/,
    );
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test('the file of a worker may compile WebAssembly', async () => {
  const { headers } = await app.request('http://127.0.0.1/version');
  expect(headers.get('content-security-policy')).toContain(`script-src 'self' 'wasm-unsafe-eval';`);
});
