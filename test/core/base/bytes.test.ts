// Core's own text and numbers in bytes, against those of the platform.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as bytes from '../../../src/core/base/bytes.ts';
import { decodeUtf8, decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 20261125;
const RUNS = timesInTier(4000);
const TIMEOUT_MS = 60_000;

describe('UTF-8', { timeout: TIMEOUT_MS }, () => {
  it('is that of TextEncoder and TextDecoder, for any text', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(text, (given) => {
        const encoded = new TextEncoder().encode(given);
        expect(encodeUtf8(given)).toEqual(encoded);
        expect(decodeUtf8(encoded)).toBe(given);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('takes long texts, and shows what is none', () => {
    const long = 'a'.repeat(20_000);
    expect(decodeUtf8(encodeUtf8(long))).toBe(long);
    expect(decodeUtf8(encodeUtf8(`${long}é`))).toBe(`${long}é`);
    expect(encodeUtf8('\ud800')).toEqual(new TextEncoder().encode('\ufffd'));
    expect(decodeUtf8(Uint8Array.of(97, 0xff))).toBeNull();
    expect(decodeUtf8Lossy(Uint8Array.of(97, 0xff))).toBe('a\ufffd');
  });
});

describe('numbers in bytes', { timeout: TIMEOUT_MS }, () => {
  it('are those of a DataView, anywhere', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(0xffffffff), fc.double(), (at, whole, fraction) => {
        const ours = new Uint8Array(20);
        const view = new DataView(new ArrayBuffer(20));
        bytes.putF64(ours, at, fraction);
        view.setFloat64(at, fraction);
        expect(ours).toEqual(new Uint8Array(view.buffer));
        expect(bytes.f64At(ours, at)).toBe(view.getFloat64(at));
        expect(bytes.f32At(ours, at)).toBe(view.getFloat32(at));
        bytes.putU32(ours, at, whole);
        expect(bytes.u32At(ours, at)).toBe(whole);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('gives all bytes without a copy, and a part of them', () => {
    const all = Uint8Array.of(1, 2, 3);
    expect(bytes.partOf(all, 0, 3)).toBe(all);
    expect(bytes.partOf(all, 1, 3)).toEqual(Uint8Array.of(2, 3));
  });
});
