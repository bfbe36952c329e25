// The transcript of npm's statsd 0.9.0: two idle flushes, one of 38 lines in one packet, and the one after it.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decodeUtf8Lossy } from '../../../src/core/base/text.ts';
import { STATSD_DEFAULTS } from '../../../src/core/statsd/config.ts';
import { makeStatsd } from '../../../src/core/statsd/statsd.ts';
import { makeWorld } from '../../../src/core/world/world.ts';

const START_S = 1_795_477_238;
const CARBON = { host: '127.0.0.1', port: 2003 };
const RECORDED = readFileSync(new URL('../../golden/statsd/flushes.txt', import.meta.url), 'utf8');
/** What depends on how long a flush took there, or tells of such a line. */
const OF_TIME = /calculationtime|processing_time|flush_time|flush_length/;

const PACKET = [
  'c1:3|c|@0.1\nfoo:1|c\nx:1|h\ny:2|m\nt1:1|ms|@0.5:30|ms:2|ms:4|ms:3|ms\nmulti:1|c:2|c:3|ms',
  'sp:1|c\nr:1|c|@2e-1\na b/c é!:1|c\ntag;z=1;a=2:1|c\ntag2:2|c|#b:1,a:2:3,c\nzero:1|c|@0\n:1|c',
  'kx:1|\ncrlf:1|c\r\n10:1|c\n2:1|c\nnegs:-5|ms \ng1:-3|g\ng2:0|g\ng2:-7|g\ng3:10|g\ng3:+6|g',
  'g4:Infinity|g\nst:a|s\nst:b|s\nst:a|s\nst:|s',
  // Bad ones.
  'lonely\nempty:\nword:abc|c\nlate:1|c|\nnegative:-1|ms\nrate:1|c|0.1\n',
  // Sums that stay what they are.
  'y:0|c\ny:0|c\ny:0|c\ny:0|c',
].join('\n');

test('the flushes are those of the real program, line by line', () => {
  const world = makeWorld({ seed: 1, startMs: START_S * 1000 });
  const flushes: string[] = [];
  world.net.listenTcp(
    CARBON,
    () => {
      const at = flushes.push('') - 1;
      return {
        received: (bytes) => void (flushes[at] += decodeUtf8Lossy(bytes)),
        closed: () => undefined,
      };
    },
    () => undefined,
  );
  const statsd = makeStatsd(world, {
    ...STATSD_DEFAULTS,
    strict: true,
    graphite: CARBON,
    flushIntervalMs: 1000,
    percentThreshold: [90, -20, 99.9],
    histogram: [
      { metric: 'neg', bins: [] },
      { metric: '', bins: [10, 20.5, 'inf'] },
    ],
    deleteCounters: true,
    deleteTimers: true,
    deleteSets: true,
    deleteGauges: true,
  });
  statsd.start(() => undefined);
  world.clock.run((START_S + 2.5) * 1000);
  statsd.receive(PACKET);
  world.clock.run((START_S + 4.5) * 1000);

  const recorded = RECORDED.split(/^--- .*\n/m).slice(1);
  expect(flushes.map(comparable)).toEqual(recorded.map(comparable));
});

function comparable(flush: string): string[] {
  return flush.split('\n').filter((line) => !OF_TIME.test(line));
}
