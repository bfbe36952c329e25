import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { RECURSION_MAX } from '../../src/python/limits.ts';

it('knows the recursion limit that Python has', () => {
  const place = fileURLToPath(new URL('../../src/python/place.py', import.meta.url));
  expect(readFileSync(place, 'utf8')).toContain(`RECURSION_MAX = ${RECURSION_MAX}\n`);
});
