// Checks one lesson by running all of it: cells, predictions, solutions, wrong answers.

import type {
  Block,
  CellBlock,
  CompiledLesson,
  ExerciseBlock,
  ExploreBlock,
  PredictBlock,
} from '../../lesson/lesson-model.ts';
import { itemId, watchOf } from '../../lesson/lesson-model.ts';
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
import { recognize } from '../../python/verdict.ts';
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
    const where = 'id' in block ? itemId(lesson.id, block.id) : lesson.id;
    if (block.kind === 'predict') await checkPrediction(where, block, cells, python, reporter);
    if (block.kind === 'exercise')
      wrong[block.id] = await checkExercise(where, block, python, reporter);
    if (block.kind === 'cell') checkVariantOf(where, block, blocks, reporter);
    if (block.kind === 'explore') {
      const answer = answerInPicture(where, block, blocks, cells, reporter);
      if (answer !== null) answers[block.id] = answer;
    }
  }
  return { python: python.state().version ?? '', cells, wrong, answers };
}

async function runCell(block: CellBlock, python: Python, reporter: Reporter): Promise<RecordedRun> {
  const result = await python.run(block.code, {
    input: block.input,
    watch: watchOf(block),
  });
  reporter.ran();
  return {
    code: block.code,
    output: result.text,
    error: result.ending.error?.type ?? null,
    trace: result.trace,
    keyStep: result.trace === null ? null : keyStepOf(result.trace, block.code, block.stepsTo),
  };
}

function checkVariantOf(
  where: string,
  block: CellBlock,
  blocks: readonly Block[],
  reporter: Reporter,
): void {
  const known = blocks.some((each) => each.kind === 'cell' && each.id === block.changes);
  reporter.expect(
    block.changes === null || known,
    where,
    `it is a change of the cell "${block.changes}", which does not exist`,
  );
}

async function checkPrediction(
  where: string,
  block: PredictBlock,
  cells: Readonly<Record<string, RecordedRun>>,
  python: Python,
  reporter: Reporter,
): Promise<void> {
  const run = cells[block.cellId];
  if (run === undefined) {
    reporter.expect(false, where, `it asks about the cell "${block.cellId}", which does not exist`);
    return;
  }
  const answer = answerOf(run);
  if (block.options.length === 0) {
    const isRight = Object.keys(block.feedback).some((text) => sameText(text) === answer);
    reporter.expect(!isRight, where, `the right answer ${answer} has a feedback for wrong ones`);
  }
  for (const option of block.options) {
    if (option.isRight) {
      reporter.expect(
        sameText(option.text) === answer,
        where,
        `the right option is ${option.text}, but Python prints ${answer}`,
      );
      continue;
    }
    reporter.expect(option.text !== answer, where, `the option ${option.text} is called wrong`);
    if (option.unproved !== null) continue;
    if (option.variant === null) {
      reporter.expect(false, where, `${option.text} has neither a variant nor a word "unproved"`);
      continue;
    }
    const result = await python.run(option.variant);
    reporter.ran();
    const seen = answerOf({ output: result.text, error: result.ending.error?.type ?? null });
    reporter.expect(
      seen === sameText(option.text),
      where,
      `the variant "${option.misconception}" should print ${option.text}, but prints ${seen}`,
    );
  }
}

/** What the question asks for, counted in the trace of its cell; null when it is not there. */
function answerInPicture(
  where: string,
  block: ExploreBlock,
  blocks: readonly Block[],
  cells: Readonly<Record<string, RecordedRun>>,
  reporter: Reporter,
): string | null {
  const cell = blocks.find((each) => each.kind === 'cell' && each.id === block.cellId);
  const of = cell?.kind === 'cell' ? cell.of : null;
  const trace = cells[block.cellId]?.trace ?? null;
  if (trace === null) {
    reporter.expect(false, where, `the cell "${block.cellId}" left no trace to count in`);
    return null;
  }
  const answer = measured(block.measure, trace, of);
  reporter.expect(answer.ok, where, answer.ok ? '' : answer.why);
  if (!answer.ok) return null;
  const typed = typedAnswer(answer.value, block.unit !== null) ?? answer.value;
  reporter.expect(
    block.feedback[typed] === undefined,
    where,
    `the right answer ${answer.value} has a feedback for wrong ones`,
  );
  return answer.value;
}

async function checkExercise(
  where: string,
  block: ExerciseBlock,
  python: Python,
  reporter: Reporter,
): Promise<Record<string, string>> {
  const grade = async (code: string): Promise<string> => {
    const first = await python.grade(code, block.tests);
    const second = await python.grade(code, block.tests);
    reporter.ran();
    reporter.expect(
      first.verdict.signature === second.verdict.signature,
      where,
      `graded twice, once ${first.verdict.signature}, once ${second.verdict.signature}`,
    );
    return first.verdict.passed ? PASSED : first.verdict.signature;
  };

  const solved = await grade(block.solution);
  reporter.expect(solved === PASSED, where, `the solution fails: ${solved}`);
  reporter.expect((await grade(block.starter)) !== PASSED, where, 'the starter passes already');
  for (const program of misplacedDistractors(block)) {
    const { verdict } = await python.grade(program, block.tests);
    reporter.ran();
    reporter.expect(!verdict.passed, where, `a program with a line too many passes:\n${program}`);
  }
  const signatures: Record<string, string> = {};
  for (const each of block.wrong) {
    const signature = await grade(each.code);
    reporter.expect(signature !== PASSED, where, `the wrong answer "${each.id}" passes`);
    signatures[each.id] = signature;
  }
  const known = Object.entries(signatures).map(([id, signature]) => ({ id, signature }));
  for (const { id, signature } of known)
    reporter.expect(
      recognize(signature, known) === id,
      where,
      `the wrong answer "${id}" is taken for "${recognize(signature, known)}": both fail alike`,
    );
  return signatures;
}

const PASSED = 'passed';

/** The solution with each distractor at each place: a line that may stand somewhere is none. */
function misplacedDistractors({ pieces, solution }: ExerciseBlock): readonly string[] {
  const lines = solution.split('\n');
  return (pieces ?? [])
    .filter(({ distractorHtml }) => distractorHtml !== null)
    .flatMap(({ text }) =>
      Array.from({ length: lines.length + 1 }, (_, at) =>
        [...lines.slice(0, at), text, ...lines.slice(at)].join('\n'),
      ),
    );
}
