import { crc32 as nodeCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32 } from '../../../src/core/base/crc32.ts';
import { makeRandom } from '../../../src/core/base/random.ts';
import { encodeUtf8 } from '../../../src/core/base/text.ts';

const SEED = 32;

test('the check value of the catalogue of CRCs', () => {
  expect(crc32(encodeUtf8('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test(`what zlib says of any bytes (seed ${SEED})`, () => {
  const random = makeRandom(SEED);
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, () => random.below(256));
    expect(crc32(bytes)).toBe(nodeCrc32(bytes));
  }
});
