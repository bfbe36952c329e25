// The boxes of the environment diagram before they have a place: what stands in each, row by row.
//
//   +-- f3 step ------ now +
//   | count            [2] |   a row: name and value, a cell, or a dot for a function
//   | returns          <2| |   the value on its way out
//   +----------------------+

import type { FrameState, MachineState, NameState } from '../../src/python/trace-state.ts';
import type { FrameId, FunctionId, TraceFrame, TraceFunction } from '../../src/python/trace.ts';
import { fitMono, fitNote, monoWidth, noteWidth } from './measure.ts';

export const TAB_HEIGHT = 24;
const ROW_HEIGHT = 28;
const CELL_ROW_HEIGHT = 40;
const TWO_LINE_HEIGHT = 46;
const NOTE_HEIGHT = 22;
const FRAME_PADDING = 8;
export const ROW_INSET = 10;
/** Room between a name and its value in one line. */
const NAME_GAP = 14;
/** Cell and tag: the box round a value is this much wider than the value. */
const VALUE_FRAME = 26;
const VALUE_SIZE = 14;
/** A frame with more names folds the rest into one line of words. */
const NAMES_MAX = 12;

export type RowKind = 'value' | 'cell' | 'function' | 'return' | 'raise' | 'note' | 'strong-note';

export interface FrameRow {
  readonly kind: RowKind;
  /** Name, `returns`, or the words of a note. */
  readonly label: string;
  /** What stands at the right, cut to the width; the whole is in `full`. */
  readonly value: string;
  readonly full: string;
  /** The value stands on a line of its own, below the name. */
  readonly below: boolean;
  /** Middle of the row (of its first line when the value stands below), from the top of the frame. */
  readonly y: number;
  readonly functionId: FunctionId | null;
  readonly changed: boolean;
}

export interface FrameContent {
  readonly id: FrameId;
  readonly state: 'running' | 'waiting' | 'kept' | 'left';
  /** `f3 step`, `Global`. */
  readonly label: string;
  readonly rows: readonly FrameRow[];
  readonly height: number;
}

/** A row without its place. */
type Draft = Omit<FrameRow, 'y' | 'below' | 'changed'> & { readonly changed?: boolean };

export function frameLabel(frame: TraceFrame): string {
  return frame.parentId === null ? frame.name : `${frame.id} ${frame.name}`;
}

export function stackFrame(machine: MachineState, frame: FrameState, width: number): FrameContent {
  const drafts = frame.names.slice(0, NAMES_MAX).map((name) => nameDraft(machine, name));
  const folded = frame.names.length - drafts.length;
  if (folded > 0) drafts.push(note(`and ${folded} more names`));
  if (frame.names.length === 0) {
    drafts.push(note(frame.frame.parentId === null ? 'no names yet' : 'no names of its own'));
  }
  if (frame.running) drafts.push(...endingDrafts(machine));
  const state = frame.running ? 'running' : 'waiting';
  return placed(frame.frame, state, drafts, width);
}

export function keptFrame(machine: MachineState, frame: FrameState, width: number): FrameContent {
  const drafts = frame.names.flatMap((name) => [nameDraft(machine, name), cellNote(machine, name)]);
  return placed(frame.frame, 'kept', drafts, width);
}

/** A frame that has just left the stack: an empty, dashed box with one line of words. */
export function leftFrame(frame: TraceFrame, isKept: boolean, width: number): FrameContent {
  return placed(
    frame,
    'left',
    [note(isKept ? 'left; its cells are kept' : 'left the stack')],
    width,
  );
}

/** The width that the frame would like to have. */
export function wantedWidth(machine: MachineState, frame: FrameState): number {
  const tab = monoWidth(frameLabel(frame.frame)) + (frame.running ? 44 : 0) + 2 * ROW_INSET;
  const rows = frame.names.map((name) => wantedRow(nameDraft(machine, name)));
  const endings = frame.running ? endingDrafts(machine).map(wantedRow) : [];
  return Math.max(tab, ...rows, ...endings);
}

function wantedRow(row: Draft): number {
  return monoWidth(row.label) + valueWidth(row.kind, row.value) + NAME_GAP + 2 * ROW_INSET;
}

/** Width of a value with what is drawn round it. */
export function valueWidth(kind: RowKind, text: string): number {
  if (kind === 'function') return 8;
  if (kind === 'value') return monoWidth(text);
  return monoWidth(text, VALUE_SIZE) + VALUE_FRAME;
}

function nameDraft(machine: MachineState, name: NameState): Draft {
  const value = name.value;
  const functionId = value?.functionId ?? null;
  const known = machine.functions.find((each) => each.id === functionId);
  const text = value === null ? 'empty' : known === undefined ? value.text : functionText(known);
  const kind = name.cellId !== null ? 'cell' : functionId === null ? 'value' : 'function';
  const changed = name.changedAt === machine.index && machine.index > 0;
  return { kind, label: name.name, value: text, full: text, functionId, changed };
}

function functionText(each: TraceFunction): string {
  return each.name === '<lambda>' ? 'lambda' : each.name;
}

/** What the running frame hands out or lets fall at this step. */
function endingDrafts(machine: MachineState): Draft[] {
  const { step } = machine;
  if (step.kind === 'raise') {
    const type = step.error?.type ?? 'an exception';
    const full = `${type}: ${step.error?.message ?? ''}`;
    return [{ kind: 'raise', label: 'raises', value: type, full, functionId: null }];
  }
  if (step.value === undefined || (step.kind !== 'return' && step.kind !== 'yield')) return [];
  const functionId = step.value.functionId ?? null;
  const known = machine.functions.find((each) => each.id === functionId);
  const text = known === undefined ? step.value.text : functionText(known);
  const label = step.kind === 'return' ? 'returns' : 'yields';
  return [{ kind: 'return', label, value: text, full: text, functionId, changed: true }];
}

function cellNote(machine: MachineState, name: NameState): Draft {
  const cell = name.cellId === null ? undefined : machine.cells.get(name.cellId);
  if (cell === undefined) return note('');
  if (cell.before === null) return note(`same since step ${cell.changedAt + 1}`);
  const words = `was ${cell.before.text} until step ${cell.changedAt}`;
  return { ...note(words), kind: 'strong-note' };
}

function note(words: string): Draft {
  return { kind: 'note', label: words, value: '', full: words, functionId: null };
}

function placed(
  frame: TraceFrame,
  state: FrameContent['state'],
  drafts: readonly Draft[],
  width: number,
): FrameContent {
  const inner = width - 2 * ROW_INSET;
  let y = TAB_HEIGHT + 4;
  const rows = drafts.map((draft): FrameRow => {
    const isNote = draft.kind === 'note' || draft.kind === 'strong-note';
    const below = !isNote && wantedRow(draft) > width && draft.kind !== 'function';
    const height = rowHeight(draft.kind, below);
    const firstLine = below ? ROW_HEIGHT - 4 : height;
    const row = {
      ...draft,
      changed: draft.changed ?? false,
      label: isNote ? fitNote(draft.label, inner) : fitMono(draft.label, inner - 12),
      value: cutValue(draft, inner),
      below,
      y: y + firstLine / 2,
    };
    y += height;
    return row;
  });
  const running = state === 'running' ? 44 : 0;
  const label = fitMono(frameLabel(frame), inner - running);
  return { id: frame.id, state, label, rows, height: y + FRAME_PADDING - 2 };
}

function cutValue(draft: Draft, inner: number): string {
  if (draft.kind === 'value') return fitMono(draft.value, inner);
  return fitMono(draft.value, inner - VALUE_FRAME, VALUE_SIZE);
}

function rowHeight(kind: RowKind, below: boolean): number {
  if (kind === 'note' || kind === 'strong-note') return NOTE_HEIGHT;
  const boxed = kind === 'cell' || kind === 'return' || kind === 'raise';
  if (below) return TWO_LINE_HEIGHT + (boxed ? 14 : 0);
  return boxed ? CELL_ROW_HEIGHT : ROW_HEIGHT;
}

/** What a function box says: its name, and where it looks names up next. */
export function functionLines(each: TraceFunction, width: number): readonly [string, string] {
  const name = fitMono(functionText(each), width - 40, VALUE_SIZE);
  const parent = each.parentId === 'f0' ? 'Global' : each.parentId;
  return [name, fitNote(`parent ${parent}`, width - 40)];
}

export function wantedFunction(each: TraceFunction): number {
  return Math.max(monoWidth(functionText(each), VALUE_SIZE), noteWidth('parent Global')) + 46;
}
