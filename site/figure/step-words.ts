// A step of a trace in words: the sentence beside the step controls, and the whole picture as text.

import { namesAt, type Verdict } from '../../src/python/name-verdicts.ts';
import { sharedIn, sharedObjects, type SharedObject } from '../../src/python/shared-objects.ts';
import type { FrameState, MachineState, NameState } from '../../src/python/trace-state.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace, TraceFrame, TraceFunction, TraceValue } from '../../src/python/trace.ts';
import { callerWords, frameLabel, functionText, parentText, valueText } from './boxes.ts';

/** A sentence of which some words stand out, such as the value that travels. */
export type Words = readonly (string | { readonly strong: string })[];

export function stepSentence(machine: MachineState): Words {
  const { step } = machine;
  const frame = machine.stack.find((each) => each.running)?.frame;
  const line = `Line ${step.line}`;
  switch (step.kind) {
    case 'start':
      return ['Nothing has run yet.'];
    case 'end':
      return ['The program is over.'];
    case 'line':
      return [`${line} runs next`];
    case 'call':
      return [callWords(frame), { strong: frame?.name ?? '' }, `, frame ${step.frameId}`];
    case 'return':
      return [`${line} hands `, { strong: valueOf(machine) }, ` back${receiver(frame)}`];
    case 'yield':
      return [`${line} yields `, { strong: valueOf(machine) }];
    case 'resume':
      return [`${frame?.name ?? 'The function'} goes on at line ${step.line}`];
    case 'raise':
      return [`${line} raises `, { strong: step.error?.type ?? 'an exception' }];
  }
}

export function plainText(words: Words): string {
  return words.map((each) => (typeof each === 'string' ? each : each.strong)).join('');
}

function callWords(frame: TraceFrame | undefined): string {
  if (frame === undefined || frame.callLine === null) return 'A call of ';
  return frame.throughC
    ? `Python’s own code, called by line ${frame.callLine}, calls `
    : `Line ${frame.callLine} calls `;
}

function receiver(frame: TraceFrame | undefined): string {
  if (frame === undefined || frame.callLine === null) return '';
  return frame.throughC
    ? ` to Python’s own code in line ${frame.callLine}`
    : ` to line ${frame.callLine}`;
}

function valueOf(machine: MachineState): string {
  const { value } = machine.step;
  return value === undefined ? 'None' : valueText(machine, value);
}

/** All that the picture shows, one sentence a box. */
export function stateAsText(trace: Trace, index: number): readonly string[] {
  const machine = stateAt(trace, index);
  const words = plainText(stepSentence(machine)).replace(/\.$/, '');
  return [
    `Step ${machine.index + 1} of ${trace.steps.length}: ${words}.`,
    ...machine.stack.map((frame) => stackText(machine, frame)),
    ...machine.functions.map(functionWords),
    ...[...sharedObjects(machine).values()].map((shared) => sharedText(machine, shared)),
    ...machine.kept.map((frame) => keptText(machine, frame)),
    ...nameVerdicts(trace, index),
  ];
}

/** What a verdict's letter stands for. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  L: 'local',
  E: 'enclosing',
  G: 'Global',
  B: 'built-in',
  class: 'class body',
  unbound: 'nowhere',
};

function nameVerdicts(trace: Trace, index: number): readonly string[] {
  const { line, names } = namesAt(trace, index) ?? { line: 0, names: [] };
  return names.map(({ name, verdict, why }) => {
    const letter = verdict.length === 1 ? `${verdict}, ` : '';
    return `Name in line ${line}: ${name} is ${letter}${VERDICT_WORDS[verdict]}: ${why}`;
  });
}

function stackText(machine: MachineState, frame: FrameState): string {
  const { kind } = machine.step;
  const isOver = kind === 'start' || kind === 'end';
  const does = isOver
    ? 'is there'
    : frame.running
      ? `runs, line ${frame.line}`
      : `waits in line ${frame.line}`;
  const { parentId } = frame.frame;
  const parent = parentId === null ? '' : `, parent ${parentText(parentId)}`;
  return `On the stack: ${frameLabel(frame.frame)} ${does}${parent}${callerText(machine, frame)}; ${namesText(machine, frame)}${outcome(machine, frame)}.`;
}

function callerText(machine: MachineState, { caller }: FrameState): string {
  if (caller === null) return '';
  const below = machine.stack.find(({ frame }) => frame.id === caller.id);
  const through = caller.throughC ? ' through Python’s own code' : '';
  return `, ${callerWords(caller)} of ${below === undefined ? caller.id : frameLabel(below.frame)}${through}`;
}

function outcome(machine: MachineState, { running }: FrameState): string {
  const { step } = machine;
  if (!running) return '';
  if (step.kind === 'return') return `; it returns ${valueOf(machine)}`;
  if (step.kind === 'yield') return `; it yields ${valueOf(machine)}`;
  if (step.kind === 'raise')
    return `; it raises ${step.error?.type ?? 'an exception'}: ${step.error?.message ?? ''}`;
  return '';
}

function namesText(machine: MachineState, frame: FrameState): string {
  if (frame.names.length === 0)
    return frame.frame.parentId === null ? 'no names yet' : 'no names of its own';
  return frame.names.map((name) => nameText(machine, frame, name)).join(', ');
}

function nameText(
  machine: MachineState,
  frame: FrameState,
  { name, value, cellId }: NameState,
): string {
  const known = machine.functions.find((each) => each.id === value?.functionId);
  const text =
    value === null
      ? 'empty'
      : known === undefined
        ? `${value.text.startsWith('<function ') ? 'the function ' : ''}${valueText(machine, value)}`
        : `the function ${functionText(known)} with parent ${parentText(known.parentId)}`;
  const same = value === null ? '' : sameWords(machine, value, { frame, name });
  return `${name}${cellId === null ? '' : ' in a cell'} is ${text}${same}`;
}

/** Other names that are told with a name of a shared object; the object's own sentence has all. */
const SAME_MAX = 3;

function sameWords(
  machine: MachineState,
  value: TraceValue,
  { frame, name }: { frame: FrameState; name: string },
): string {
  if (value.objectId === undefined) {
    const inside = sharedIn(machine, value);
    return inside.length === 0 ? '' : ', which holds a shared object';
  }
  const shared = sharedObjects(machine).get(value.objectId);
  const others = (shared?.names ?? []).filter(
    (each) => each.name.name !== name || each.frame.frame.id !== frame.frame.id,
  );
  if (others.length === 0) return '';
  return `, the same ${value.type} as ${others.slice(0, SAME_MAX).map(holderText).join(' and ')}`;
}

function holderText({ frame, name }: SharedObject['names'][number]): string {
  return `${name.name} in ${frameLabel(frame.frame)}`;
}

function sharedText(
  machine: MachineState,
  { value, names, inside, isChanged }: SharedObject,
): string {
  const bound = names.length === 0 ? 'no name' : names.map(holderText).join(', ');
  const held = [...new Set(inside)].map((id) => {
    const other = sharedObjects(machine).get(id)?.value;
    const times = inside.filter((each) => each === id).length;
    return `; it holds the shared ${other?.type ?? 'object'} ${other?.text ?? ''}${times > 1 ? ` ${times} times` : ''}`;
  });
  const changed = isChanged ? '; it changed in this step' : '';
  return `Shared object: ${value.type} ${value.text}, bound to ${bound}${held.join('')}${changed}.`;
}

function functionWords(each: TraceFunction): string {
  const names = Object.keys(each.cells);
  const keeps = names.length === 0 ? '' : `; it keeps the cell of ${names.join(', ')}`;
  return `Function object: ${functionText(each)}, parent ${parentText(each.parentId)}${keeps}.`;
}

function keptText(machine: MachineState, frame: FrameState): string {
  const cells = frame.names.map((name) => {
    const cell = name.cellId === null ? undefined : machine.cells.get(name.cellId);
    if (cell === undefined || cell.before === null) return nameText(machine, frame, name);
    return `${nameText(machine, frame, name)}, was ${valueText(machine, cell.before)} until step ${cell.changedAt}`;
  });
  return `Kept: ${frameLabel(frame.frame)}, left the stack; ${cells.join('; ')}.`;
}
