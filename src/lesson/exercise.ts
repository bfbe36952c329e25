// An exercise inside a lesson: prose, and fences for its answers (answers.ts), tests and hints.

import { parse as parseYaml } from 'yaml';
import { bad, good, type Result } from '../core/base/result.ts';
import type { CheckTest } from '../python/messages.ts';
import { readAnswers } from './answers.ts';
import { exerciseFrom, programName, type BlockSource } from './block-source.ts';
import { readCodeRule } from './code-rule.ts';
import { HINTS_OF_A_TASK } from './lab.ts';
import type { Answer, ExerciseBlock } from './lesson-model.ts';

export function readExercise(source: BlockSource): Result<ExerciseBlock> {
  const answers = readAnswers(source);
  if (!answers.ok) return answers;
  const tests = readTests(source, answers.value.starter);
  if (!tests.ok) return tests;
  const hints = readHints(source);
  if (!hints.ok) return hints;
  return good(exerciseFrom(source, { ...answers.value, tests: tests.value, hints: hints.value }));
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
export function readTests(source: BlockSource, starter: Answer): Result<readonly CheckTest[]> {
  const { id } = source;
  const list = yamlOf(source.fence('yaml tests') ?? '');
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
      const test = readCodeTest(source, fields, starter);
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

/** Null: no YAML. */
function yamlOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return null;
  }
}

/** The program is read, not run: no setup and no call belongs to it. */
function readCodeTest(
  source: BlockSource,
  fields: Readonly<Record<string, unknown>>,
  starter: Answer,
): Result<CheckTest> {
  const { id } = source;
  const other = Object.keys(fields).find((name) => name !== 'code' && name !== 'why');
  if (other !== undefined)
    return bad(`a rule of "${id}" has also "${other}"; beside code there is only why.`);
  const rule = readCodeRule(String(fields['code']), starter, programName(source));
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
