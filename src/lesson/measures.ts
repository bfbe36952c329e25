// What can be counted in a run's trace: the answers of questions about a picture. Nobody types them: `check`
// works them out from the trace that it recorded.
//
//   answer="calls fib"   calls of fib, as the call tree counts them      25
//   answer="cells"       variables that an inner function shares         2
//   answer="verdict n 3" where Python finds `n` when line 3 runs first   L

import { bad, good, type Result } from '../core/base/result.ts';
import { bindingsOf } from '../python/binding.ts';
import { callTree } from '../python/call-tree.ts';
import { reasonOf } from '../python/replay.ts';
import { searchTree } from '../python/search-tree.ts';
import { namesAt } from '../python/name-verdicts.ts';
import { stateAt } from '../python/trace-state.ts';
import type { Trace } from '../python/trace.ts';

/** `call`, `calls`. */
export type Unit = readonly [one: string, many: string];

interface Measure {
  /** What is counted; null when the answer is a text. */
  readonly unit: Unit | null;
  /** Whether a name follows it: `calls fib`. */
  readonly name: 'none' | 'may' | 'must' | 'in-line';
  /** Null when the trace has nothing of that name. */
  readonly take: (trace: Trace, name: string | null, line: number) => number | string | null;
}

const MEASURES: Readonly<Record<string, Measure>> = {
  calls: {
    unit: ['call', 'calls'],
    name: 'may',
    take: (trace, name) => callTree(trace, name)?.calls.length ?? null,
  },
  hits: {
    unit: ['hit', 'hits'],
    name: 'may',
    take: (trace, name) => callTree(trace, name)?.hits ?? null,
  },
  saved: {
    unit: ['saved call', 'saved calls'],
    name: 'may',
    take: (trace, name) => callTree(trace, name)?.saved ?? null,
  },
  'frames deepest': { unit: ['frame', 'frames'], name: 'none', take: deepestStack },
  'frames kept': {
    unit: ['kept frame', 'kept frames'],
    name: 'none',
    take: (trace) => stateAt(trace, trace.steps.length - 1).kept.length,
  },
  cells: {
    unit: ['cell', 'cells'],
    name: 'none',
    // Python has cells of its own, as for `super()`; a picture shows those of frames.
    take: (trace) => trace.cells.filter(({ frameId }) => frameId !== null).length,
  },
  steps: { unit: ['step', 'steps'], name: 'none', take: (trace) => trace.steps.length },
  tried: {
    unit: ['call', 'calls'],
    name: 'none',
    take: (trace) => searchTree(trace)?.calls.length ?? null,
  },
  refused: {
    unit: ['call', 'calls'],
    name: 'none',
    take: (trace) => searchTree(trace)?.pruned ?? null,
  },
  defaults: {
    unit: ['value', 'values'],
    name: 'may',
    take: defaultsIn,
  },
  reason: { unit: null, name: 'must', take: (trace, name) => reasonOf(trace, name ?? '') },
  value: { unit: null, name: 'must', take: valueAtEnd },
  verdict: { unit: null, name: 'in-line', take: verdictIn },
};

/** What a question counts; refuses a measure that there is not. */
export function readMeasure(text: string): Result<{ readonly unit: Unit | null }> {
  const read = named(text);
  if (read !== null) return good({ unit: read.measure.unit });
  const known = Object.entries(MEASURES).map(([word, { name }]) => word + NAME_WORDS[name]);
  return bad(`"${text}" is no measure; there are ${known.join(', ')}.`);
}

/** The answer, from a whole trace. `of` is the function whose calls the picture shows. */
export function measured(text: string, trace: Trace, of: string | null): Result<string> {
  const read = named(text);
  if (read === null) return bad(`"${text}" is no measure`);
  const cut = trace.cut ?? trace.expressions?.cut ?? null;
  if (cut !== null) return bad(`the trace was cut: ${cut}`);
  const taken = read.measure.take(trace, read.name ?? of, read.line);
  return taken === null
    ? bad(`"${text}" finds nothing in the trace. Compare its name with the program`)
    : good(String(taken));
}

const NAME_WORDS: Readonly<Record<Measure['name'], string>> = {
  none: '',
  may: ' [NAME]',
  must: ' NAME',
  'in-line': ' NAME LINE',
};

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

interface Named {
  readonly measure: Measure;
  readonly name: string | null;
  /** 0 where no line is asked for. */
  readonly line: number;
}

function named(text: string): Named | null {
  for (const [word, measure] of Object.entries(MEASURES)) {
    const isAlone = measure.name === 'none' || measure.name === 'may';
    if (text === word && isAlone) return { measure, name: null, line: 0 };
    const rest = text.startsWith(`${word} `) ? text.slice(word.length + 1) : '';
    const [name = '', line] = measure.name === 'in-line' ? rest.split(' ') : [rest];
    const isLine = measure.name !== 'in-line' || /^[1-9]\d*$/.test(line ?? '');
    if (measure.name !== 'none' && isLine && NAME.test(name))
      return { measure, name, line: Number(line ?? 0) };
  }
  return null;
}

/** How many slots the defaults of a function filled. */
function defaultsIn(trace: Trace, name: string | null): number | null {
  const bindings = bindingsOf(trace, name);
  if (bindings.length === 0) return null;
  return bindings
    .flatMap(({ fillings }) => fillings)
    .filter(({ origin }) => origin.from === 'default').length;
}

/** The largest number of frames on the stack, Global among them. It grows only where a frame comes. */
function deepestStack(trace: Trace): number {
  const sizes = trace.steps.map(({ kind }, at) =>
    kind === 'call' || kind === 'resume' ? stateAt(trace, at).stack.length : 1,
  );
  return Math.max(...sizes);
}

function valueAtEnd(trace: Trace, name: string | null): string | null {
  const global = stateAt(trace, trace.steps.length - 1).stack[0];
  return global?.names.find((each) => each.name === name)?.value?.text ?? null;
}

/** When the line runs first. */
function verdictIn(trace: Trace, name: string | null, line: number): string | null {
  for (const [at, step] of trace.steps.entries()) {
    if (step.kind !== 'line' || step.line !== line) continue;
    const found = namesAt(trace, at)?.names.find((each) => each.name === name);
    if (found !== undefined) return found.verdict;
  }
  return null;
}
