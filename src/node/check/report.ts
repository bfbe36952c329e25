// What `check` has to say: one finding for each thing that is not as its author wrote it, with its place and with
// what to do about it. Warnings are about the text, and fail nothing.

import type { Claim, Said } from '../../lesson/claims.ts';
import type { TextNumbers } from '../../lesson/text-rules.ts';

export interface Finding {
  /** `lessons/07-closures/lesson.md`, as the path was given. */
  readonly file: string;
  /** From 1; null when it is about the whole file. */
  readonly line: number | null;
  /** `in-range`, the id of the activity; null when it has none. */
  readonly id: string | null;
  /** What was expected, what was seen, and what to change. */
  readonly what: string;
}

export interface Report {
  /** Things that were run: programs, tests, wrong answers, tasks. */
  readonly ran: number;
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly lessons: readonly LessonReport[];
  /** All misconceptions that a lesson can name. */
  readonly beliefs: number;
}

/** What a lesson comes to, in numbers. */
export interface LessonReport {
  readonly file: string;
  readonly isListed: boolean;
  readonly pages: number;
  /** What a reader does and is answered: predictions, questions about pictures, exercises. */
  readonly activities: number;
  readonly questions: number;
  /** Wrong answers, mutants, distractors and variants of wrong options, each run and each with its own words. */
  readonly wrongs: number;
  /** Names of lessons/misconceptions.yaml. */
  readonly misconceptions: readonly string[];
  readonly text: TextNumbers;
  readonly claims: readonly Claim[];
}

/** One run, and what it said: its output and its errors. */
export interface Ran extends Said {
  readonly kind: 'program' | 'variant' | 'answer' | 'wrong' | 'distractor' | 'task';
}

export interface Reporter {
  /** What follows is about this file; `lines` tells where its ids stand. */
  begin(file: string, lines: ReadonlyMap<string, number>): void;
  ran(run: Ran): void;
  /** What ran since `begin`. */
  runs(): readonly Ran[];
  lesson(numbers: Omit<LessonReport, 'file'>): void;
  /** Notes a finding unless `holds`. */
  expect(holds: boolean, id: string | null, what: string): void;
  note(line: number, what: string): void;
  warn(line: number, what: string): void;
  /** `beliefs`: how many misconceptions lessons can name. */
  report(beliefs: number): Report;
}

export function makeReporter(): Reporter {
  const findings: Finding[] = [];
  const warnings: Finding[] = [];
  let file = '';
  let lines: ReadonlyMap<string, number> = new Map();
  const lessons: LessonReport[] = [];
  let runs: Ran[] = [];
  let ran = 0;
  return {
    begin(nextFile, nextLines) {
      runs = [];
      file = nextFile;
      lines = nextLines;
    },
    ran(run) {
      ran += 1;
      runs.push(run);
    },
    runs: () => runs,
    lesson: (numbers) => void lessons.push({ file, ...numbers }),
    expect(holds, id, what) {
      if (holds) return;
      const line = id === null ? null : (lines.get(id) ?? null);
      findings.push({ file, line, id, what });
    },
    note: (line, what) => void findings.push({ file, line, id: null, what }),
    warn: (line, what) => void warnings.push({ file, line, id: null, what }),
    report: (beliefs) => ({ ran, findings, warnings, lessons, beliefs }),
  };
}

/** `lessons/07-closures/lesson.md:249: in-range: the solution fails: ...` */
export function findingText({ file, line, id, what }: Finding): string {
  const place = line === null ? file : `${file}:${line}`;
  return id === null ? `${place}: ${what}` : `${place}: ${id}: ${what}`;
}
