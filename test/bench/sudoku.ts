// The solver of chapter 11, in Chromium, on 50 puzzles of its own generator and on every grid that the chapter shows.
// See sudoku.mjs.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileLesson } from '../../src/lesson/lesson.ts';
import type { CellBlock } from '../../src/lesson/lesson-model.ts';
import type { Python } from '../../src/python/client.ts';
import { bundlePythonPage } from '../site/python-page.ts';
import { launchBrowser } from '../site/reader.ts';
import { serveFiles } from '../tools/file-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LESSON = 'lessons/11-sudoku/lesson.md';
/** The cell that holds the whole program, for 81 squares. */
const WHOLE = 'make-large';

const PROGRAM = `
import json, random, time
from board import squares
from count import count_solutions
from full import full_grid
from search import load, search

def make(seed, clues):
    rng = random.Random(seed)
    grid = full_grid(rng)
    for square in rng.sample(squares, len(squares)):
        trial = {**grid, square: "."}
        if sum(mark != "." for mark in trial.values()) < clues:
            break
        if count_solutions(load("".join(trial.values()))) == 1:
            grid = trial
    return "".join(grid.values())

def timed(text):
    began = time.perf_counter()
    grid = load(text)
    found = search(grid)
    return (time.perf_counter() - began) * 1000, found is not None

easy = [make(seed, 32) for seed in range(50)]
shown = json.loads(open("shown.json").read())
print(json.dumps({"easy": [timed(text) for text in easy], "shown": [timed(text) for text in shown]}))
`;

interface Timed {
  readonly easy: readonly (readonly [ms: number, isSolved: boolean])[];
  readonly shown: Timed['easy'];
}

export async function measure(): Promise<Timed> {
  const source = readFileSync(root + LESSON, 'utf8');
  const lesson = compileLesson(source, LESSON);
  if (!lesson.ok) throw new Error(lesson.why);
  const cells = lesson.value.pages
    .flatMap(({ blocks }) => blocks)
    .filter((block): block is CellBlock => block.kind === 'cell');
  const whole = cells.find(({ id }) => id === WHOLE);
  if (whole === undefined) throw new Error(`${LESSON} has no cell ${WHOLE}.`);
  const files = { ...whole.files, 'shown.json': JSON.stringify(gridsIn(cells)) };

  const folder = mkdtempSync(join(tmpdir(), 'stacklab-bench-'));
  await bundlePythonPage(folder);
  const server = await serveFiles(folder, '/');
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('globalThis.python !== undefined');
    const text = await page.evaluate(runInPage, { code: PROGRAM, files });
    return JSON.parse(text) as Timed;
  } finally {
    await browser.close();
    await server.end();
    rmSync(folder, { recursive: true });
  }
}

/** Every run of lines that hold 81 marks together: dots, zeros and digits, with bars and blanks between them or not. */
function gridsIn(cells: readonly CellBlock[]): readonly string[] {
  const texts = cells.flatMap(({ code, files }) => [code, ...Object.values(files)]);
  const grids = texts
    .flatMap((text) => text.match(/^(?:.*"""|.*")?[-+|.\d\s]{81,}/gm) ?? [])
    .map((text) => text.replace(/[^.\d]/g, ''));
  return [...new Set(grids)].filter((text) => text.length === 81);
}

async function runInPage(options: {
  readonly code: string;
  readonly files: Readonly<Record<string, string>>;
}): Promise<string> {
  const { python } = globalThis as unknown as { readonly python: Python };
  const { text, ending } = await python.run(options.code, { files: options.files });
  if (ending.how !== 'finished') throw new Error(ending.words + (ending.error?.message ?? ''));
  return text;
}
