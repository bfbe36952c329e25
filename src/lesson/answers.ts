// The answers of an exercise: where it starts, a solution, what readers get wrong; each with its further files.
//
//   ```python starter                                the program
//   ```text starter file=rows.csv                    a further file
//   ```python solution                               what an answer does not write stays as in the starter
//   ```python wrong=late file=rows.py was=random.py  a file under a new name, where readers may rename

import { bad, good, type Result } from '../core/base/result.ts';
import { readAttributes } from './attributes.ts';
import { programName, type BlockSource } from './block-source.ts';
import { fileNameFault, FILES_MAX } from './file-names.ts';
import type { Answer, WrongAnswer } from './lesson-model.ts';

export interface Answers {
  readonly starter: Answer;
  readonly isBroken: boolean;
  readonly isRenamable: boolean;
  readonly solution: Answer;
  readonly wrong: readonly WrongAnswer[];
}

/** A fence that writes a file of an answer. */
interface Written {
  readonly info: string;
  /** Null: the program. */
  readonly file: string | null;
  readonly was: string | null;
  readonly text: string;
}

export function readAnswers(source: BlockSource): Result<Answers> {
  const { id, attributes } = source;
  const isRenamable = attributes['renames'] !== undefined;
  const first = writtenFor(source, 'starter', '');
  const starter = startOf(source, first);
  if (!starter.ok) return starter;
  if (isRenamable && Object.keys(starter.value.files).length === 0)
    return bad(`the exercise "${id}" says "renames", and has no file beside its program. Add one.`);
  const read = (role: string, name: string): Result<Answer> =>
    answerOf(source, starter.value, isRenamable, writtenFor(source, role, name));
  const solution = read('solution', '');
  if (!solution.ok) return solution;
  const wrong: WrongAnswer[] = [];
  for (const name of namesOfWrong(source)) {
    const answer = read('wrong', name);
    if (!answer.ok) return answer;
    const words = source.fence(`feedback ${name}`);
    if (words === undefined)
      return bad(`the wrong answer "${name}" of "${id}" has no fence "feedback ${name}".`);
    wrong.push({ id: name, ...answer.value, feedbackHtml: source.inline(words) });
  }
  const isBroken = first.some(({ info }) => readAttributes(info)['broken'] !== undefined);
  return good({ starter: starter.value, isBroken, isRenamable, solution: solution.value, wrong });
}

/** The fences of one answer: `starter`, `solution`, or `wrong=name`. */
function writtenFor({ fences }: BlockSource, role: string, name: string): readonly Written[] {
  return fences.flatMap(({ info, content }) => {
    const { [role]: named, file = null, was = null } = readAttributes(info);
    if (named !== name) return [];
    return [{ info: info.trim(), file, was, text: file === null ? content.trimEnd() : content }];
  });
}

function namesOfWrong({ fences }: BlockSource): readonly string[] {
  const names = fences.map(({ info }) => readAttributes(info)['wrong'] ?? '');
  return [...new Set(names)].filter((name) => name !== '');
}

function startOf(source: BlockSource, written: readonly Written[]): Result<Answer> {
  const { id } = source;
  const program = programName(source);
  const code = written.find(({ file }) => file === null)?.text;
  if (code === undefined)
    return bad(`the exercise "${id}" needs the fences "python starter" and "python solution".`);
  const files: Record<string, string> = {};
  for (const { info, file, was, text } of written) {
    if (file === null) continue;
    const fault = was === null ? fileNameFault(file, program) : 'renames nothing yet';
    if (fault !== null) return bad(`the fence "${info}" of "${id}" ${fault}.`);
    files[file] = text;
  }
  const twice = twiceIn(written);
  if (twice !== null) return bad(`in "${id}" ${twice}`);
  if (Object.keys(files).length > FILES_MAX)
    return bad(`the exercise "${id}" has more than ${FILES_MAX} further files.`);
  return good({ code, files });
}

function answerOf(
  source: BlockSource,
  starter: Answer,
  isRenamable: boolean,
  written: readonly Written[],
): Result<Answer> {
  const { id } = source;
  const program = programName(source);
  if (written.length === 0)
    return bad(`the exercise "${id}" needs the fences "python starter" and "python solution".`);
  const twice = twiceIn(written);
  if (twice !== null) return bad(`in "${id}" ${twice}`);
  for (const { info, file, was } of written) {
    if (file === null) continue;
    const known = Object.keys(starter.files);
    if (!known.includes(was ?? file))
      return bad(
        `the fence "${info}" is of no file that the starter of "${id}" has: ${known.join(', ') || 'it has only its program'}. Write it there too, or say which file it was, as in "was=old.py".`,
      );
    if (was === null) continue;
    if (!isRenamable)
      return bad(
        `the fence "${info}" renames a file, which readers of "${id}" cannot. Write "renames" behind its id.`,
      );
    const fault = fileNameFault(file, program);
    if (fault !== null) return bad(`the fence "${info}" of "${id}" ${fault}.`);
  }
  const files = Object.entries(starter.files).map(([name, text]) => {
    const own = written.find(({ file, was }) => (was ?? file) === name);
    return [own?.file ?? name, own?.text ?? text] as const;
  });
  const code = written.find(({ file }) => file === null)?.text ?? starter.code;
  return good({ code, files: Object.fromEntries(files) });
}

/** What is wrong when two fences of an answer write the same file. */
function twiceIn(written: readonly Written[]): string | null {
  const second = written.find(
    ({ file }, at) => written.findIndex((each) => each.file === file) !== at,
  );
  return second === undefined
    ? null
    : `the fence "${second.info}" writes ${second.file ?? 'the program'} twice. Take one of the two out.`;
}
