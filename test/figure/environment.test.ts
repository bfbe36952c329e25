// The environment diagram and its twin in words, from the recorded runs of the lessons.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { columnsFor, heightFor, layOut } from '../../site/figure/layout.ts';
import { linesOf } from '../../site/figure/routes.ts';
import { plainText, stateAsText, stepSentence } from '../../site/figure/step-words.ts';
import { markedLines } from '../../site/lesson/marks.ts';
import type { Recorded } from '../../src/lesson/recorded.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';
import { partInTier } from '../tools/tier.ts';
import { atEveryStep, LAWS, WIDTHS } from './diagram-laws.ts';

const lessons = fileURLToPath(new URL('../../lessons/', import.meta.url));

function recordedTraces(): readonly (readonly [name: string, trace: Trace])[] {
  return readdirSync(lessons, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => {
      const recorded = JSON.parse(
        readFileSync(`${lessons}${name}/recorded.json`, 'utf8'),
      ) as Recorded;
      return Object.entries(recorded.cells).flatMap(([cell, { trace }]) =>
        trace === null || trace.search !== undefined ? [] : [[`${name} ${cell}`, trace] as const],
      );
    });
}

const traces = recordedTraces();
/** Every step of every trace of the course is much for each `npm test`. */
const sample = partInTier(traces, 4);
const WHOLE_COURSE_MS_MAX = 120_000;
const counters = traces.find(([name]) => name === '07-closures counters')?.[1];
if (counters === undefined) throw new Error('The lesson has no trace of its counters.');

describe('the environment diagram', { timeout: WHOLE_COURSE_MS_MAX }, () => {
  it.each(LAWS.map((law) => [law.name, law] as const))('keeps the law that %s', (_, law) => {
    for (const [, trace] of sample) atEveryStep(trace, law);
  });

  it('has one height for a whole run', () => {
    for (const [, trace] of sample)
      for (const width of WIDTHS) {
        const columns = columnsFor(trace, width);
        const heights = trace.steps.map(
          (_, index) => layOut(trace, stateAt(trace, index), columns).height,
        );
        expect(heightFor(trace, columns)).toBe(Math.max(...heights));
      }
  });

  it('shows a line from each name to its function, and from each closure to its frame', () => {
    const layout = layOut(counters, stateAt(counters, 26), columnsFor(counters, 530));
    expect(linesOf(layout).map(({ kind }) => kind)).toEqual([
      'name',
      'name',
      'name',
      'parent',
      'parent',
    ]);
  });
});

describe('the diagram in words', () => {
  it('says who runs, who waits, what is kept, and what the cells held before', () => {
    expect(stateAsText(counters, 21)).toEqual([
      'Step 22 of 27: Line 5 hands 2 back to line 11.',
      'On the stack: Global waits in line 11; make_counter is the function make_counter with parent Global, ward_a is the function step with parent f1, ward_b is the function step with parent f2.',
      'On the stack: f4 step runs, line 5, parent f1, called by line 11 of Global; no names of its own; it returns 2.',
      'Function object: make_counter, parent Global.',
      'Function object: step, parent f1; it keeps the cell of count.',
      'Function object: step, parent f2; it keeps the cell of count.',
      'Kept: f1 make_counter, left the stack; count in a cell is 2, was 1 until step 20.',
      'Kept: f2 make_counter, left the stack; count in a cell is 10.',
      'Name in line 5: count is E, enclosing: line 3 says nonlocal, and make_counter (f1) around it binds it; its cell holds 2 now.',
    ]);
  });

  it('names every cell of a frame that is on the stack or kept at that step, with its value', () => {
    for (const [, trace] of traces)
      trace.steps.forEach((_, index) => {
        const words = stateAsText(trace, index).join('\n');
        const { stack, kept, cells } = stateAt(trace, index);
        const there = new Set([...stack, ...kept].map(({ frame }) => frame.id));
        for (const { cell, value } of cells.values()) {
          // A cell that no living function uses is gone with its frame; some belong to no frame at all.
          if (cell.frameId === null || !there.has(cell.frameId)) continue;
          // One that Python brings has no object of its own in the picture.
          const isFunction = value?.text.startsWith('<function ') ?? false;
          const text = isFunction ? 'the function' : (value?.text ?? 'empty');
          expect(words).toContain(`${cell.name} in a cell is ${text}`);
        }
      });
  });

  it.each([
    [0, 'Nothing has run yet.', 0, []],
    [3, 'Line 8 calls make_counter, frame f1', 1, [8]],
    [4, 'Line 2 runs next', 2, [8]],
    [6, 'Line 6 hands step back to line 8', 6, [8]],
    [26, 'The program is over.', 0, []],
  ])('has one sentence for step %d, and the lines to mark', (index, words, running, callers) => {
    const machine = stateAt(counters, index);
    expect(plainText(stepSentence(machine))).toBe(words);
    const marks = callers.map((line) => [line, 'caller']);
    expect([...markedLines(machine)]).toEqual(running === 0 ? [] : [...marks, [running, 'now']]);
  });
});
