// An exercise inside a lesson: prose, and fences for starter, solution, tests, wrong answers and hints.

import { parse as parseYaml } from 'yaml';
import { bad, good, type Result } from '../core/base/result.ts';
import type { CheckTest } from '../python/messages.ts';
import { readAttributes } from './attributes.ts';
import { exerciseFrom, type BlockSource } from './block-source.ts';
import { readCodeRule } from './code-rule.ts';
import { HINTS_OF_A_TASK } from './lab.ts';
import type { ExerciseBlock, WrongAnswer } from './lesson-model.ts';

export function readExercise(source: BlockSource): Result<ExerciseBlock> {
  const { id } = source;
  const broken = source.fence('python starter broken');
  const starter = broken ?? source.fence('python starter');
  const solution = source.fence('python solution');
  if (starter === undefined || solution === undefined)
    return bad(`the exercise "${id}" needs the fences "python starter" and "python solution".`);
  const tests = readTests(id, source.fence('yaml tests') ?? '', starter);
  if (!tests.ok) return tests;
  const wrong = readWrong(source);
  if (!wrong.ok) return wrong;
  const hints = readHints(source);
  if (!hints.ok) return hints;
  return good(
    exerciseFrom(source, {
      starter,
      isBroken: broken !== undefined,
      solution,
      tests: tests.value,
      wrong: wrong.value,
      hints: hints.value,
    }),
  );
}

/** The fences "hint" of an exercise of any kind. */
export function readHints({ id, fences, inline }: BlockSource): Result<readonly string[]> {
  const hints = fences.filter((token) => token.info.trim() === 'hint');
  return hints.length === HINTS_OF_A_TASK
    ? good(hints.map((token) => inline(token.content)))
    : bad(`the exercise "${id}" has ${hints.length} hints; it needs ${HINTS_OF_A_TASK}.`);
}

/** What judges a test; a test has exactly one of them. */
const JUDGES = ['expect', 'expect-py', 'raises', 'prints', 'code'];

/** The fence "yaml tests" of an exercise. */
export function readTests(id: string, text: string, starter: string): Result<readonly CheckTest[]> {
  const list = parseYaml(text) as unknown;
  if (!Array.isArray(list) || list.length === 0)
    return bad(`the exercise "${id}" needs a fence "yaml tests" with a list.`);
  const tests: CheckTest[] = [];
  // An entry with a setup alone prepares every test after it.
  const setups: string[] = [];
  for (const fields of list as readonly Readonly<Record<string, unknown>>[]) {
    const judges = JUDGES.filter((name) => fields[name] !== undefined);
    if (judges.length === 0 && Object.keys(fields).join() === 'setup')
      setups.push(String(fields['setup']));
    else if (judges.join() === 'code') {
      const test = readCodeTest(id, fields, starter);
      if (!test.ok) return test;
      tests.push(test.value);
    } else if (judges.length === 1) tests.push(readTest(fields, setups));
    else
      return bad(
        `a test of "${id}" has ${judges.join(' and ') || 'nothing'} to judge by; it needs one of ${JUDGES.join(', ')}.`,
      );
  }
  return good(tests);
}

/** The program is read, not run: no setup and no call belongs to it. */
function readCodeTest(
  id: string,
  fields: Readonly<Record<string, unknown>>,
  starter: string,
): Result<CheckTest> {
  const other = Object.keys(fields).find((name) => name !== 'code' && name !== 'why');
  if (other !== undefined)
    return bad(`a rule of "${id}" has also "${other}"; beside code there is only why.`);
  const rule = readCodeRule(String(fields['code']), starter);
  if (!rule.ok) return bad(`in the exercise "${id}" ${rule.why}`);
  const why = fields['why'] === undefined ? {} : { why: String(fields['why']) };
  return good({ code: rule.value, ...why });
}

function readTest(fields: Readonly<Record<string, unknown>>, setups: readonly string[]): CheckTest {
  const own = fields['setup'] === undefined ? setups : [...setups, String(fields['setup'])];
  const text = (name: string): string | null =>
    fields[name] === undefined ? null : String(fields[name]);
  const call = text('call');
  const expectPython = text('expect-py');
  const raises = text('raises');
  const prints = text('prints');
  const why = text('why');
  return {
    ...(own.length > 0 && { setup: own.join('\n') }),
    ...(call !== null && { call }),
    ...(fields['expect'] !== undefined && { expect: fields['expect'] as CheckTest['expect'] & {} }),
    ...(expectPython !== null && { expectPython }),
    ...(raises !== null && { raises }),
    ...(prints !== null && { prints }),
    ...(Array.isArray(fields['input']) && { input: fields['input'].map(String) }),
    ...(why !== null && { why }),
  };
}

function readWrong({ id, fences, inline }: BlockSource): Result<readonly WrongAnswer[]> {
  const wrong: WrongAnswer[] = [];
  for (const fence of fences) {
    const name = readAttributes(fence.info)['wrong'];
    if (name === undefined) continue;
    const words = fences.find((each) => each.info.trim() === `feedback ${name}`);
    if (words === undefined)
      return bad(`the wrong answer "${name}" of "${id}" has no fence "feedback ${name}".`);
    wrong.push({
      id: name,
      code: fence.content.trimEnd(),
      feedbackHtml: inline(words.content),
    });
  }
  return good(wrong);
}
