// Wheels and their index: the same bytes from the same sources, in every place and at every time.

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { packageIndex } from '../../src/python/package-index.ts';
import { makeWheel } from '../../src/python/wheel.ts';

const METADATA = 'Metadata-Version: 2.1\nName: Small.Thing\nVersion: 1.2\nRequires-Python: >=3.9\n';
const MODULES = { 'small_thing/__init__.py': 'GRÜSSE = "ja"\n' };

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

it('is a zip whose RECORD has the hash and the size of each file', () => {
  const { file, bytes } = makeWheel(METADATA, MODULES);
  expect(file).toBe('Small_Thing-1.2-py3-none-any.whl');
  const hash = createHash('sha256').update('GRÜSSE = "ja"\n').digest('base64url');
  const text = Buffer.from(bytes).toString('latin1');
  expect(text).toContain(`small_thing/__init__.py,sha256=${hash},15\n`);
  expect(text).toContain('Small_Thing-1.2.dist-info/RECORD,,\n');
});

it('is the same bytes twice, which the index lists', () => {
  const wheel = makeWheel(METADATA, MODULES);
  expect(makeWheel(METADATA, MODULES)).toEqual(wheel);
  const files = packageIndex([wheel]);
  expect([...files.keys()]).toEqual(['simple/index.json', 'simple/small-thing/index.json']);
  expect(JSON.parse(files.get('simple/small-thing/index.json') ?? '')).toEqual({
    meta: { 'api-version': '1.0' },
    name: 'small-thing',
    files: [
      {
        filename: wheel.file,
        url: `../../wheels/${wheel.file}`,
        hashes: { sha256: sha256(wheel.bytes) },
        'requires-python': '>=3.9',
      },
    ],
  });
});

it('lists another hash for the package that is there to be refused', () => {
  const wheel = makeWheel(METADATA.replace('Small.Thing', 'clinic-broken'), MODULES);
  const page = packageIndex([wheel]).get('simple/clinic-broken/index.json') ?? '';
  expect(page).toMatch(/"sha256": "[0-9a-f]{64}"/);
  expect(page).not.toContain(sha256(wheel.bytes));
});
