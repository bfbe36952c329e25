import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8Lossy, encodeUtf8 } from '../../../src/core/base/text.ts';
import { STATSD_DEFAULTS, type StatsdConfig } from '../../../src/core/statsd/config.ts';
import { parsePacket } from '../../../src/core/statsd/packet.ts';
import { makePlainPackets } from '../../../src/core/statsd/plain-packets.ts';
import { addSample, makeTally, resetTally, type Tally } from '../../../src/core/statsd/tally.ts';
import { timesInTier } from '../../tools/tier.ts';

const SEED = 20261202;
const RUNS = timesInTier(5000, 10);

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b.c', 'x;site=home', '0') },
  fc.constantFrom('a b', 'é', '', '__proto__', 'k|l'),
);
const plainValue = fc.oneof(
  fc.integer({ min: -999, max: 99_999 }).map(String),
  fc.tuple(fc.nat(999), fc.nat(9999)).map(([whole, part]) => `${whole}.${part}`),
);
const value = fc.oneof(
  { weight: 6, arbitrary: plainValue },
  fc.constantFrom('', '.5', '5.', '-', '1e3', '+2', '1.2.3', 'user', '-x', '9007199254740993', '٣'),
);
const type = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('c', 'ms', 'g', 's') },
  fc.constantFrom('h', 'm', '', 'c ', 'ms\r', 'cc'),
);
const rate = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.constantFrom(
    '|@0.1',
    '|@1',
    '|@0.25',
    '|@0',
    '|@',
    '|@.5',
    '|@5.',
    '|@1e1',
    '|',
    '|@0.1|x',
    '|#a:b',
  ),
);
const line = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(key, value, type, rate).map(([k, v, t, r]) => `${k}:${v}|${t}${r}`),
  },
  fc.constantFrom('', 'foo', 'a:1|c:2|c', ':', 'a:', 'a:1|', '\r', 'a:1|c\r'),
);
const packets = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n')) },
    fc.constant(null),
  ),
  { maxLength: 12 },
);

/** All that a tally holds, in order. */
function shown(tally: Tally): unknown {
  return [tally.counters, tally.timers, tally.gauges, tally.sets, tally.values].map((held) =>
    held instanceof Map ? [...held] : held,
  );
}

function take(tally: Tally, text: string, config: StatsdConfig): number {
  const { keys, samples } = parsePacket(text, config);
  for (const sample of samples) addSample(tally, sample, config);
  return keys.length;
}

test(`the quick way leaves the same tally as reading text (seed ${SEED})`, () => {
  let quick = 0;
  fc.assert(
    fc.property(packets, fc.boolean(), fc.boolean(), (list, deletes, strict) => {
      const config: StatsdConfig = {
        ...STATSD_DEFAULTS,
        strict,
        deleteCounters: deletes,
        deleteGauges: deletes,
        gaugesMaxTTL: 2,
      };
      const expected = makeTally('statsd');
      const found = makeTally('statsd');
      const plain = makePlainPackets(found, () => config);
      for (const text of list)
        if (text === null) {
          resetTally(expected, config);
          resetTally(found, config);
        } else {
          let others = 0;
          const lines = plain.add(encodeUtf8(text), (bytes) => {
            others++;
            take(found, decodeUtf8Lossy(bytes), config);
          });
          expect(lines).toBe(take(expected, text, config));
          quick += lines - others;
        }
      expect(shown(found)).toEqual(shown(expected));
    }),
    { seed: SEED, numRuns: RUNS },
  );
  expect(quick).toBeGreaterThan(RUNS);
});

test('a line of a held key makes no text', () => {
  const tally = makeTally('statsd');
  const plain = makePlainPackets(tally, () => STATSD_DEFAULTS);
  const others: string[] = [];
  const add = (text: string): number =>
    plain.add(encodeUtf8(text), (bytes) => {
      others.push(decodeUtf8Lossy(bytes));
      take(tally, decodeUtf8Lossy(bytes), STATSD_DEFAULTS);
    });
  const text = 'a:1|c\na:2.5|ms|@0.5\n\na:7|g\na:mary|s\n';
  expect(add(text)).toBe(4);
  expect(add(text)).toBe(4);
  expect(others).toEqual(['a:1|c', 'a:2.5|ms|@0.5', 'a:7|g', 'a:mary|s']);
  expect(tally.counters.get('a')).toEqual({ sum: 2 });
  expect(tally.timers.get('a')).toEqual({ values: [2.5, 2.5], count: 4 });
  expect(tally.sets.get('a')).toEqual(new Set(['mary']));
});
