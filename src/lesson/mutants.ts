// Tests that catch mutants: the reader writes a function of asserts, and it is tried on broken versions.
//
//   ::: mutants id=check-band test=check_band    or test="check(solver)", with what each version defines
//   ```python starter, solution, wrong=name      the function of asserts: a beginning, a good one, what readers write
//   ```python reference                          what is right: the asserts must let it pass; there may be several
//   ```python mutant=upper-edge                  what is broken, with ```feedback upper-edge
//
// It becomes an exercise: the reader's program first, then one version, then the call of the function.

import { bad, good, type Result } from '../core/base/result.ts';
import type { CheckTest } from '../python/messages.ts';
import { readAnswers } from './answers.ts';
import { readAttributes } from './attributes.ts';
import { exerciseFrom, type BlockSource } from './block-source.ts';
import { readHints } from './exercise.ts';
import type { ExerciseBlock } from './lesson-model.ts';

export function readMutants(source: BlockSource): Result<ExerciseBlock> {
  const { id, attributes, fences } = source;
  const test = attributes['test'];
  if (test === undefined)
    return bad(`the block "${id}" needs the name of the reader's function, as in "test=check".`);
  const call = test.includes('(') ? test : `${test}()`;
  const answers = readAnswers(source);
  if (!answers.ok) return answers;
  const references = fences.filter(({ info }) => info.trim() === 'python reference');
  if (references.length === 0) return bad(`the block "${id}" needs a fence "python reference".`);
  const hints = readHints(source);
  if (!hints.ok) return hints;
  const mutants = readEach(source, call);
  if (!mutants.ok) return mutants;
  const passing = references.map(({ content }): CheckTest => ({
    setup: content.trimEnd(),
    call,
    expect: null,
    why: 'This version is right, so every assert has to let it pass.',
  }));
  return good(
    exerciseFrom(source, {
      ...answers.value,
      tests: [...passing, ...mutants.value],
      hints: hints.value,
      mutants: mutants.value.length,
    }),
  );
}

function readEach({ id, fences, fence }: BlockSource, call: string): Result<readonly CheckTest[]> {
  const tests: CheckTest[] = [];
  for (const { info, content } of fences) {
    const name = readAttributes(info)['mutant'];
    if (name === undefined) continue;
    const why = fence(`feedback ${name}`);
    if (why === undefined)
      return bad(`the mutant "${name}" of "${id}" has no fence "feedback ${name}".`);
    // Checks that end with another error than an assert have noticed something too: they let the right version pass.
    tests.push({ setup: content.trimEnd(), call, raises: 'Exception', why });
  }
  return tests.length > 0
    ? good(tests)
    : bad(`the block "${id}" has no fence "python mutant=name".`);
}
