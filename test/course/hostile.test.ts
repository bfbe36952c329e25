// Hostile programs: accidents, jokes and sabotage. Each ends in a true sentence or a right verdict, and the
// same Python runs the next program as if nothing had been.

import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import { explain } from '../../src/python/explain.ts';
import type { Watch } from '../../src/python/views.ts';
import { partInTier } from '../tools/tier.ts';
import type { FreeProgram } from './hostile/free.ts';
import { broken, endless, greedy, loud, recursive } from './hostile/free.ts';
import { graded, RIGHT, TESTS } from './hostile/graded.ts';
import { PROBE } from './hostile/probe.ts';
import { sabotage } from './hostile/sabotage.ts';
import { startPython } from './thread.ts';

const WATCH: Watch = { view: 'environment', of: null };

let python: Python;
/** What a fresh Python answers. */
let whole: string;

beforeAll(async () => {
  python = await startPython();
  whole = (await python.run(PROBE)).text;
});

afterAll(() => python.close());

/** Runs it, and presses Stop after a while if the program asks for that. */
async function runFree({ code, stopMs }: FreeProgram, trace = false): Promise<RunResult> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onStart = (): void => {
    if (stopMs !== null) timer = setTimeout(() => python.stop(), stopMs);
  };
  const result = await python.run(code, { onStart, watch: trace ? WATCH : null });
  clearTimeout(timer);
  return result;
}

/** Everything that a reader sees of a run. */
function seen({ text, ending: { words, error } }: RunResult): string {
  const explained = error === null ? null : explain(error);
  return [text, words, error?.type, error?.message, explained].join('\n');
}

async function expectWhole(): Promise<void> {
  const { ending, text } = await python.run(PROBE);
  expect(ending.error?.traceback ?? ending.how).toBe('finished');
  expect(text).toBe(whole);
  const right = await python.grade(RIGHT, TESTS);
  expect(right.verdict.signature).toBe('ok | ok | ok | ok');
  const wrong = await python.grade('def double(n): return n', TESTS.slice(0, 1));
  expect(wrong.verdict.first?.came).toBe('21');
}

it('asks a fresh Python for everything that the next program needs', () => {
  for (const line of [
    '3 True 3',
    '0.8444218515250481',
    '{"a": [1, null]}',
    'RecursionError',
    'to stderr',
  ])
    expect(whole).toContain(line);
});

describe.each([
  ['endless', endless],
  ['recursive', recursive],
  ['greedy', greedy],
  ['loud', loud],
  ['broken', broken],
  ['sabotage', sabotage],
])('%s programs', (_, programs) => {
  it.each(partInTier(programs, 4))('$title', async (program) => {
    const result = await runFree(program);
    expect(seen(result)).toContain(program.says);
    expect(result.ending.how).toBe(program.how);
    await expectWhole();
  });
});

/** What the tracer itself holds, counts or listens to. */
const TRACED = [
  ...endless.slice(0, 5),
  ...recursive.slice(0, 12),
  ...[...endless, ...loud, ...sabotage].filter(({ code }) =>
    /__del__|builtins|monitoring|loop/.test(code),
  ),
];

describe('programs under the tracer', () => {
  it.each(partInTier(TRACED, 4))('$title', async (program) => {
    const result = await runFree(program, true);
    expect(result.ending.how).toBe(program.how);
    const next = await python.run('def f(x): return x + 1\nprint(f(1))', { watch: WATCH });
    expect(next.text).toBe('2\n');
    expect(next.trace?.steps.length).toBe(7);
  });
});

describe('answers to an exercise', () => {
  it.each(partInTier(graded, 2))('$title', async ({ code, passes, came }) => {
    const { verdict } = await python.grade(code, TESTS);
    expect(verdict.first?.came ?? '').toContain(came);
    expect(verdict.passed).toBe(passes);
    await expectWhole();
  });
});

it('starts no command on this machine', () => {
  expect(existsSync('/tmp/stacklab-escaped')).toBe(false);
});

it('lists at least sixty', () => {
  const lists = [endless, recursive, greedy, loud, broken, sabotage, graded];
  expect(lists.flat().length).toBeGreaterThan(60);
});
