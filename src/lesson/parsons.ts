// A Parsons problem: the lines of a program to put in order, with lines among them that do not belong there.
//
//   ::: parsons id=first-abnormal
//   ```python solution            its lines are the pieces
//   ```python distractor=early    one more line, with ```feedback early
//   ```yaml tests, ```hint        as in an exercise
//
// It is judged by running what was put together, so every order that works is right.

import { makeRandom } from '../core/base/random.ts';
import { bad, good, type Result } from '../core/base/result.ts';
import { encodeUtf8 } from '../core/base/text.ts';
import { readAttributes } from './attributes.ts';
import { alone, exerciseFrom, type BlockSource } from './block-source.ts';
import { readHints, readTests } from './exercise.ts';
import type { ExerciseBlock, Piece } from './lesson-model.ts';

export function readParsons(source: BlockSource): Result<ExerciseBlock> {
  const { id } = source;
  const solution = source.fence('python solution');
  if (solution === undefined) return bad(`the block "${id}" needs the fence "python solution".`);
  if (solution.includes('\n\n'))
    return bad(`the solution of "${id}" has an empty line, which would be an empty piece.`);
  const tests = readTests(source, alone(''));
  if (!tests.ok) return tests;
  const distractors = readDistractors(source);
  if (!distractors.ok) return distractors;
  const hints = readHints(source);
  if (!hints.ok) return hints;
  const lines = solution.split('\n').map((text): Piece => ({ text, distractorHtml: null }));
  return good(
    exerciseFrom(source, {
      starter: alone(''),
      solution: alone(solution),
      tests: tests.value,
      hints: hints.value,
      pieces: mixed(id, lines, [...lines, ...distractors.value]),
    }),
  );
}

function readDistractors({ id, fences, inline }: BlockSource): Result<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const fence of fences) {
    const name = readAttributes(fence.info)['distractor'];
    if (name === undefined) continue;
    const words = fences.find((each) => each.info.trim() === `feedback ${name}`);
    if (words === undefined)
      return bad(`the distractor "${name}" of "${id}" has no fence "feedback ${name}".`);
    pieces.push({ text: fence.content.trimEnd(), distractorHtml: inline(words.content) });
  }
  return good(pieces);
}

/** Mixed in the same way for everybody, and never in the order of the solution. */
function mixed(id: string, solution: readonly Piece[], pieces: readonly Piece[]): readonly Piece[] {
  const random = makeRandom(encodeUtf8(id).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7));
  const order = [...pieces];
  do {
    for (let at = order.length - 1; at > 0; at--) {
      const other = random.below(at + 1);
      const [one, two] = [order[at], order[other]];
      if (one !== undefined && two !== undefined) [order[at], order[other]] = [two, one];
    }
  } while (pieces.length > 1 && solution.every((piece, at) => order[at] === piece));
  return order;
}
