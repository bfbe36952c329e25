// The environment diagram of hard programs, run in the real Python: its laws, one box for a list of two names, what
// is left of a trace when the program does not end well, and steps that are added up from the middle.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plainText, stateAsText, stepSentence } from '../../site/figure/step-words.ts';
import type { Python } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import { sharedObjects } from '../../src/python/shared-objects.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace, TraceValue } from '../../src/python/trace.ts';
import { atEveryStep, LAWS } from '../figure/diagram-laws.ts';
import { HARD } from './diagram-programs.ts';
import { startPython } from './thread.ts';

const WATCH = { view: 'environment', of: null } as const;
const STOP_MS = 300;
/** What the client gives a program. */
const RUN_MS = 300_000;

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

async function traced(code: string): Promise<Trace> {
  const { trace, ending } = await python.run(code, { watch: WATCH });
  if (trace === null) throw new Error(`No trace: ${ending.words} ${ending.error?.traceback ?? ''}`);
  return trace;
}

/** The objects with a box when `line` runs for the last time: `list [1] of a, xs`. */
function boxesAt(trace: Trace, line: number): readonly string[] {
  return boxes(
    trace,
    trace.steps.findLastIndex((step) => step.line === line && step.kind === 'line'),
  );
}

function boxes(trace: Trace, index: number): readonly string[] {
  return [...sharedObjects(stateAt(trace, index)).values()].map(
    ({ value, names, isChanged }) =>
      `${value.type} ${value.text} of ${names.map(({ name }) => name.name).join(', ')}${isChanged ? ', changed' : ''}`,
  );
}

describe('the diagram of a hard program', () => {
  it.each(Object.entries(HARD))('keeps every law: %s', async (_, code) => {
    const trace = await traced(code);
    for (const law of LAWS) atEveryStep(trace, law);
  });
});

describe('a list of two names', () => {
  it('is one object, in every frame, and marked when it changes', async () => {
    const trace = await traced(`a = [1]
b = a
c = [1]
def add(xs):
    xs.append(2)
    return xs
d = add(b)
a.append(3)
c.append(4)
`);
    expect(boxesAt(trace, 2)).toEqual([]);
    expect(boxesAt(trace, 3)).toEqual(['list [1] of a, b']);
    expect(boxesAt(trace, 5)).toEqual(['list [1] of a, b, xs']);
    expect(boxesAt(trace, 6)).toEqual(['list [1, 2] of a, b, xs, changed']);
    expect(boxesAt(trace, 9)).toEqual(['list [1, 2, 3] of a, b, d, changed']);
    expect(boxes(trace, trace.steps.length - 1)).toEqual(['list [1, 2, 3] of a, b, d']);
    const words = stateAsText(trace, trace.steps.length - 1).join('\n');
    expect(words).toContain('b is [1, 2, 3], the same list as a in Global and d in Global');
    expect(words).toContain('c is [1, 4]');
  });

  it('is one in cells, in attributes, in tuples, and in a list of lists', async () => {
    const trace = await traced(`rows = [[0] * 2] * 3
rows[0][1] = 5
def keep(it):
    return lambda: it
kept = keep(rows)
class Box: pass
one, two = Box(), Box()
one.it = two.it = [7]
two.it.append(8)
pair = (one, one)
`);
    expect(boxesAt(trace, 2)).toEqual(['list [[0, 0], [0, 0], [0, 0]] of rows', 'list [0, 0] of ']);
    expect(boxesAt(trace, 3)).toEqual([
      'list [[0, 5], [0, 5], [0, 5]] of rows, changed',
      'list [0, 5] of , changed',
    ]);
    expect(boxesAt(trace, 6)[0]).toBe('list [[0, 5], [0, 5], [0, 5]] of rows, it');
    expect(boxesAt(trace, 10).slice(2)).toEqual([
      'Box <Box it=[7, 8]> of one, changed',
      'Box <Box it=[7, 8]> of two, changed',
      'list [7, 8] of , changed',
    ]);
    const words = stateAsText(trace, trace.steps.length - 1).join('\n');
    expect(words).toContain('it holds the shared list [0, 5] 3 times');
  });

  it('shows the new text in frames that wait as well', async () => {
    const trace = await traced(`def inner(xs):
    xs.append(1)
    return None
def outer():
    own = []
    around = (own, 'x')
    inner(own)
outer()
`);
    const index = trace.steps.findIndex(({ kind, line }) => kind === 'line' && line === 3);
    const waiting = stateAt(trace, index).stack[1];
    expect(waiting?.names.map(({ name, value }) => `${name} ${value?.text}`)).toEqual([
      'own [1]',
      "around ([1], 'x')",
    ]);
  });
});

describe('a program that does not end well', () => {
  const last = ({ trace }: RunResult): string => {
    if (trace === null) return 'no trace';
    const machine = stateAt(trace, trace.steps.length - 1);
    return `${plainText(stepSentence(machine))} / ${machine.stack.length} frames`;
  };
  const ENDS = 'The picture ends where the program was stopped.';

  it('keeps its picture when it crashes', async () => {
    const result = await python.run('def f(x):\n    return 1 / x\nf(0)\n', { watch: WATCH });
    expect(result.ending.how).toBe('error');
    expect(result.trace?.cut).toBeNull();
    expect(last(result)).toBe('Line 3 raises ZeroDivisionError / 1 frames');
    expect(result.trace?.steps.some(({ kind, line }) => kind === 'raise' && line === 2)).toBe(true);
  });

  it('keeps its picture when the learner stops it, with the frames as they were', async () => {
    const code = 'import time\ndef wait(n):\n    time.sleep(60)\nwait(1)\n';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onStart = (): void => {
      timer = setTimeout(() => python.stop(), STOP_MS);
    };
    const result = await python.run(code, { watch: WATCH, onStart });
    clearTimeout(timer);
    expect(result.ending.how).toBe('stopped');
    expect(result.trace?.cut).toBe(ENDS);
    expect(last(result)).toBe('Line 3 runs next / 2 frames');
  });

  it('keeps its picture at the limit of output', async () => {
    const code = "def loud():\n    print('x' * 300_000)\nloud()\n";
    const result = await python.run(code, { watch: WATCH });
    expect(result.ending.how).toBe('output-limit');
    expect(result.trace?.cut).toBe(ENDS);
    expect(last(result)).toBe('Line 2 runs next / 2 frames');
  });

  it('keeps its picture at the limit of time', async () => {
    const code = 'import time\ndef wait():\n    time.sleep(60)\nwait()\n';
    const later = globalThis.setTimeout;
    const clock = vi.spyOn(globalThis, 'setTimeout');
    clock.mockImplementation((act, ms) => later(act, ms === RUN_MS ? STOP_MS : ms));
    const result = await python.run(code, { watch: WATCH });
    clock.mockRestore();
    expect(result.ending.how).toBe('time-limit');
    expect(result.trace?.cut).toBe(ENDS);
    expect(last(result)).toBe('Line 3 runs next / 2 frames');
  });

  it.each([
    ['5 000 steps', 'def f():\n    for i in range(9_999):\n        pass\nf()\n'],
    ['5 000 steps', 'i = 0\nwhile i < 9_999:\n    i += 1\n1 / 0\n'],
  ])('keeps its picture when that holds %s', async (words, code) => {
    const { trace, ending } = await python.run(code, { watch: WATCH });
    expect(ending.how).toBe(code.endsWith('1 / 0\n') ? 'error' : 'finished');
    expect(trace?.cut).toBe(
      `The picture stops here: it holds ${words}. The program itself ran on.`,
    );
    expect(trace?.steps.length).toBeGreaterThan(4_000);
  });
});

describe('a step', () => {
  it('is the same from the middle as added up from the first one, in any order', async () => {
    for (const code of [...Object.values(HARD), LONG]) {
      const trace = await traced(code);
      const { length } = trace.steps;
      const every = Math.max(1, Math.floor(length / 60));
      // Back and forth, so that no sums are made in order.
      for (let at = 0; at < length; at += every)
        for (const index of [length - 1 - at, at]) {
          const { stack, cells } = stateAt(trace, index);
          const plain = plainly(trace, index);
          expect(stack.map(({ frame }) => frame.id)).toEqual(plain.stack);
          for (const { frame, names } of stack)
            expect(Object.fromEntries(names.map(({ name, value }) => [name, value?.text]))).toEqual(
              plain.names(frame.id),
            );
          for (const [id, { value }] of cells) expect(value?.text).toBe(plain.cell(id));
        }
    }
  });
});

const LONG = `def fib(n, seen):
    if n < 2:
        return n
    seen.append(n)
    return fib(n - 1, seen) + fib(n - 2, seen)
all = []
fib(11, all)
`;

/** The model: all steps from the first one on, added up as trace.ts says. */
function plainly(trace: Trace, last: number) {
  const locals: Record<string, Record<string, TraceValue>> = {};
  const cells: Record<string, TraceValue | null> = {};
  const texts: Record<string, string> = {};
  let stack: string[] = [];
  trace.steps.slice(0, last + 1).forEach((step, at) => {
    const before = trace.steps[at - 1];
    if (before !== undefined && ['return', 'raise', 'yield'].includes(before.kind))
      stack = stack.filter((id) => id !== before.frameId);
    if (!stack.includes(step.frameId)) stack.push(step.frameId);
    for (const [frameId, names] of Object.entries(step.locals ?? {})) {
      const known = (locals[frameId] ??= {});
      for (const [name, value] of Object.entries(names)) {
        if (value === null) delete known[name];
        else known[name] = value;
      }
    }
    Object.assign(cells, step.cells);
    const values = [
      ...Object.values(step.locals ?? {}).flatMap((names) => Object.values(names)),
      ...Object.values(step.cells ?? {}),
      step.value ?? null,
    ];
    for (const [id, value] of Object.entries(step.objects ?? {})) texts[id] = value.text;
    for (const value of values)
      if (value?.objectId !== undefined) texts[value.objectId] = value.text;
  });
  const text = (value: TraceValue | null | undefined): string | undefined =>
    value?.objectId === undefined ? value?.text : texts[value.objectId];
  return {
    stack,
    cell: (id: string) => text(cells[id]),
    names(frameId: string): Record<string, string | undefined> {
      const own = Object.entries(locals[frameId] ?? {}).map(([name, value]) => [name, text(value)]);
      const inCells = trace.cells
        .filter((cell) => cell.frameId === frameId && cell.id in cells)
        .map(({ id, name }) => [name, text(cells[id])]);
      return Object.fromEntries([...own, ...inCells]) as Record<string, string | undefined>;
    },
  };
}
