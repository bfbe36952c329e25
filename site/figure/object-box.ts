// The box of a list, dict, set or instance that several names share, before it has a place.
//
//   +-- list ----- changed +
//   | [1, 2, 3]            |
//   +----------------------+

import type { SharedObject } from '../../src/python/shared-objects.ts';
import type { ObjectId } from '../../src/python/trace.ts';
import { fitMono, fitNote, MONO_SIZE, monoWidth, noteWidth } from './measure.ts';

export const OBJECT_HEAD = 22;
export const OBJECT_LINE = 18;
export const OBJECT_INSET = 10;
const OBJECT_FOOT = 9;
const OBJECT_LINES_MAX = 3;
/** A longer text is broken into lines, so that the other columns keep their room. */
const OBJECT_TEXT_WANTED_MAX = 132;
const CHANGED = 'changed';
const CHANGED_GAP = 12;

export interface ObjectContent {
  readonly id: ObjectId;
  /** `list`, `Patient`. */
  readonly type: string;
  readonly lines: readonly string[];
  /** The whole text, where it was cut. */
  readonly full: string;
  readonly isChanged: boolean;
  /** Objects that stand in it: an arrow leads to each. */
  readonly inside: readonly ObjectId[];
  readonly height: number;
}

export function objectContent(shared: SharedObject, width: number): ObjectContent {
  const inner = width - 2 * OBJECT_INSET;
  const { id, value, isChanged, inside } = shared;
  const lines = wrapped(value.text, inner);
  const marked = isChanged ? noteWidth(CHANGED) + CHANGED_GAP : 0;
  return {
    id,
    type: fitNote(value.type, inner - marked),
    lines,
    full: value.text,
    isChanged,
    inside,
    height: OBJECT_HEAD + lines.length * OBJECT_LINE + OBJECT_FOOT,
  };
}

export function wantedObject({ value }: SharedObject): number {
  const head = noteWidth(value.type) + noteWidth(CHANGED) + CHANGED_GAP;
  const text = Math.min(OBJECT_TEXT_WANTED_MAX, monoWidth(value.text));
  return Math.max(head, text) + 2 * OBJECT_INSET;
}

/** Lines of a value, broken after a comma or a space where there is one. */
function wrapped(text: string, width: number): readonly string[] {
  const max = Math.max(1, Math.floor(width / monoWidth('0', MONO_SIZE) + 0.001));
  const lines: string[] = [];
  let rest = text;
  while (rest.length > max && lines.length < OBJECT_LINES_MAX - 1) {
    const space = rest.lastIndexOf(' ', max);
    const end = space > max / 3 ? space : max;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, fitMono(rest, width)];
}
