// The chapters as files: a notebook runs cell by cell, a script from top to bottom, in the Python of the page.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLessons } from '../../site/build/course.ts';
import { chapterNotebook } from '../../src/lesson/download/notebook.ts';
import { chapterScript } from '../../src/lesson/download/script.ts';
import { sameText } from '../../src/lesson/recorded.ts';
import type { Python } from '../../src/python/client.ts';
import { makeNodePython } from '../../src/node/python.ts';
import { threadOptions } from './thread.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lessons = readLessons(root, null).filter(({ isListed }) => isListed);

/** Runs each code cell in the same namespace, as Jupyter does; [id, what it printed, the error it ended with]. */
const RUNNER = `
import contextlib, io, json, pathlib
names = {"__name__": "__main__", "In": []}
seen = []
for cell in json.loads(pathlib.Path("chapter.ipynb").read_text())["cells"]:
    if cell["cell_type"] != "code":
        continue
    source = "".join(cell["source"])
    names["In"].append(source)
    error = None
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(source, "cell.py", "exec"), names)
        except Exception as caught:
            error = f"{type(caught).__name__}: {caught}"
    may_raise = "raises-exception" in cell["metadata"].get("tags", [])
    seen.append([cell["id"], out.getvalue(), error, may_raise])
print(json.dumps(seen))
`;

const SCRIPT = 'import runpy\nrunpy.run_path("chapter.py", run_name="__main__")';

type Seen = readonly [id: string, printed: string, error: string | null, mayRaise: boolean];

let python: Python;

beforeAll(async () => {
  python = makeNodePython(await threadOptions());
});

afterAll(() => python.close());

async function runNotebook(text: string): Promise<readonly Seen[]> {
  const { text: printed, ending } = await python.run(RUNNER, { files: { 'chapter.ipynb': text } });
  expect(ending.error).toBeNull();
  return JSON.parse(printed) as readonly Seen[];
}

it('there is one for each chapter', () => {
  const folders = readdirSync(`${root}lessons`, { withFileTypes: true });
  expect(lessons.length).toBe(folders.filter((each) => each.isDirectory()).length - 1);
});

describe.each(lessons.map((lesson) => ({ id: lesson.id, lesson })))('$id', ({ lesson }) => {
  const { recorded } = lesson;
  const exercises = lesson.pages
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.kind === 'exercise' ? [block] : []));

  it('as a notebook prints in each program what the page prints, and stops only where it is meant to', async () => {
    const seen = await runNotebook(chapterNotebook(lesson, 'learners'));
    expect(seen.filter(([, , error, mayRaise]) => error !== null && !mayRaise)).toEqual([]);
    const printed = new Map(
      seen.map(([id, text, error]) => [id.replace(/^\d+-/, ''), { text, error }]),
    );
    for (const [id, run] of Object.entries(recorded.cells)) {
      // A program about the limit prints how deep it came: that differs where more is below it.
      if (run.error === 'RecursionError') continue;
      expect([id, sameText(printed.get(id)?.text ?? '')]).toEqual([id, sameText(run.output)]);
      expect([id, printed.get(id)?.error?.split(':')[0] ?? null]).toEqual([id, run.error]);
    }
  });

  it('as a notebook with its answers holds every assert', async () => {
    const seen = await runNotebook(chapterNotebook(lesson, 'teachers'));
    const said = seen.map(([, printed]) => printed).join('');
    expect(said).not.toContain(': not yet');
    for (const { id } of exercises) expect(said).toContain(`${id}, test `);
  });

  it('as a notebook of a learner who has done nothing, says of each task that it is not done', async () => {
    const seen = await runNotebook(chapterNotebook(lesson, 'learners'));
    const said = seen.map(([, printed]) => printed).join('');
    for (const { id, tests } of exercises)
      if (tests.some(({ call }) => call !== undefined))
        expect(said).toMatch(new RegExp(`${id}, test \\d+ of \\d+: not yet`));
  });

  it.each(['learners', 'teachers'] as const)(
    'as a script for %s runs to its end',
    async (audience) => {
      const { ending, text } = await python.run(SCRIPT, {
        files: { 'chapter.py': chapterScript(lesson, audience) },
      });
      expect(ending.error).toBeNull();
      if (audience === 'teachers') expect(text).not.toContain(': not yet');
    },
  );

  it('is a notebook of format 4.5 with an id of its own for each cell', () => {
    const notebook = JSON.parse(chapterNotebook(lesson, 'learners')) as {
      readonly nbformat: number;
      readonly nbformat_minor: number;
      readonly cells: readonly { readonly id: string }[];
    };
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    const ids = notebook.cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/);
  });

  it('keeps the answers out of what learners take', () => {
    const files = [chapterNotebook(lesson, 'learners'), chapterScript(lesson, 'learners')];
    const solutions = exercises.map(({ solution }) => solution.code);
    for (const text of files) for (const code of solutions) expect(text).not.toContain(code);
  });
});
