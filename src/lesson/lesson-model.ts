// A compiled lesson: what the pages, `check` and the islands read. Plain JSON.
//
//   lesson -> pages -> blocks: prose, cell, predict, rule, question, explore, exercise, source

import type { CheckTest } from '../python/messages.ts';
import type { View, Watch } from '../python/views.ts';
import type { Unit } from './measures.ts';

export interface CompiledLesson {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  /** "40-60" */
  readonly minutes: string;
  /** Whether the home page names it; one that is not listed is for authors. */
  readonly isListed: boolean;
  /** A project has longer programs. */
  readonly isProject: boolean;
  /** What a reader needs before: ids of lessons, or words where there is no lesson. */
  readonly prerequisites: readonly string[];
  readonly misconceptions: readonly MetMisconception[];
  readonly pages: readonly LessonPage[];
}

/** A belief of lessons/misconceptions.yaml, and what brings it out. */
export interface MetMisconception {
  readonly name: string;
  /** A prediction, a question or an exercise. */
  readonly blockId: string;
  /** The wrong option or the wrong answer of it. */
  readonly answer: string;
}

export const PAGE_KINDS = ['run', 'predict', 'explore', 'write', 'fix', 'refactor'] as const;
export type PageKind = (typeof PAGE_KINDS)[number];

export interface Minutes {
  readonly min: number;
  readonly max: number;
}

export interface LessonPage {
  readonly id: string;
  readonly title: string;
  readonly kind: PageKind;
  /** Lower and upper, for one reader alone; null in a text that says none. */
  readonly minutes: Minutes | null;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'prose'; readonly html: string }
  | { readonly kind: 'rule'; readonly html: string }
  | SourceBlock
  | CellBlock
  | PredictBlock
  | QuestionBlock
  | ExploreBlock
  | ExerciseBlock;

/** A declaration of our own code, as it stands in its file. */
export interface SourceBlock {
  readonly kind: 'source';
  /** `src/core/carbon/line.ts` */
  readonly path: string;
  readonly name: string;
  /** Where it begins there, from 1. */
  readonly line: number;
  /** Its lines, coloured. */
  readonly html: string;
}

/** A program that the reader can change and run. */
export interface CellBlock {
  readonly kind: 'cell';
  readonly id: string;
  /** `counters.py` */
  readonly file: string;
  readonly code: string;
  /** Further files beside it, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** The cell above whose further files it brings too: `files` holds them. */
  readonly filesOf: string | null;
  /** Packages that it imports, as `click`. */
  readonly packages: readonly string[];
  /** The command line that it is started with; null for a program that is only run. */
  readonly cli: string | null;
  /** Lines that `check` types when the program asks for them. */
  readonly input: readonly string[];
  /** What a run is drawn as, step by step. */
  readonly view: View | null;
  /** The function whose calls a call tree shows; null takes the one that was called most often. */
  readonly of: string | null;
  /** A line of the program: a picture that stands still shows the machine after it. */
  readonly stepsTo: string | null;
  /** The cell of which this one is a variant: then only the lines that changed are shown. */
  readonly changes: string | null;
}

/** What a run of the cell is watched for; null where there is no picture. */
export function watchOf({ view, of }: CellBlock): Watch | null {
  return view === null ? null : { view, of };
}

/** A question that is asked before a cell may run; the right answer is what the cell prints. */
export interface PredictBlock {
  readonly kind: 'predict';
  readonly id: string;
  readonly cellId: string;
  readonly questionHtml: string;
  /** Empty: the reader types the answer. */
  readonly options: readonly Option[];
  /** What is said to an answer: by misconception, or by the typed text. */
  readonly feedback: Readonly<Record<string, string>>;
}

export interface QuestionBlock {
  readonly kind: 'question';
  readonly id: string;
  readonly questionHtml: string;
  readonly options: readonly Option[];
  readonly feedback: Readonly<Record<string, string>>;
}

/** A question about the picture of a cell; the right answer is worked out from its trace. */
export interface ExploreBlock {
  readonly kind: 'explore';
  readonly id: string;
  readonly cellId: string;
  /** What to count there: `calls fib`. See measures.ts. */
  readonly measure: string;
  /** `call`, `calls`; null when the answer is a text. */
  readonly unit: Unit | null;
  readonly questionHtml: string;
  /** What is said to a wrong answer, by the typed text. */
  readonly feedback: Readonly<Record<string, string>>;
}

export interface Option {
  /** The output, the error (`Error: NameError`), or the words to choose. */
  readonly text: string;
  /** What the reader would be thinking: one line below the text; may be empty. */
  readonly note: string;
  readonly isRight: boolean;
  readonly misconception: string | null;
  /** A program that really prints this; null for the right option. */
  readonly variant: string | null;
  /** Why no program prints this, where none does. */
  readonly unproved: string | null;
}

/** An answer to an exercise: the program, and the further files beside it. */
export interface Answer {
  readonly code: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface ExerciseBlock {
  readonly kind: 'exercise';
  readonly id: string;
  readonly file: string;
  readonly html: string;
  /** Packages that its answer may import. */
  readonly packages: readonly string[];
  readonly starter: Answer;
  /** Whether the reader may give the further files other names. */
  readonly isRenamable: boolean;
  /** Whether the starter does not parse on purpose: repairing that is the task. */
  readonly isBroken: boolean;
  readonly solution: Answer;
  readonly tests: readonly CheckTest[];
  readonly wrong: readonly WrongAnswer[];
  /** Exactly HINTS_OF_A_TASK, each says more than the one before. */
  readonly hints: readonly string[];
  /** Lines to put in order, mixed; null where the answer is typed. */
  readonly pieces: readonly Piece[] | null;
  /** The answer is a function of checks that must notice so many broken versions, the last tests; null elsewhere. */
  readonly mutants: number | null;
  /** The program cut at its blanks, where only those are typed: one text more than blanks; null elsewhere. */
  readonly aroundBlanks: readonly string[] | null;
}

/** What Python is told of an answer besides its program. */
export function gradingOf(
  { file, packages }: ExerciseBlock,
  { files }: Pick<Answer, 'files'>,
): Pick<ExerciseBlock, 'file' | 'packages'> & Pick<Answer, 'files'> {
  return { file, files, packages };
}

/** One line of a program that is put together. */
export interface Piece {
  readonly text: string;
  /** Why it does not belong there; null for a line of the program. */
  readonly distractorHtml: string | null;
}

/** An answer that readers give, with the words that help them on. */
export interface WrongAnswer extends Answer {
  readonly id: string;
  readonly feedbackHtml: string;
}

/** The names of all wrong answers that the block has words for. */
export function wrongAnswersOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'exercise':
      return block.wrong.map(({ id }) => id);
    case 'predict':
    case 'question':
    case 'explore':
      return Object.keys(block.feedback);
    default:
      return [];
  }
}

/** The progress id of a block or a page of a lesson. */
export function itemId(lessonId: string, id: string): string {
  return `${lessonId}/${id}`;
}

const ANSWERED = ['predict', 'question', 'explore', 'exercise'];

/** Blocks that a reader answers: a page is done when all of them are. */
export function answeredBlocks(page: LessonPage): readonly string[] {
  return page.blocks.flatMap((block) =>
    ANSWERED.some((kind) => kind === block.kind) && 'id' in block ? [block.id] : [],
  );
}
