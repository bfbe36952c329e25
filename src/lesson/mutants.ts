// Tests that catch mutants: the reader writes a function of asserts, and it is tried on broken versions.
//
//   ::: mutants id=check-band test=check_band
//   ```python starter, ```python solution     the function of asserts: a beginning, and a good one
//   ```python reference                       what is right: the asserts must let it pass
//   ```python mutant=upper-edge               what is broken, with ```feedback upper-edge
//
// It becomes an exercise: the reader's program first, then one version, then the call of the function.

import type { Token } from 'markdown-it';
import { bad, good, type Result } from '../core/base/result.ts';
import type { CheckTest } from '../python/messages.ts';
import { readAttributes } from './attributes.ts';
import { exerciseFrom, type BlockSource } from './block-source.ts';
import { readHints } from './exercise.ts';
import type { ExerciseBlock } from './lesson-model.ts';

export function readMutants(source: BlockSource): Result<ExerciseBlock> {
  const { id, attributes, fences } = source;
  const test = attributes['test'];
  const [starter, solution, reference] = ['starter', 'solution', 'reference'].map((name) =>
    source.fence(`python ${name}`),
  );
  if (test === undefined)
    return bad(`the block "${id}" needs the name of the reader's function, as in "test=check".`);
  if (starter === undefined || solution === undefined || reference === undefined)
    return bad(`the block "${id}" needs the fences "python starter", "solution" and "reference".`);
  const hints = readHints(source);
  if (!hints.ok) return hints;
  const call = `${test}()`;
  const passes: CheckTest = {
    setup: reference,
    call,
    expect: null,
    why: 'This version is right, so every assert has to let it pass.',
  };
  const mutants = readEach(id, call, fences);
  if (!mutants.ok) return mutants;
  return good(
    exerciseFrom(source, {
      starter,
      solution,
      tests: [passes, ...mutants.value],
      hints: hints.value,
      mutants: mutants.value.length,
    }),
  );
}

function readEach(
  id: string,
  call: string,
  fences: readonly Token[],
): Result<readonly CheckTest[]> {
  const tests: CheckTest[] = [];
  for (const fence of fences) {
    const name = readAttributes(fence.info)['mutant'];
    if (name === undefined) continue;
    const words = fences.find((each) => each.info.trim() === `feedback ${name}`);
    if (words === undefined)
      return bad(`the mutant "${name}" of "${id}" has no fence "feedback ${name}".`);
    const why = words.content.trim();
    tests.push({ setup: fence.content.trimEnd(), call, raises: 'AssertionError', why });
  }
  return tests.length > 0
    ? good(tests)
    : bad(`the block "${id}" has no fence "python mutant=name".`);
}
