// The quick way for plain lines does what the way through text does.

import { expect, test } from 'vitest';
import { makeRandom, type Random } from '../../src/core/base/random.ts';
import { encodeUtf8 } from '../../src/core/base/text.ts';
import { makeCache, type Cache } from '../../src/core/carbon/cache.ts';
import { CARBON_DEFAULTS } from '../../src/core/carbon/config.ts';
import { makeDecoder } from '../../src/core/carbon/decoder.ts';
import { makeLedger } from '../../src/core/carbon/ledger.ts';
import { makeIntake } from '../../src/core/carbon/intake.ts';
import { makeReceiveCounts, type ReceiveCounts } from '../../src/core/carbon/stats.ts';
import { makeUnread } from '../../src/core/carbon/unread.ts';
import { makePlainLines } from '../../src/node/plain-lines.ts';
import { timesInTier } from '../tools/tier.ts';

const SEED = 20_261_127;
const CHUNKS_FULL = 4000;
const LINES = 60;
const CACHE_MAX = 500;

const chunks = timesInTier(CHUNKS_FULL);
test(`${chunks} random portions leave the same cache and counts (seed ${SEED})`, () => {
  const random = makeRandom(SEED);
  const asText = { plain: 0, quick: 0 };
  let [plain, quick] = [makeSide(false), makeSide(true)];
  for (let i = 0; i < chunks; i++) {
    const text = Array.from({ length: random.below(LINES) }, () => makeLine(random)).join('');
    const bytes = encodeUtf8(text);
    plain.take(bytes);
    quick.take(bytes);
    expect([text, heldBy(quick.cache)]).toEqual([text, heldBy(plain.cache)]);
    expect([text, quick.counts]).toEqual([text, plain.counts]);
    for (const side of [plain, quick])
      for (const id of side.cache.waiting()) if (side.cache.count(id) > 20) side.cache.remove(id);
    asText.plain += plain.asText();
    asText.quick += quick.asText();
    if (random.below(100) === 0) [plain, quick] = [makeSide(false), makeSide(true)];
  }
  // A third of the lines is odd, and each name is new once.
  expect(asText.quick).toBeLessThan(asText.plain * 0.8);
});

interface Side {
  readonly cache: Cache;
  readonly counts: ReceiveCounts;
  take(bytes: Uint8Array): void;
  /** Points that went through text since the last call. */
  asText(): number;
}

function makeSide(isQuick: boolean): Side {
  const cache = makeCache(CACHE_MAX);
  const counts = makeReceiveCounts();
  const log = { say: () => undefined };
  const ledger = makeLedger();
  const intake = makeIntake(cache, counts, ledger, log, CARBON_DEFAULTS);
  const quick = isQuick ? makePlainLines(cache, counts) : null;
  let asText = 0;
  const decoder = makeDecoder({
    unread: makeUnread(counts, ledger, CARBON_DEFAULTS.paths),
    log,
    take(point, from, receivedS) {
      asText++;
      intake.receive(point, receivedS, from);
    },
    plainLines: () => quick,
    strict: false,
  });
  return {
    cache,
    counts,
    take: (bytes) => decoder.take('lines', bytes, 'here', 1000),
    asText() {
      const since = asText;
      asText = 0;
      return since;
    },
  };
}

function heldBy(cache: Cache): unknown {
  return cache.paths().map((path) => [path, cache.query(path)]);
}

function pick<T>(random: Random, list: readonly T[]): T {
  const item = list[random.below(list.length)];
  if (item === undefined) throw new Error('The list is empty.');
  return item;
}

/** Mostly plain lines, and of each part many odd shapes. */
function makeLine(random: Random): string {
  const isOdd = random.below(4) === 0;
  const name = isOdd
    ? pick(random, [
        '',
        'a..b',
        't;b=2;a=1',
        '~x',
        'é.b',
        'a/b',
        'a b',
        'x'.repeat(300),
        '.a',
        'om{x="1"}',
      ])
    : `m.${random.below(40)}`;
  const number = random.below(2 ** 31) * random.below(2 ** 22);
  const value = pick(random, [
    String(random.below(1000)),
    `${random.below(1000)}.${random.below(1000)}`,
    String(number),
    `-${random.below(9)}.5`,
    `0.${number}`,
    `00${random.below(9)}`,
    `${number}.${number}`,
    '-0',
    ...(isOdd
      ? ['.5', '5.', '1e3', '+1', 'nan', 'inf', '1_0', '', '-', '1.2.3', '0x1', '1,5']
      : []),
  ]);
  const time = pick(random, [
    String(1_700_000_000 + random.below(50)),
    String(random.below(5_000_000_000)),
    '0',
    ...(isOdd ? ['-1', '17.5', '', '1e9', '4294967296', '00000000017', 'x', '1 2'] : []),
  ]);
  const blank = isOdd ? pick(random, [' ', '  ', '\t', '\u00a0']) : ' ';
  const end = pick(random, ['\n', '\n', '\n', '\r\n', ...(isOdd ? ['\r\r\n', ' \n', '\n\n'] : [])]);
  return `${name}${blank}${value}${blank}${time}${end}`;
}
