// What `check --record` saw when it ran a lesson: outputs, the picture's steps, how wrong answers fail.
// Kept beside the lesson as recorded.json, reviewed like a golden file; the build only reads it.

import { bad, good, type Result } from '../core/base/result.ts';
import type { Trace } from '../python/trace.ts';
import type { CompiledLesson } from './lesson-model.ts';

export interface Recorded {
  /** `3.14.2` */
  readonly python: string;
  readonly cells: Readonly<Record<string, RecordedRun>>;
  /** Exercise -> wrong answer -> the signature of its failures. */
  readonly wrong: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Question about a picture -> its right answer. */
  readonly answers: Readonly<Record<string, string>>;
}

/** A lesson with what was seen of it: what pages and downloads are made from. */
export interface RecordedLesson extends CompiledLesson {
  readonly recorded: Recorded;
}

export interface RecordedRun {
  readonly code: string;
  readonly output: string;
  /** `NameError`, or null when the program ran to its end. */
  readonly error: string | null;
  /** Of a program with a command line. */
  readonly exitCode?: number | null;
  readonly trace: Trace | null;
  /** Index of the step that a picture shows where nobody can step. */
  readonly keyStep: number | null;
}

/** The answer that a prediction is compared with: the output, or `Error: NameError`. */
export function answerOf(run: Pick<RecordedRun, 'output' | 'error'>): string {
  return run.error === null ? sameText(run.output) : `Error: ${run.error}`;
}

/** Texts are the same to a reader when they differ only in blanks at the ends of lines. */
export function sameText(text: string): string {
  return text.replace(/[ \t]+$/gm, '').trim();
}

export function readRecorded(text: string, file: string): Result<Recorded> {
  try {
    // A record from before there were such questions has no answers to them.
    const recorded = JSON.parse(text) as Omit<Recorded, 'answers'> & Partial<Recorded>;
    return good({ ...recorded, answers: recorded.answers ?? {} });
  } catch {
    return bad(`${file} is not JSON. It begins with "${text.slice(0, 40)}".`);
  }
}

/** The step at which `stepsTo` has been carried out: the next step in the same frame. Without it, the last step. */
export function keyStepOf(trace: Trace, code: string, stepsTo: string | null): number {
  const last = trace.steps.length - 1;
  if (stepsTo === null) return last;
  const line = code.split('\n').findIndex((text) => text.trim() === stepsTo) + 1;
  const at = trace.steps.findLastIndex((step) => step.kind === 'line' && step.line === line);
  const frameId = trace.steps[at]?.frameId;
  const after = trace.steps.findIndex(
    (step, index) => index > at && at >= 0 && step.frameId === frameId,
  );
  return after < 0 ? last : after;
}
