// What was received, as points: the same for a socket and for the journal.

import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../src/core/base/text.ts';
import { makeDecoder, type PlainLines } from '../../../src/core/carbon/decoder.ts';
import type { Kind } from '../../../src/core/carbon/journal.ts';
import { makeLedger } from '../../../src/core/carbon/ledger.ts';
import { makeReceiveCounts } from '../../../src/core/carbon/stats.ts';
import { makeUnread } from '../../../src/core/carbon/unread.ts';
import { PATH_RULES } from '../../../src/core/whisper/metric-path.ts';

function decode(kind: Kind, bytes: Uint8Array, plainLines: PlainLines | null = null): unknown[] {
  const seen: unknown[] = [];
  const decoder = makeDecoder({
    unread: makeUnread(makeReceiveCounts(), makeLedger(), PATH_RULES),
    log: { say: (_level, _text, facts) => seen.push(facts?.['why']) },
    take: ({ path, value, time }) => seen.push(`${path} ${value} ${time}`),
    plainLines: () => plainLines,
    strict: false,
  });
  decoder.take(kind, bytes, '127.0.0.1:9', 0);
  return seen;
}

const NOT_UTF8 = Uint8Array.from([
  ...encodeUtf8('a 1 2\nb.'),
  0xff,
  ...encodeUtf8(' 1 2\nc 1 2\n'),
]);

test('a line that is not UTF-8 costs only itself', () => {
  const seen = ['a 1 2', 'The line is not UTF-8 text: "b.\ufffd 1 2".', 'c 1 2'];
  expect(decode('lines', NOT_UTF8)).toEqual(seen);
  expect(decode('packet', NOT_UTF8)).toEqual(seen);
});

test('an empty line is a bad one, what follows the last newline is none', () => {
  const why = 'Expected "metric value timestamp", received "".';
  expect(decode('lines', encodeUtf8('\na 1 2\n\n'))).toEqual([why, 'a 1 2', why]);
});

test('a packet is whole lines, the last one without its newline', () => {
  const bad = 'Expected "metric value timestamp", received "bad".';
  expect(decode('packet', encodeUtf8('u.one 1 2\r\nbad\nu.two 2 3'))).toEqual([
    'u.one 1 2',
    bad,
    'u.two 2 3',
  ]);
  expect(decode('packet', encodeUtf8('u.three 2 3\n'))).toEqual(['u.three 2 3']);
});

test('plain lines take a quicker way where there is one, the others are read as text', () => {
  const quick: PlainLines = (lines, other) => other(lines.subarray(0, 5));
  expect(decode('lines', NOT_UTF8, quick)).toEqual(['a 1 2']);
});
