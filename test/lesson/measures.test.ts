// What questions about a picture ask for, counted by hand for the programs of the lesson for authors.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { measured, readMeasure } from '../../src/lesson/measures.ts';
import { readRecorded } from '../../src/lesson/recorded.ts';
import { typedAnswer } from '../../src/lesson/typed-answer.ts';
import type { Trace } from '../../src/python/trace.ts';

const file = fileURLToPath(new URL('../../lessons/00-every-kind/recorded.json', import.meta.url));
const recorded = readRecorded(readFileSync(file, 'utf8'), file);

function traceOf(cell: string): Trace {
  const trace = recorded.ok ? recorded.value.cells[cell]?.trace : null;
  if (!trace) throw new Error(`There is no trace of "${cell}".`);
  return trace;
}

it.each([
  ['calls fib', 'fib-plain', '25'],
  ['calls', 'fib-remember', '11'],
  ['hits fib', 'fib-remember', '4'],
  ['saved fib', 'fib-remember', '14'],
  ['hits fib', 'fib-plain', '0'],
  ['hits paths', 'paths-cache', '2'],
  // Global, and ways(4) down to ways(1).
  ['frames deepest', 'ways-to-climb', '5'],
  // Global, make_dose or dose: never both.
  ['frames deepest', 'two-doses', '2'],
  // limit and given, of two calls of make_dose.
  ['cells', 'two-doses', '4'],
  ['cells', 'fib-plain', '0'],
  ['frames kept', 'two-doses', '2'],
  ['frames kept', 'fib-plain', '0'],
  ['value last', 'two-doses', 'False'],
  ['reason A4', 'small-replay', 'one digit left'],
  ['tried', 'small-replay', '4'],
  ['verdict entries 5', 'ward-log', 'E'],
  ['verdict limit 5', 'ward-log', 'G'],
  ['verdict len 5', 'ward-log', 'B'],
  ['verdict entry 6', 'ward-log', 'L'],
])('counts %s in %s: %s', (measure, cell, answer) => {
  expect(measured(measure, traceOf(cell), 'fib')).toEqual({ ok: true, value: answer });
});

it('counts the steps that the controls under the picture count', () => {
  const trace = traceOf('two-doses');
  expect(measured('steps', trace, null)).toEqual({ ok: true, value: String(trace.steps.length) });
});

it('takes the function that the picture shows where no name is given', () => {
  expect(measured('calls', traceOf('ways-to-climb'), 'ways')).toEqual({ ok: true, value: '9' });
});

it.each(['calls fob', 'reason A4', 'value nothing', 'verdict n 99', 'verdict nobody 2'])(
  'says so when a trace has no %s',
  (measure) => {
    expect(measured(measure, traceOf('fib-plain'), 'fib')).toMatchObject({ ok: false });
  },
);

it('says so when no call of a replay was given that square', () => {
  expect(measured('reason B1', traceOf('small-replay'), 'settle')).toMatchObject({ ok: false });
});

it('counts nothing in a trace that was cut', () => {
  const trace = { ...traceOf('fib-plain'), cut: 'It was cut after 5000 steps.' };
  expect(measured('calls fib', trace, 'fib')).toMatchObject({
    why: 'the trace was cut: It was cut after 5000 steps.',
  });
});

it.each([
  'call',
  'cells fib',
  'value',
  'frames',
  'calls fib(3)',
  'calls  fib',
  'verdict n',
  'verdict n x',
  'toString',
  '',
])('refuses the measure %j', (text) => {
  expect(readMeasure(text)).toMatchObject({ ok: false });
});

it.each([
  ['25', true, '25'],
  [' 007 ', true, '7'],
  ['0', true, '0'],
  ['seven', true, null],
  ['2.5', true, null],
  ['-1', true, null],
  ['', true, null],
  ["'Ada'", false, "'Ada'"],
  ['"Ada"', false, "'Ada'"],
  ['[1,2]', false, '[1, 2]'],
  ['  ', false, null],
])('takes %j, a count: %s, for %j', (text, isCount, answer) => {
  expect(typedAnswer(text, isCount)).toBe(answer);
});

it('reads a record from before there were such questions', () => {
  const text = JSON.stringify({ python: '3.14.2', cells: {}, wrong: {} });
  expect(readRecorded(text, 'recorded.json')).toMatchObject({ ok: true, value: { answers: {} } });
});
