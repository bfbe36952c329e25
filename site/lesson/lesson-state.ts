// One page of a lesson while somebody reads it: its programs, and what has been answered.

import type { Item } from '../../src/lab/progress.ts';
import type { LessonPage } from '../../src/lesson/lesson-model.ts';
import { answeredBlocks, itemId, watchOf } from '../../src/lesson/lesson-model.ts';
import type { Packet } from '../../src/python/messages.ts';
import { makeCell, type Cell } from './cell-state.ts';
import type { PagePython } from './python.ts';

/** What a page of a lesson is made from, as JSON in the page. */
export interface LessonModel {
  readonly lessonId: string;
  readonly page: LessonPage;
  /** Exercise -> wrong answer -> signature, as `check` recorded it. */
  readonly signatures: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Question about a picture -> right answer, as `check` worked it out. */
  readonly answers: Readonly<Record<string, string>>;
}

/** Where answers are kept; when the site is built there is none. */
export interface ItemStore {
  get(id: string): Item | null;
  record(id: string, change: Partial<Item>): void;
}

export interface LessonState {
  readonly model: LessonModel;
  readonly python: PagePython;
  readonly cells: ReadonlyMap<string, Cell>;
  item(blockId: string): Item | null;
  record(blockId: string, change: Partial<Item>): void;
}

export interface LessonParts {
  readonly model: LessonModel;
  readonly python: PagePython;
  readonly store: ItemStore;
  readonly onPacket: (packet: Packet) => void;
}

export function makeLessonState({ model, python, store, onPacket }: LessonParts): LessonState {
  const { lessonId, page } = model;
  const cells = new Map<string, Cell>();
  for (const block of page.blocks) {
    if (block.kind === 'cell') {
      const { file, code, files, packages, cli: command } = block;
      cells.set(
        block.id,
        makeCell({ file, code, files, packages, command, watch: watchOf(block), onPacket }, python),
      );
    }
    if (block.kind === 'exercise') {
      const { file, starter, isRenamable, packages } = block;
      const options = { file, ...starter, isRenamable, packages, watch: null, onPacket };
      cells.set(block.id, makeCell(options, python));
    }
  }
  for (const block of page.blocks) {
    const cell = block.kind === 'predict' ? cells.get(block.cellId) : undefined;
    if (cell !== undefined) cell.isLocked.value = true;
  }

  return {
    model,
    python,
    cells,
    item: (blockId) => store.get(itemId(lessonId, blockId)),
    record(blockId, change) {
      store.record(itemId(lessonId, blockId), change);
      const isDone = (id: string): boolean => store.get(itemId(lessonId, id))?.state === 'done';
      if (change.state === 'done' && answeredBlocks(page).every(isDone))
        store.record(itemId(lessonId, page.id), { state: 'done' });
    },
  };
}

/** A cell of the page; a block without one is a fault of the compiler. */
export function cellOf(state: LessonState, id: string): Cell {
  const cell = state.cells.get(id);
  if (cell === undefined) throw new Error(`The page has no cell "${id}".`);
  return cell;
}
