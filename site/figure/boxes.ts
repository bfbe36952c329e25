// The boxes of the environment diagram before they have a place: what stands in each, row by row.
//
//   +-- f3 step ------ now +
//   | count            [2] |   a row: name and value, a cell, or a dot for a function
//   | returns          <2| |   the value on its way out
//   +----------------------+

import type { Caller, FrameState, MachineState, NameState } from '../../src/python/trace-state.ts';
import { sharedIn } from '../../src/python/shared-objects.ts';
import type {
  FrameId,
  FunctionId,
  TraceFrame,
  TraceFunction,
  TraceValue,
} from '../../src/python/trace.ts';
import { fitMono, fitNote, monoWidth, NOTE_SIZE, noteWidth } from './measure.ts';

export const TAB_HEIGHT = 24;
const ROW_HEIGHT = 28;
const CELL_ROW_HEIGHT = 40;
const TWO_LINE_HEIGHT = 46;
const NOTE_HEIGHT = 22;
const FRAME_PADDING = 10;
export const ROW_INSET = 10;
export const FOLDED_HEIGHT = 30;
export const FUNCTION_HEIGHT = 50;
/** Where the words of a function box begin, and the room right of them. */
export const FUNCTION_TEXT_X = 29;
const FUNCTION_END = 12;
/** `now` in the tab of the running frame, with the room before it. */
const NOW_WIDTH = 28;
/** A list of functions leads to so many of them. */
const HELD_MAX = 4;
/** Room between a name and its value in one line. */
const NAME_GAP = 14;
/** Cell and tag: the box round a value is this much wider than the value. */
const VALUE_FRAME = 26;
export const VALUE_SIZE = 14;
const TAB_SIZES = [13, 12] as const;
/** A frame with more names folds the rest into one line of words. */
const NAMES_MAX = 12;

/** `link` is a name whose function or shared object is drawn in a box of its own: a line leads to it. */
export type RowKind = 'value' | 'cell' | 'link' | 'return' | 'raise' | 'note' | 'strong-note';

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
  /** Function objects and shared objects that the value is, or holds: a line leads to each. */
  readonly targets: readonly string[];
  readonly changed: boolean;
}

export interface FrameContent {
  readonly id: FrameId;
  readonly state: 'running' | 'waiting' | 'kept' | 'left' | 'folded';
  /** `f3 step`, `Global`, cut to the width; the whole is in `full`. */
  readonly label: string;
  readonly labelSize: number;
  readonly full: string;
  readonly rows: readonly FrameRow[];
  readonly height: number;
}

/** A row without its place. */
type Draft = Omit<FrameRow, 'y' | 'below' | 'changed'> & { readonly changed?: boolean };

export function frameLabel(frame: TraceFrame): string {
  return frame.parentId === null ? frame.name : `${frame.id} ${frame.name}`;
}

/** In a narrow picture there is no room for the words between two frames: they stand in the frame. */
export function stackFrame(
  machine: MachineState,
  frame: FrameState,
  width: number,
  isNarrow: boolean,
): FrameContent {
  const drafts = frame.names.slice(0, NAMES_MAX).map((name) => nameDraft(machine, name));
  const folded = frame.names.length - drafts.length;
  if (folded > 0) drafts.push(note(`and ${folded} more names`));
  if (frame.names.length === 0) {
    drafts.push(note(frame.frame.parentId === null ? 'no names yet' : 'no names of its own'));
  }
  if (frame.running) drafts.push(...endingDrafts(machine));
  if (isNarrow && frame.caller !== null) drafts.unshift(note(callerWords(frame.caller)));
  return placed(frame.frame, isNow(machine, frame) ? 'running' : 'waiting', drafts, width);
}

/** `called by line 9`: the words of the line to the caller. */
export function callerWords({ line, resumed }: Caller): string {
  return `${resumed ? 'resumed' : 'called'} by line ${line}`;
}

export function keptFrame(machine: MachineState, frame: FrameState, width: number): FrameContent {
  return placed(frame.frame, 'kept', keptDrafts(machine, frame), width);
}

function keptDrafts(machine: MachineState, frame: FrameState): Draft[] {
  return frame.names.flatMap((name) => [nameDraft(machine, name), cellNote(machine, name)]);
}

/** A frame that has just left the stack: an empty, dashed box with one line of words. */
export function leftFrame(frame: TraceFrame, isKept: boolean, width: number): FrameContent {
  const words = isKept ? 'left, its cells stay' : 'left the stack';
  return placed(frame, 'left', [note(words)], width);
}

/** In place of the middle of a deep stack. */
export function foldedFrames(count: number, width: number): FrameContent {
  const full = `${count} more calls wait`;
  const label = fitNote(full, width - 2 * ROW_INSET);
  const height = FOLDED_HEIGHT;
  return { id: 'folded', state: 'folded', label, labelSize: NOTE_SIZE, full, rows: [], height };
}

/** The width that a kept frame would like to have. */
export function wantedKept(machine: MachineState, frame: FrameState): number {
  const tab = monoWidth(frameLabel(frame.frame), TAB_SIZES[1]) + 2 * ROW_INSET;
  return Math.max(tab, ...keptDrafts(machine, frame).map(wantedRow));
}

/** The width that a frame on the stack would like to have. */
export function wantedWidth(machine: MachineState, frame: FrameState): number {
  const now = isNow(machine, frame) ? NOW_WIDTH : 0;
  const tab = monoWidth(frameLabel(frame.frame), TAB_SIZES[1]) + now + 2 * ROW_INSET;
  const rows = frame.names.map((name) => wantedRow(nameDraft(machine, name)));
  const endings = frame.running ? endingDrafts(machine).map(wantedRow) : [];
  return Math.max(tab, ...rows, ...endings);
}

/** Before the first line and after the last one no frame runs. */
function isNow(machine: MachineState, frame: FrameState): boolean {
  return frame.running && machine.step.kind !== 'start' && machine.step.kind !== 'end';
}

function wantedRow(row: Draft): number {
  if (isNote(row.kind)) return noteWidth(row.label) + 2 * ROW_INSET;
  return labelWidth(row) + valueWidth(row.kind, row.value) + NAME_GAP + 2 * ROW_INSET;
}

/** `returns` and `raises` are words, every other label is a name of the program. */
export function isWord(kind: RowKind): boolean {
  return kind === 'return' || kind === 'raise';
}

export function isNote(kind: RowKind): boolean {
  return kind === 'note' || kind === 'strong-note';
}

export function labelWidth({ kind, label }: Pick<FrameRow, 'kind' | 'label'>): number {
  return isWord(kind) || isNote(kind) ? noteWidth(label) : monoWidth(label);
}

/** Width of a value with what is drawn round it. */
export function valueWidth(kind: RowKind, text: string): number {
  if (kind === 'link') return 8;
  if (kind === 'value') return monoWidth(text);
  return monoWidth(text, VALUE_SIZE) + VALUE_FRAME;
}

function nameDraft(machine: MachineState, name: NameState): Draft {
  const full = name.value === null ? 'empty' : valueText(machine, name.value);
  const shared = sharedIn(machine, name.value);
  const isShared = name.value?.objectId !== undefined && shared.length > 0;
  const isLink = isShared || name.value?.functionId !== undefined;
  const kind = name.cellId !== null ? 'cell' : isLink ? 'link' : 'value';
  const changed = name.changedAt === machine.index && machine.index > 0;
  const targets = [...functionsOf(name.value), ...shared];
  // The text of a shared object stands in its own box.
  const value = isShared && name.value !== null ? name.value.type : full;
  return { kind, label: name.name, value, full, targets, changed };
}

function functionsOf(value: TraceValue | null): readonly FunctionId[] {
  if (value === null) return [];
  return value.functionId === undefined
    ? (value.holds ?? []).slice(0, HELD_MAX)
    : [value.functionId];
}

/** `<function step>` is a line to the object; where words are needed its name is enough. */
export function valueText(machine: MachineState, value: TraceValue): string {
  const known = machine.functions.find((each) => each.id === value.functionId);
  return known === undefined ? shortened(value.text) : functionText(known);
}

function shortened(text: string): string {
  return text.replaceAll(/<function <?([\w.]+)>?>/g, '$1');
}

export function functionText(each: TraceFunction): string {
  return each.name === '<lambda>' ? 'lambda' : each.name;
}

/** What the running frame hands out or lets fall at this step. */
function endingDrafts(machine: MachineState): Draft[] {
  const { step } = machine;
  if (step.kind === 'raise') {
    const type = step.error?.type ?? 'an exception';
    const full = `${type}: ${step.error?.message ?? ''}`;
    return [{ kind: 'raise', label: 'raises', value: type, full, targets: [] }];
  }
  if (step.value === undefined || (step.kind !== 'return' && step.kind !== 'yield')) return [];
  const text = valueText(machine, step.value);
  const label = step.kind === 'return' ? 'returns' : 'yields';
  const targets = functionsOf(step.value);
  return [{ kind: 'return', label, value: text, full: text, targets, changed: true }];
}

function cellNote(machine: MachineState, name: NameState): Draft {
  const cell = name.cellId === null ? undefined : machine.cells.get(name.cellId);
  if (cell === undefined) return note('');
  if (cell.before === null) return note(`same since step ${cell.changedAt + 1}`);
  const words = `was ${valueText(machine, cell.before)} until step ${cell.changedAt}`;
  return { ...note(words), kind: 'strong-note' };
}

function note(words: string): Draft {
  return { kind: 'note', label: words, value: '', full: words, targets: [] };
}

function placed(
  frame: TraceFrame,
  state: FrameContent['state'],
  drafts: readonly Draft[],
  width: number,
): FrameContent {
  let y = TAB_HEIGHT + 4;
  const rows = drafts.map((draft): FrameRow => {
    const below = !isNote(draft.kind) && wantedRow(draft) > width && draft.kind !== 'link';
    const height = rowHeight(draft.kind, below);
    const firstLine = below ? ROW_HEIGHT - 4 : height;
    const row = { ...cut(draft, width), below, y: y + firstLine / 2 };
    y += height;
    return row;
  });
  const now = state === 'running' ? NOW_WIDTH : 0;
  return { id: frame.id, state, rows, height: y + FRAME_PADDING - 2, ...tab(frame, width - now) };
}

/** The name of the frame, in the larger size when it fits. */
function tab(frame: TraceFrame, width: number): Pick<FrameContent, 'label' | 'labelSize' | 'full'> {
  const full = frameLabel(frame);
  const inner = width - 2 * ROW_INSET + 2;
  const labelSize = TAB_SIZES.find((size) => monoWidth(full, size) <= inner) ?? TAB_SIZES[1];
  return { label: fitMono(full, inner, labelSize), labelSize, full };
}

function cut(draft: Draft, width: number): Omit<FrameRow, 'below' | 'y'> {
  const inner = width - 2 * ROW_INSET;
  const isWords = isNote(draft.kind) || isWord(draft.kind);
  const label = isWords ? fitNote(draft.label, inner) : fitMono(draft.label, inner - 12);
  const value =
    draft.kind === 'value'
      ? fitMono(draft.value, inner)
      : fitMono(draft.value, inner - VALUE_FRAME, VALUE_SIZE);
  return { ...draft, changed: draft.changed ?? false, label, value };
}

function rowHeight(kind: RowKind, below: boolean): number {
  if (isNote(kind)) return NOTE_HEIGHT;
  const boxed = kind === 'cell' || isWord(kind);
  if (below) return TWO_LINE_HEIGHT + (boxed ? 14 : 0);
  return boxed ? CELL_ROW_HEIGHT : ROW_HEIGHT;
}

/** What a function box says: its name, and where it looks names up next. */
export function functionLines(each: TraceFunction, width: number): readonly [string, string] {
  const inner = width - FUNCTION_TEXT_X - FUNCTION_END;
  return [
    fitMono(functionText(each), inner),
    fitNote(`parent ${parentText(each.parentId)}`, inner),
  ];
}

export function parentText(parentId: FrameId): string {
  return parentId === 'f0' ? 'Global' : parentId;
}

export function wantedFunction(each: TraceFunction): number {
  const words = Math.max(monoWidth(functionText(each)), noteWidth('parent Global'));
  return words + FUNCTION_TEXT_X + FUNCTION_END;
}
