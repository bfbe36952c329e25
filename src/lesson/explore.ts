// A question about a picture: the reader counts in it. The right answer is worked out from the run.
//
//   ::: explore id=count-calls cell=fib-plain answer="calls fib"
//   How many calls of `fib` are in the tree?
//   ```feedback 11              the words to that wrong answer

import { bad, good, type Result } from '../core/base/result.ts';
import type { BlockSource } from './block-source.ts';
import type { Block, ExploreBlock } from './lesson-model.ts';
import { readMeasure } from './measures.ts';
import { typedAnswer } from './typed-answer.ts';

export function readExplore(source: BlockSource): Result<ExploreBlock> {
  const { id, attributes, fences, html, inline } = source;
  const { cell: cellId, answer: measure } = attributes;
  if (cellId === undefined || measure === undefined)
    return bad(
      `the question "${id}" needs its cell and what to count there, as in 'cell=fib answer="calls fib"'.`,
    );
  const read = readMeasure(measure);
  if (!read.ok) return bad(`in the question "${id}" ${read.why}`);
  const { unit } = read.value;
  const feedback: Record<string, string> = {};
  for (const { info, content } of fences) {
    const text = /^feedback (.+)$/.exec(info.trim())?.[1];
    if (text === undefined)
      return bad(
        `"${id}" holds a fence "${info}"; a question about a picture holds only feedback.`,
      );
    const answer = typedAnswer(text, unit !== null);
    if (answer === null)
      return bad(`"${id}" has a feedback for "${text}", but a whole number is typed there.`);
    feedback[answer] = inline(content);
  }
  return good({ kind: 'explore', id, cellId, measure, unit, questionHtml: html, feedback });
}

/** The picture stands on the same page, or there would be nothing to count in. */
export function cellToCount(block: ExploreBlock, blocks: readonly Block[]): Result<null> {
  const cell = blocks.find((each) => each.kind === 'cell' && each.id === block.cellId);
  if (cell?.kind !== 'cell')
    return bad(`the question "${block.id}" needs the cell "${block.cellId}" on its own page.`);
  return cell.view === null
    ? bad(`the question "${block.id}" is about the cell "${cell.id}", which has no view.`)
    : good(null);
}
