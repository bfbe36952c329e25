// Ours beside what was recorded of Debian's carbon-cache: with --strict the same, else kinder where the case says so.

import { describe, expect, test } from 'vitest';
import type { CarbonConfig } from '../../../src/core/carbon/config.ts';
import { frameOf } from '../../../src/core/carbon/frame.ts';
import { pickle } from '../../../src/core/carbon/pickle-out.ts';
import { STRICT_DEFAULTS } from '../../../src/core/carbon/strict.ts';
import type { Files } from '../../../src/core/host/files.ts';
import { PATH_RULES } from '../../../src/core/whisper/metric-path.ts';
import { ORACLE_CASES, type OracleCase } from '../../tools/carbon-oracle.ts';
import { dial, LINE, makeStarted, pass, PICKLE } from './simulated.ts';

const STRICT: Partial<CarbonConfig> = {
  ...STRICT_DEFAULTS,
  paths: { ...PATH_RULES, skipsEmptyParts: true },
};
const QUERY = { host: '127.0.0.1', port: 7002 };

interface Seen {
  readonly isOpen: boolean;
  readonly files: readonly string[];
  /** All that was logged, in one piece. */
  readonly said: string;
}

function send({ by, bytes }: OracleCase, changes: Partial<CarbonConfig>): Seen {
  const { world } = makeStarted(changes);
  let isOpen = true;
  if (by === 'packet') world.net.send(LINE, bytes);
  else {
    const sender = dial(world, by === 'line' ? LINE : PICKLE);
    sender.writeBytes(bytes);
    pass(world, 0.3);
    isOpen = sender.isOpen();
  }
  pass(world, 3);
  const said = world.log
    .lines()
    .flatMap(({ level, text, facts }) => (level === 'info' ? [] : [text, ...Object.values(facts)]))
    .join(' ');
  return { isOpen, files: filesBelow(world.files, ''), said };
}

function filesBelow(files: Files, folder: string): readonly string[] {
  return files
    .list(folder)
    .flatMap(({ name, isFolder }) => {
      const path = folder === '' ? name : `${folder}/${name}`;
      return isFolder ? filesBelow(files, path) : [path];
    })
    .sort();
}

describe('with --strict is as the real carbon-cache for', () => {
  test.each(ORACLE_CASES)('$name', (one) => {
    const { isOpen, files } = send(one, STRICT);
    expect({ isOpen, files }).toEqual({ isOpen: one.isOpen, files: one.files });
  });
});

describe('by itself says what is wrong and costs no more than that for', () => {
  test.each(ORACLE_CASES)('$name', (one) => {
    const { isOpen, files, said } = send(one, {});
    expect({ isOpen, files }).toEqual(one.kind);
    if (one.why === null) expect(said).toBe('');
    else expect(said).toContain(one.why);
  });
});

test('a time with a fraction is a float on port 7002, as in the recorded bytes', () => {
  const { world } = makeStarted({ ...STRICT, query: QUERY, writeIntervalMs: 60_000 });
  dial(world, LINE).write('a.b.c 1.5 1700000000\n');
  let hex = '';
  world.net.connect(QUERY, {
    opened: (connection) =>
      connection.write(
        frameOf(
          pickle(
            new Map([
              ['type', 'cache-query'],
              ['metric', 'a.b.c'],
            ]),
          ),
        ),
      ),
    received: (bytes) => (hex += Buffer.from(bytes).toString('hex')),
    closed: () => undefined,
  });
  pass(world, 1);
  expect(hex).toBe(
    '00000031' +
      '80027d7100580a00000064617461706f696e747371015d71024741d954fc40000000473ff800000000000086710361732e',
  );
});
