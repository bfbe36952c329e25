// Packets that somebody might send to harm a StatsD, by dice.

import type { Random } from '../../src/core/base/random.ts';
import { UDP_PACKET_BYTES_MAX } from '../../src/core/host/net.ts';

/** Each was a trap for some StatsD: the real one dies at some of them. */
const NASTY = [
  'a:1|c|@+1',
  'a:1|c|@ 1',
  'a:1|c|@Infinity',
  'a:1|c|@0',
  'a:1|c|@-1',
  'a:1|c|@1.2.3',
  'a:1|c|@1e-400',
  'a:NaN|c',
  'a:Infinity|g',
  'a:-Infinity|ms',
  'a:1e400|c',
  'a:-5|ms ',
  '__proto__:1|c',
  '__proto__:1|g',
  '__proto__.polluted:1|c|#__proto__:1',
  'constructor:1|ms',
  'constructor.prototype:x|s',
  'hasOwnProperty:x|s',
  'toString:+1|g',
  'a:__proto__|s',
  ':1|c',
  ':::',
  '|||',
  '|#',
  'a:|',
  'a:1',
  'a:1|',
  'a:1|c|#|#|#',
  'a:0x1F|c',
  'a:1|c\r',
  '\0:1|c',
  '../../etc/passwd:1|c',
  'a\u2028b\u0085c:1|c',
  '_e{5,4}:title|text',
  'a:1|c:2|c:x|c:3|ms:y|ms:z|s:4|g',
];

const KINDS: readonly ((random: Random) => Uint8Array)[] = [
  (random) => Buffer.from(NASTY[random.below(NASTY.length)] ?? ''),
  (random) => Buffer.from(NASTY.slice(random.below(NASTY.length)).join('\n')),
  (random) => bytesBy(random, random.below(300)),
  // Of the characters that mean something.
  (random) =>
    Buffer.from(
      Array.from(
        { length: random.below(60) },
        () => ':|@#,;=\n\r 10.-+cgms'[random.below(20)],
      ).join(''),
    ),
  (random) => Buffer.from(`${'k'.repeat(random.below(20_000))}:1|c`),
  (random) => Buffer.from(`long${':1|c:x|c'.repeat(random.below(2000))}`),
  (random) =>
    Buffer.from(
      `tags:1|c|#${Array.from({ length: random.below(500) }, (_, i) => `t${i}:${i}`).join(',')}`,
    ),
  (random) => Buffer.from('\n'.repeat(random.below(1000))),
  (random) =>
    Buffer.from(`unique.${random.below(1_000_000)}:1|${['c', 'g', 'ms', 's'][random.below(4)]}`),
  (random) => changed(random, Buffer.from('clinic.visits:3|c|@0.5|#site:home,réception:1')),
  (random) => changed(random, Buffer.from('staff:añna €|s\nward.beds:-2|g')),
];

/** As long as a packet may be, now and then. */
const HUGE_CHANCE = 0.01;

export function hostilePacket(random: Random): Uint8Array {
  if (random.chance(HUGE_CHANCE)) return bytesBy(random, UDP_PACKET_BYTES_MAX);
  return KINDS[random.below(KINDS.length)]?.(random) ?? new Uint8Array(0);
}

function bytesBy(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256));
}

/** Cut short, with some bytes others: broken UTF-8 among them. */
function changed(random: Random, bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes.subarray(0, random.below(bytes.length + 1)));
  for (let i = random.below(3); i > 0 && copy.length > 0; i--)
    copy[random.below(copy.length)] = random.below(256);
  return copy;
}
