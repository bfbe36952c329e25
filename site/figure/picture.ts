// What a picture of a run is, to the page around it: the frame with its title, the step controls and the words are
// the same for all. One file makes each picture; pictures.ts lists them.

import type { ComponentChildren } from 'preact';
import type { Trace } from '../../src/python/trace.ts';
import type { Cell } from '../lesson/cell-state.ts';
import type { Words } from './step-words.ts';

/**
 * Makes the picture of one run. `of` is the function it is about; null leaves the choice to the picture. `code` is
 * the program that ran.
 */
export type MakePicture = (trace: Trace, of: string | null, code: string) => Picture;

/** It is looked at in positions, counted from 0; most pictures have one for each step of the trace. */
export interface Picture {
  /** `Call tree of fib` */
  readonly title: string;
  /** The step of the trace that each position belongs to, never falling: the controls go from one to the next. */
  readonly stops: readonly number[];
  /** Positions at which something is complete, for print; without them: first call, deepest call, end. */
  readonly landmarks?: readonly number[];
  /** What one of them is called on the button: `Step`, `Next call`. */
  readonly next: string;
  /** What happens at a position, beside the controls. */
  sentence(at: number): Words;
  /** The whole picture in words, one sentence a thing that is drawn. */
  words(at: number): readonly string[];
  /** The drawing itself, in a box of `width` pixels. */
  draw(at: number, width: number): ComponentChildren;
  /** A table beside it. */
  beside?(at: number): ComponentChildren;
  /** What stands under the program, at a step of the trace. */
  underProgram?(step: number): ComponentChildren;
  /** A switch over program and picture. */
  above?(cell: Cell): ComponentChildren;
  /** Why it does not show the whole run, when it holds less than the trace does. */
  readonly cut?: string | null;
  /** What its shapes stand for. */
  readonly legend: ComponentChildren;
}
