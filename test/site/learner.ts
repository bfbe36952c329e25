// A learner who plays a page of a lesson: one who is right, or one who gives a wrong answer to everything that is asked.
// What the page says back is compared with what its author wrote.

import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { typedIn } from '../../src/lesson/blanks.ts';
import {
  wrongAnswersOf,
  type Answer,
  type Block,
  type CellBlock,
  type ExerciseBlock,
  type ExploreBlock,
  type LessonPage,
  type PredictBlock,
  type QuestionBlock,
} from '../../src/lesson/lesson-model.ts';
import { answerOf, type Recorded } from '../../src/lesson/recorded.ts';
import { plainWords } from '../../site/slides/html.ts';
import { PYTHON_MS_MAX } from './pages.ts';

/** Words come a moment after what they are about. */
const SOON = { timeout: 10_000 };

interface Play {
  readonly page: Page;
  readonly blocks: readonly Block[];
  readonly recorded: Recorded;
}

/** Which wrong answer is given, from 0; where a question has fewer of them, the right one. */
type Turn = number | 'right';

/** How often the page has to be played until each wrong answer was given once: a prediction is open for one answer. */
export function wrongTurns({ blocks }: LessonPage): number {
  const predictions = blocks.map((block) =>
    block.kind === 'predict' ? wrongOptions(block).length + typedWrongs(block).length : 0,
  );
  return Math.max(1, ...predictions);
}

/** From the first block to the last; how many answers were given comes back. */
export async function play({ page, blocks, recorded }: Play, turn: Turn): Promise<number> {
  let given = 0;
  for (const block of blocks) {
    if (block.kind === 'predict') given += await choose(page, block, turn);
    if (block.kind === 'cell' && isRun(block, blocks, turn))
      await run(page, block, blocks, recorded, turn);
    if (block.kind === 'question') given += await answerQuestion(page, block, turn);
    if (block.kind === 'explore') given += await answerPicture(page, block, recorded, turn);
    if (block.kind === 'exercise') given += await solve(page, block, turn);
  }
  return given;
}

/** After the first turn only what is predicted wrongly once more. */
function isRun({ id }: CellBlock, blocks: readonly Block[], turn: Turn): boolean {
  const predictions = predictionsOf(id, blocks);
  if (turn === 'right' || (turn === 0 && predictions.length === 0)) return true;
  return predictions.some((each) => turn < wrongOptions(each).length + typedWrongs(each).length);
}

function predictionsOf(cellId: string, blocks: readonly Block[]): readonly PredictBlock[] {
  return blocks.filter(
    (each): each is PredictBlock => each.kind === 'predict' && each.cellId === cellId,
  );
}

/** Which wrong answer it is in this turn. */
function pick<T>(wrongs: readonly T[], turn: Turn): T | undefined {
  return turn === 'right' ? undefined : wrongs[turn];
}

function wrongOptions({ options }: PredictBlock | QuestionBlock) {
  return options.filter(({ isRight }) => !isRight);
}

/** Answers that are typed, and that the author has words for. */
function typedWrongs(block: PredictBlock): readonly string[] {
  return block.options.length > 0 ? [] : wrongAnswersOf(block);
}

/** A typed answer stands in the foot of its cell; it is given there. */
async function choose(page: Page, block: PredictBlock, turn: Turn): Promise<number> {
  const wrong = pick([...wrongOptions(block), ...typedWrongs(block)], turn);
  if (wrong === undefined && turn !== 'right' && turn > 0) return 0;
  if (block.options.length > 0) {
    const option = pick(wrongOptions(block), turn) ?? block.options.find(({ isRight }) => isRight);
    const place = page.locator(`[data-predict="${block.id}"]`);
    await place
      .locator('.option')
      .nth(block.options.findIndex((each) => each === option))
      .click();
  }
  return 1;
}

async function run(
  page: Page,
  block: CellBlock,
  blocks: readonly Block[],
  recorded: Recorded,
  turn: Turn,
): Promise<void> {
  const cell = page.locator(`[data-cell="${block.id}"]`);
  const asked = predictionsOf(block.id, blocks);
  const recordedRun = recorded.cells[block.id];
  const right = recordedRun === undefined ? '' : answerOf(recordedRun);
  for (const each of asked)
    if (each.options.length === 0) {
      const place = page.locator(`[data-predict="${each.id}"]`);
      await place.locator('input').fill(pick(typedWrongs(each), turn) ?? right);
      await place.getByRole('button', { name: 'Lock my answer' }).click();
    }
  await cell.getByRole('button', { name: /^Run/ }).click();
  const ended = ['done', 'error', 'stopped'].map(
    (state) => `[data-cell="${block.id}"][data-state="${state}"]`,
  );
  await page.locator(ended.join(', ')).waitFor({ timeout: PYTHON_MS_MAX });
  for (const each of asked) {
    const outcome = page.locator(`[data-predict="${each.id}"] .outcome`);
    const option = pick(wrongOptions(each), turn);
    const typed = pick(typedWrongs(each), turn);
    const words = each.feedback[option?.misconception ?? typed ?? ''];
    const told = words === undefined ? 'printed the same' : plainWords(words);
    // The words come a moment after the program has ended.
    await expect
      .poll(async () => [each.id, await textOf(outcome)], SOON)
      .toEqual([each.id, expect.stringContaining(told)]);
  }
}

/** Tries every wrong option in the first turn: a question may be answered again. */
async function answerQuestion(page: Page, block: QuestionBlock, turn: Turn): Promise<number> {
  const place = page.locator(`[data-question="${block.id}"]`);
  const wrongs = turn === 0 ? wrongOptions(block) : [];
  for (const option of block.options.filter(
    (each) => wrongs.includes(each) || (turn === 'right' && each.isRight),
  )) {
    await place.locator('.option').nth(block.options.indexOf(option)).click();
    const words =
      block.feedback[option.isRight ? 'right' : (option.misconception ?? '')] ?? 'That is it.';
    await expect
      .poll(async () => [block.id, await textOf(place.locator('.outcome'))], SOON)
      .toEqual([block.id, plainWords(words)]);
  }
  return turn === 'right' ? 1 : wrongs.length;
}

async function answerPicture(
  page: Page,
  block: ExploreBlock,
  recorded: Recorded,
  turn: Turn,
): Promise<number> {
  const place = page.locator(`[data-explore="${block.id}"]`);
  const answer = async (text: string): Promise<string> => {
    await place.locator('input').fill(text);
    await place.locator('form button').click();
    return textOf(place.locator('.outcome'));
  };
  if (turn === 'right') {
    await answer(recorded.answers[block.id] ?? '');
    await place.locator('.counted-right').waitFor();
    return 1;
  }
  const wrongs = turn === 0 ? Object.entries(block.feedback) : [];
  for (const [text, words] of wrongs)
    expect([block.id, await answer(text)]).toEqual([
      block.id,
      expect.stringContaining(plainWords(words)),
    ]);
  return wrongs.length;
}

interface Wrong extends Answer {
  readonly words: string;
}

/** Written ones, and for lines that are put in order each line too many. */
function wrongAnswers({ wrong, pieces, solution }: ExerciseBlock): readonly Wrong[] {
  const tooMany = (pieces ?? []).flatMap(({ text, distractorHtml }) =>
    distractorHtml === null
      ? []
      : [{ code: `${solution.code}\n${text}`, files: {}, words: distractorHtml }],
  );
  return [...wrong.map((each) => ({ ...each, words: each.feedbackHtml })), ...tooMany];
}

/** Gives all wrong answers, one after the other, in the first turn. */
async function solve(page: Page, block: ExerciseBlock, turn: Turn): Promise<number> {
  const place = page.locator(`[data-exercise="${block.id}"]`);
  if (turn === 'right') {
    await check(place, block, block.solution, 'passed');
    return 1;
  }
  const wrongs = turn === 0 ? wrongAnswers(block) : [];
  for (const wrong of wrongs) {
    await check(place, block, wrong, 'failed');
    await expect
      .poll(async () => [block.id, await textOf(place.locator('.foreseen'))], SOON)
      .toEqual([block.id, plainWords(wrong.words)]);
  }
  return wrongs.length;
}

/** Each check is told from the one before by its number: "2nd try". */
async function check(
  place: Locator,
  block: ExerciseBlock,
  answer: Answer,
  state: 'passed' | 'failed',
): Promise<void> {
  const tries = place.locator('.cell-says .about', { hasText: 'try' });
  const before = (await tries.count()) > 0 ? await tries.innerText() : '';
  await enter(place, block, answer);
  await place.getByRole('button', { name: 'Check my answer' }).click();
  await place
    .locator(`[data-cell="${block.id}"][data-state="${state}"]`)
    .waitFor({ timeout: PYTHON_MS_MAX });
  await expect.poll(() => tries.innerText(), { timeout: PYTHON_MS_MAX }).not.toBe(before);
}

async function enter(place: Locator, block: ExerciseBlock, { code, files }: Answer): Promise<void> {
  if (block.pieces !== null) {
    const chosen = place.locator('.piece.is-chosen');
    while ((await chosen.count()) > 0)
      await chosen.last().getByRole('button', { name: 'Take out' }).click();
    for (const line of code.split('\n'))
      await place
        .locator('.piece:not(.is-chosen)')
        .filter({ has: place.page().locator('code', { hasText: exactly(line) }) })
        .first()
        .getByRole('button', { name: /^Add/ })
        .click();
    return;
  }
  if (block.aroundBlanks !== null) {
    const typed = typedIn(block.aroundBlanks, code) ?? [];
    for (const [at, text] of typed.entries()) await place.locator('input.blank').nth(at).fill(text);
    return;
  }
  // The answer before may have left another file open.
  if (Object.keys(files).length > 0) await place.getByRole('tab', { name: block.file }).click();
  await place.locator('.code-input:visible').fill(code);
  for (const [name, text] of Object.entries(files)) {
    await place.getByRole('tab', { name }).click();
    await place.locator('.code-input:visible').fill(text);
  }
}

function exactly(line: string): RegExp {
  return new RegExp(`^${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

async function textOf(place: Locator): Promise<string> {
  return spaced(await place.innerText());
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
