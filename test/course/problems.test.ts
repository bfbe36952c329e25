// What Python says about a program that is typed, before it runs.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import { startPython } from './thread.ts';

let python: Python;
beforeAll(async () => {
  python = await startPython();
});
afterAll(() => python.close());

describe('The problems of a program', () => {
  it.each([
    ['print(fib(6)', { message: "'(' was never closed", line: 1, column: 6 }],
    ['x = 1\nif x\n', { message: "expected ':'", line: 2, column: 5 }],
    ['def f():\nreturn 1', { line: 2, column: 1 }],
    // Nothing is wrong with the grammar, and yet:
    ['\nprint(1 is 2)', { line: 2, message: expect.stringContaining('Did you mean "=="?') }],
    ['def f():\n    x = 1\n    global x', { line: 3, message: expect.stringContaining('global') }],
  ])('of %j stand at their line', async (code, problem) => {
    expect(await python.problems(code)).toEqual([expect.objectContaining(problem)]);
  });

  it('are none where there are none, and where only a run can tell', async () => {
    expect(await python.problems('print(nothing)')).toEqual([]);
    expect(await python.problems('')).toEqual([]);
    expect(await python.problems('import micropip\nawait micropip.install("a")')).toEqual([]);
    expect(await python.problems(`x = ${'-'.repeat(100_000)}1`)).toHaveLength(0);
  });

  it('are read without a run: nothing is printed, no phase changes, the next run is as ever', async () => {
    const phases: string[] = [];
    const forget = python.subscribe(({ phase }) => phases.push(phase));
    expect(await python.problems('print(1)\nassert (1, "always true")')).toHaveLength(1);
    expect(phases.every((phase) => phase === 'ready')).toBe(true);
    forget();
    expect((await python.run('print(2)')).text).toBe('2\n');
  });
});
