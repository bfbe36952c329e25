// Checks one lesson by running all of it: cells, predictions, solutions, wrong answers. Every finding says what to
// change.

import { unusedFile } from '../../lesson/file-names.ts';
import type {
  Answer,
  Block,
  CellBlock,
  CompiledLesson,
  ExerciseBlock,
  ExploreBlock,
  PredictBlock,
} from '../../lesson/lesson-model.ts';
import { gradingOf, watchOf } from '../../lesson/lesson-model.ts';
import { measured } from '../../lesson/measures.ts';
import {
  answerOf,
  keyStepOf,
  sameText,
  type Recorded,
  type RecordedRun,
} from '../../lesson/recorded.ts';
import { typedAnswer } from '../../lesson/typed-answer.ts';
import type { Python } from '../../python/client.ts';
import { RECURSION_MAX } from '../../python/limits.ts';
import type { GradeResult, RunResult } from '../../python/results.ts';
import { recognize, type Verdict } from '../../python/verdict.ts';
import type { Reporter } from './report.ts';

/** Runs everything in the lesson; the record of what was seen comes back. */
export async function checkLesson(
  lesson: CompiledLesson,
  python: Python,
  reporter: Reporter,
): Promise<Recorded> {
  const cells: Record<string, RecordedRun> = {};
  const wrong: Record<string, Record<string, string>> = {};
  const answers: Record<string, string> = {};
  const blocks = lesson.pages.flatMap((page) => page.blocks);
  for (const block of blocks)
    if (block.kind === 'cell') cells[block.id] = await runCell(block, python, reporter);
  for (const block of blocks) {
    if (block.kind === 'predict') await checkPrediction(block, cells, python, reporter);
    if (block.kind === 'exercise') wrong[block.id] = await checkExercise(block, python, reporter);
    if (block.kind === 'cell') checkVariantOf(block, blocks, reporter);
    if (block.kind === 'explore') {
      const answer = answerInPicture(block, blocks, cells, reporter);
      if (answer !== null) answers[block.id] = answer;
    }
  }
  return { python: python.state().version ?? '', cells, wrong, answers };
}

async function runCell(block: CellBlock, python: Python, reporter: Reporter): Promise<RecordedRun> {
  const { file, files, packages, cli, input } = block;
  const options = { file, files, packages, command: cli, input };
  checkFiles(
    block.id,
    Object.keys(files),
    [block.code, ...Object.values(files), cli ?? ''],
    reporter,
  );
  const result = await python.run(block.code, {
    ...options,
    watch: watchOf(block),
  });
  reporter.ran({ kind: 'program', by: block.id, text: saidBy(result) });
  const { how, words } = result.ending;
  reporter.expect(
    how === 'finished' || how === 'error',
    block.id,
    `it does not come to its end: ${words} Let it do less`,
  );
  await checkDepth(block, result, python, reporter);
  return {
    code: block.code,
    output: result.text,
    error: result.ending.error?.type ?? null,
    ...(cli !== null && { exitCode: result.ending.exitCode }),
    trace: result.trace,
    keyStep: result.trace === null ? null : keyStepOf(result.trace, block.code, block.stepsTo),
  };
}

function checkFiles(
  id: string,
  names: readonly string[],
  texts: readonly string[],
  reporter: Reporter,
): void {
  const unused = unusedFile(names, texts);
  reporter.expect(
    unused === null,
    id,
    `no other file and no test names the file "${unused}". Use it, or take it out`,
  );
}

/** A browser may have less stack than this machine: what a lesson shows needs half of what Python may use. */
const SAFE_RECURSION = RECURSION_MAX / 2;
const DEEP = `its calls go deeper than ${SAFE_RECURSION}, half of what Python may use. Take a smaller argument`;

async function checkDepth(
  { id, code, file, files, packages, cli, input }: CellBlock,
  whole: RunResult,
  python: Python,
  reporter: Reporter,
): Promise<void> {
  // A program that shows the limit, or sets its own, is about it.
  if (whole.ending.error?.type === 'RecursionError' || code.includes('setrecursionlimit')) return;
  if (!code.includes('def ') && !code.includes('lambda')) return;
  const shallow = await python.run(code, {
    file,
    files,
    packages,
    command: cli,
    input,
    recursionMax: SAFE_RECURSION,
  });
  reporter.expect(
    shallow.ending.error?.type !== 'RecursionError' && shallow.text === whole.text,
    id,
    DEEP,
  );
}

function checkVariantOf(block: CellBlock, blocks: readonly Block[], reporter: Reporter): void {
  const { id } = block;
  const known = blocks.some((each) => each.kind === 'cell' && each.id === block.changes);
  reporter.expect(
    block.changes === null || known,
    id,
    `it is a change of the cell "${block.changes}", which does not exist. Name one of this lesson`,
  );
}

async function checkPrediction(
  block: PredictBlock,
  cells: Readonly<Record<string, RecordedRun>>,
  python: Python,
  reporter: Reporter,
): Promise<void> {
  const { id } = block;
  const run = cells[block.cellId];
  if (run === undefined) {
    reporter.expect(
      false,
      id,
      `it asks about the cell "${block.cellId}", which does not exist. Name one of this lesson`,
    );
    return;
  }
  const answer = answerOf(run);
  if (block.options.length === 0) {
    const isRight = Object.keys(block.feedback).some((text) => sameText(text) === answer);
    reporter.expect(
      !isRight,
      id,
      `the right answer ${answer} has a feedback for wrong ones. Take that fence out`,
    );
  }
  for (const option of block.options) {
    if (option.isRight) {
      reporter.expect(
        sameText(option.text) === answer,
        id,
        `the right option is ${option.text}, but Python prints ${answer}. Write what Python prints`,
      );
      continue;
    }
    reporter.expect(
      option.text !== answer,
      id,
      `the option ${option.text} is called wrong, and Python prints it. Mark it with [x]`,
    );
    if (option.unproved !== null) continue;
    if (option.variant === null) {
      reporter.expect(
        false,
        id,
        `the option ${option.text} has neither a fence "python variant=${option.misconception}" nor the word unproved="why". Add one`,
      );
      continue;
    }
    const result = await python.run(option.variant);
    reporter.ran({ kind: 'variant', by: `${id}, ${option.misconception}`, text: saidBy(result) });
    const seen = answerOf({ output: result.text, error: result.ending.error?.type ?? null });
    reporter.expect(
      seen === sameText(option.text),
      id,
      `the variant "${option.misconception}" should print ${option.text}, but prints ${seen}. Change the variant or the option`,
    );
  }
}

/** What the question asks for, counted in the trace of its cell; null when it is not there. */
function answerInPicture(
  block: ExploreBlock,
  blocks: readonly Block[],
  cells: Readonly<Record<string, RecordedRun>>,
  reporter: Reporter,
): string | null {
  const { id } = block;
  const cell = blocks.find((each) => each.kind === 'cell' && each.id === block.cellId);
  const of = cell?.kind === 'cell' ? cell.of : null;
  const trace = cells[block.cellId]?.trace ?? null;
  if (trace === null) {
    reporter.expect(
      false,
      id,
      `the cell "${block.cellId}" left no trace to count in. Give it a view and let it run to its end`,
    );
    return null;
  }
  const answer = measured(block.measure, trace, of);
  reporter.expect(answer.ok, id, answer.ok ? '' : answer.why);
  if (!answer.ok) return null;
  const typed = typedAnswer(answer.value, block.unit !== null) ?? answer.value;
  reporter.expect(
    block.feedback[typed] === undefined,
    id,
    `the right answer ${answer.value} has a feedback for wrong ones. Take that fence out`,
  );
  return answer.value;
}

/** A grading that takes longer is waited for: the page has two seconds in all. */
const GRADING_MS_MAX = 1_000;

async function checkExercise(
  block: ExerciseBlock,
  python: Python,
  reporter: Reporter,
): Promise<Record<string, string>> {
  const { id } = block;
  const expect = (holds: boolean, what: string): void => reporter.expect(holds, id, what);

  /** Graded twice, the second time with half the depth: what differs then is told. */
  async function grade(answer: Answer, name: string): Promise<GradeResult> {
    const { code } = answer;
    const options = gradingOf(block, answer);
    const first = await python.grade(code, block.tests, options);
    const second = await python.grade(code, block.tests, {
      ...options,
      recursionMax: SAFE_RECURSION,
    });
    const kind = name === SOLUTION || name === STARTER ? 'answer' : 'wrong';
    reporter.ran({ kind, by: `${id}, ${name}`, text: saidInGrading(first) });
    if (first.verdict.signature !== second.verdict.signature) {
      const third = await python.grade(code, block.tests, options);
      const isSame = third.verdict.signature === first.verdict.signature;
      // A busy machine runs out of time where it did not otherwise: that is not the answer's fault.
      if (isOutOfTime(first) && third.verdict.signature === second.verdict.signature) return third;
      // An answer that never ends is foreseen: it is about the limit, whatever it is.
      if (isSame) expect(!first.verdict.passed, DEEP);
      else
        expect(
          false,
          `graded twice, once ${first.verdict.signature}, once ${third.verdict.signature}. Take out what differs from run to run`,
        );
    }
    // The quicker one: a machine that is busy with something else is not the author's fault.
    const tookMs = Math.round(Math.min(first.stats.tookMs, second.stats.tookMs));
    expect(
      tookMs <= GRADING_MS_MAX || isOutOfTime(first),
      `its grading takes ${tookMs} ms, and ${GRADING_MS_MAX} are allowed. Take fewer or smaller tests`,
    );
    return first;
  }

  const { starter: start, solution, tests } = block;
  const testTexts = tests.map(({ setup = '', call = '' }) => `${setup}\n${call}`);
  for (const { code, files } of [start, solution])
    checkFiles(id, Object.keys(files), [code, ...Object.values(files), ...testTexts], reporter);
  const solved = (await grade(block.solution, SOLUTION)).verdict;
  expect(solved.passed, solutionWords(block, solved));
  const starter = await grade(block.starter, STARTER);
  expect(!starter.verdict.passed, 'the starter passes already. Leave something to do');
  // With blanks or without its lines a program need not be one yet.
  const isTyped = block.pieces === null && block.aroundBlanks === null;
  expect(
    block.isBroken || !isTyped || !starter.outcomes.some(({ error }) => isSyntax(error?.type)),
    'the starter does not parse. Repair it, or write "python starter broken" when that is the task',
  );
  for (const program of misplacedDistractors(block)) {
    const { verdict } = await python.grade(program, block.tests, gradingOf(block, solution));
    reporter.ran({ kind: 'distractor', by: id, text: '' });
    expect(
      !verdict.passed,
      `a program with a line too many passes. Take another distractor:\n${program}`,
    );
  }
  const signatures: Record<string, string> = {};
  for (const each of block.wrong) {
    const { verdict } = await grade(each, each.id);
    expect(!verdict.passed, `the wrong answer "${each.id}" passes. Add a test that it fails`);
    signatures[each.id] = verdict.passed ? PASSED : verdict.signature;
  }
  const known = Object.entries(signatures).map(([name, signature]) => ({ id: name, signature }));
  for (const { id: name, signature } of known)
    expect(
      recognize(signature, known) === name,
      `the wrong answer "${name}" is taken for "${recognize(signature, known)}": both fail alike. Add a test that tells them apart`,
    );
  return signatures;
}

function isOutOfTime({ outcomes }: GradeResult): boolean {
  return outcomes.some(({ how }) => how === 'time-limit');
}

const PASSED = 'passed';
const SOLUTION = 'solution';
const STARTER = 'starter';

function saidBy({ text, ending: { error } }: RunResult): string {
  return error === null ? text : `${text}${error.type}: ${error.message}`;
}

function saidInGrading({ outcomes }: GradeResult): string {
  return outcomes.map(({ error }) => (error ? `${error.type}: ${error.message}` : '')).join('\n');
}

function isSyntax(type: string | undefined): boolean {
  return type === 'SyntaxError' || type === 'IndentationError' || type === 'TabError';
}

/** Of tests that a reader writes, which broken version the model tests let pass. */
function solutionWords({ mutants, tests }: ExerciseBlock, { first }: Verdict): string {
  if (first === null) return '';
  const broken = first.index + 1 - (tests.length - (mutants ?? 0));
  if (mutants === null || broken < 1)
    return `the solution fails: ${first.call ?? 'the program'} gave ${first.came}, and ${first.asked} is asked for. Repair the solution, or the test`;
  const words = tests[first.index]?.why ?? '';
  return `the model tests let the broken version ${broken} pass ("${words}"). Add an assert that notices it`;
}

/** The solution with each distractor at each place: a line that may stand somewhere is none. */
function misplacedDistractors({ pieces, solution }: ExerciseBlock): readonly string[] {
  const lines = solution.code.split('\n');
  return (pieces ?? [])
    .filter(({ distractorHtml }) => distractorHtml !== null)
    .flatMap(({ text }) =>
      Array.from({ length: lines.length + 1 }, (_, at) =>
        [...lines.slice(0, at), text, ...lines.slice(at)].join('\n'),
      ),
    );
}
