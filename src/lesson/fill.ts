// A program with blanks to fill in: the rest of it cannot be changed.
//
//   ::: fill id=counted
//   ```python program           `return [[func]](*args)`: a blank, with the right answer in it
//   ```yaml wrong               answers that readers give: - {blanks: [func()], feedback: too-early}
//   ```feedback too-early       the words to them
//   ```yaml tests, ```hint      as in an exercise
//
// It is judged by running what was filled in, so every answer that works is right.

import { parse as parseYaml } from 'yaml';
import { bad, good, type Result } from '../core/base/result.ts';
import { filledProgram } from './blanks.ts';
import { alone, exerciseFrom, type BlockSource } from './block-source.ts';
import { readHints, readTests } from './exercise.ts';
import type { ExerciseBlock, WrongAnswer } from './lesson-model.ts';

export function readFill(source: BlockSource): Result<ExerciseBlock> {
  const { id, fences } = source;
  const program = source.fence('python program');
  if (program === undefined) return bad(`the block "${id}" needs the fence "python program".`);
  const read = readProgram(id, program);
  if (!read.ok) return read;
  const { around, answers } = read.value;
  const starter = alone(filledProgram(around, []));
  const tests = readTests(source, starter);
  if (!tests.ok) return tests;
  const feedback = new Map(
    fences.flatMap(({ info, content }) =>
      info.startsWith('feedback ') ? [[info.slice(9).trim(), source.inline(content)] as const] : [],
    ),
  );
  const wrong = readWrong(id, source.fence('yaml wrong') ?? '[]', around, feedback);
  if (!wrong.ok) return wrong;
  const hints = readHints(source);
  if (!hints.ok) return hints;
  return good(
    exerciseFrom(source, {
      starter,
      solution: alone(filledProgram(around, answers)),
      tests: tests.value,
      wrong: wrong.value,
      hints: hints.value,
      aroundBlanks: around,
    }),
  );
}

interface Program {
  /** One text more than there are blanks. */
  readonly around: readonly string[];
  readonly answers: readonly string[];
}

/** A blank ends at the last of its brackets: `[[values[0]]]` is one with `values[0]`. */
const BLANK = /\[\[(.*?)\]\](?!\])/;

function readProgram(id: string, program: string): Result<Program> {
  const parts = program.split(BLANK);
  const around = parts.filter((_, at) => at % 2 === 0);
  const answers = parts.filter((_, at) => at % 2 === 1);
  if (answers.length === 0)
    return bad(`the program of "${id}" has no blank, as in "return [[func]](*args)".`);
  if (answers.some((answer) => answer.trim() === ''))
    return bad(`a blank of "${id}" holds no answer; write the right one into it: "[[answer]]".`);
  if (around.slice(1, -1).includes(''))
    return bad(`two blanks of "${id}" touch; there has to be something between them.`);
  return good({ around, answers });
}

interface WrongEntry {
  readonly blanks?: unknown;
  readonly feedback?: unknown;
}

function readWrong(
  id: string,
  text: string,
  around: readonly string[],
  feedback: ReadonlyMap<string, string>,
): Result<readonly WrongAnswer[]> {
  const list = parseYaml(text) as unknown;
  if (!Array.isArray(list))
    return bad(
      `the fence "yaml wrong" of "${id}" holds no list of {blanks: [...], feedback: name}.`,
    );
  const count = around.length - 1;
  const wrong: WrongAnswer[] = [];
  for (const { blanks, feedback: name } of list as readonly WrongEntry[]) {
    if (!Array.isArray(blanks) || blanks.length !== count || typeof name !== 'string')
      return bad(`a wrong answer of "${id}" needs a feedback, and ${count} texts as its blanks.`);
    const feedbackHtml = feedback.get(name);
    if (feedbackHtml === undefined)
      return bad(`the wrong answer "${name}" of "${id}" has no fence "feedback ${name}".`);
    wrong.push({ id: name, ...alone(filledProgram(around, blanks.map(String))), feedbackHtml });
  }
  return good(wrong);
}
