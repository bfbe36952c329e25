import { describe, expect, it } from 'vitest';
import type { Slots } from '../../src/core/whisper/fetch.ts';
import { makePageWorld, PAGE_DEFAULTS } from '../../src/lab/page-world.ts';
import { hourDigest, SEED } from './hour-digest.ts';

/** Two hours are simulated in one test, on a machine that may be busy. */
const TIMEOUT_MS = 60_000;

function readOf(
  page: ReturnType<typeof makePageWorld>,
  ...asked: Parameters<typeof page.stack.read>
): Slots | null {
  const read = page.stack.read(...asked);
  if (!read.ok) throw new Error(read.why);
  return read.value;
}

describe('a simulated hour of three computers', { timeout: TIMEOUT_MS }, () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const first = hourDigest(SEED);
    expect(hourDigest(SEED)).toBe(first);
    expect(hourDigest(SEED + 1)).not.toBe(first);
  });

  it('fills every slot of the finest archive once the collector runs', () => {
    const page = makePageWorld(PAGE_DEFAULTS);
    const endS = PAGE_DEFAULTS.startMs / 1000 + 3600;
    page.world.clock.run(endS * 1000);
    const slots = readOf(page, 'collectd.web1.load.load.shortterm', endS - 1800, endS - 10, endS);
    expect(slots?.step).toBe(10);
    expect(Array.from(slots?.values ?? []).filter(Number.isNaN)).toEqual([]);
  });

  it('counts a packet in the flush after it', () => {
    const page = makePageWorld(PAGE_DEFAULTS);
    const { clock, net } = page.world;
    clock.run(PAGE_DEFAULTS.startMs + 25_000);
    const packet = Uint8Array.from('clinic.visits:1|c', (letter) => letter.charCodeAt(0));
    net.send({ host: '127.0.0.1', port: 8125 }, packet);
    clock.run(PAGE_DEFAULTS.startMs + 33_000);
    const nowS = PAGE_DEFAULTS.startMs / 1000 + 33;
    const slots = readOf(page, 'stats.counters.clinic.visits.count', nowS - 20, nowS, nowS);
    expect(Array.from(slots?.values ?? [])).toContain(1);
  });
});
