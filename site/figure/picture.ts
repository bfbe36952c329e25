// What a picture of a run is, to the page around it: the frame with its title, the step controls and the words are
// the same for all. One file makes each picture; pictures.ts lists them.

import type { ComponentChildren } from 'preact';
import type { Trace } from '../../src/python/trace.ts';
import type { Cell } from '../lesson/cell-state.ts';
import type { Words } from './step-words.ts';

/** Makes the picture of one run. `of` is the function it is about; null leaves the choice to the picture. */
export type MakePicture = (trace: Trace, of: string | null) => Picture;

/** Indexes are steps of the trace, from 0. */
export interface Picture {
  /** `Call tree of fib` */
  readonly title: string;
  /** Steps at which it changes, in order: the controls go from one to the next. */
  readonly stops: readonly number[];
  /** What one of them is called on the button: `Step`, `Next call`. */
  readonly next: string;
  /** What happens at a step, beside the controls. */
  sentence(index: number): Words;
  /** The whole picture in words, one sentence a thing that is drawn. */
  words(index: number): readonly string[];
  /** The drawing itself, in a box of `width` pixels. */
  draw(index: number, width: number): ComponentChildren;
  /** A table beside it. */
  beside?(index: number): ComponentChildren;
  /** What stands under the program. */
  underProgram?(index: number): ComponentChildren;
  /** A switch over program and picture. */
  above?(cell: Cell): ComponentChildren;
  /** What its shapes stand for. */
  readonly legend: ComponentChildren;
}
