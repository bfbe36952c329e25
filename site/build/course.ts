// The module "virtual:course": all lessons, labs and dashboards, compiled, for the pages to be rendered from.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { parse as parseYaml } from 'yaml';
import type { Result } from '../../src/core/base/result.ts';
import { compileLab } from '../../src/lesson/lab.ts';
import { compileLesson } from '../../src/lesson/lesson.ts';
import type { CompiledLesson } from '../../src/lesson/lesson-model.ts';
import { readRecorded, type Recorded, type RecordedLesson } from '../../src/lesson/recorded.ts';
import { lineOfRefusal } from '../../src/lesson/source-lines.ts';

const ID = 'virtual:course';

/** While a lesson is being written, what was recorded stands elsewhere, and need not be complete. */
export interface Draft {
  /** A folder with a lessons/ in it. */
  readonly recordedIn: string;
}

export function coursePlugin(root: string, draft: Draft | null = null): Plugin {
  return {
    name: 'stacklab-course',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const course = {
        lessons: readLessons(root, draft),
        labs: readLabs(root),
        dashboards: readDashboards(root),
        beliefs: readYaml(root, 'lessons/misconceptions.yaml'),
        glossary: readYaml(root, 'lessons/glossary.yaml'),
      };
      // One text instead of thousands of objects: nobody has to read them as a program.
      const text = JSON.stringify(JSON.stringify(course));
      return { code: `export default JSON.parse(${text})`, moduleType: 'js' };
    },
  };
}

function readYaml(root: string, path: string): object {
  return parseYaml(readFileSync(root + path, 'utf8')) as object;
}

/** Every lesson with what `check` recorded of it, in the order of the folders. */
export function readLessons(root: string, draft: Draft | null): readonly RecordedLesson[] {
  return readdirSync(`${root}lessons`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const file = `lessons/${name}/lesson.md`;
      const lesson = compiled(root, file);
      const record = `lessons/${name}/recorded.json`;
      const path = (draft?.recordedIn ?? root) + record;
      if (!existsSync(path)) {
        if (draft !== null) return { ...lesson, recorded: NOTHING_RECORDED };
        throw new Error(`${record} is missing: run "npx stacklab check --record lessons/${name}".`);
      }
      const recorded = mustHold(readRecorded(readFileSync(path, 'utf8'), record));
      if (draft === null) mustAnswerAll(lesson, recorded, record);
      return { ...lesson, recorded };
    });
}

const NOTHING_RECORDED: Recorded = { python: '', cells: {}, wrong: {}, answers: {} };

/** A refusal names its line, as `check` does. */
function compiled(root: string, file: string): CompiledLesson {
  const readFile = (path: string): string | null =>
    existsSync(root + path) ? readFileSync(root + path, 'utf8') : null;
  const text = readFile(file) ?? '';
  const lesson = compileLesson(text, file, readFile);
  if (lesson.ok) return lesson.value;
  const what = lesson.why.replace(`${file}: `, '');
  throw new Error(`${file}:${lineOfRefusal(what, text)}: ${what}`);
}

/** A question about a picture that was never recorded could not be answered rightly. */
function mustAnswerAll(lesson: CompiledLesson, recorded: Recorded, file: string): void {
  for (const block of lesson.pages.flatMap(({ blocks }) => blocks))
    if (block.kind === 'explore' && recorded.answers[block.id] === undefined)
      throw new Error(`${file} has no answer to "${block.id}": run "npx stacklab check --record".`);
}

function mustHold<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.why);
  return result.value;
}

/** Every lab with the file its page starts from. */
function readLabs(root: string): readonly object[] {
  return readdirSync(`${root}labs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((folder) => {
      const file = `labs/${folder.name}/lab.md`;
      const lab = mustHold(compileLab(readFileSync(root + file, 'utf8'), file));
      const conf = readFileSync(`${root}labs/${folder.name}/${lab.conf}`, 'utf8');
      return { ...lab, confText: conf };
    });
}

/** Every dashboard file of every lab, as text, by its uid. */
function readDashboards(root: string): readonly { uid: string; title: string; text: string }[] {
  return readdirSync(`${root}labs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) =>
      readdirSync(`${root}labs/${folder.name}`)
        .filter((name) => name.endsWith('.dashboard.json'))
        .map((name) => {
          const text = readFileSync(`${root}labs/${folder.name}/${name}`, 'utf8');
          const { uid, title } = JSON.parse(text) as { uid: string; title: string };
          return { uid, title, text };
        }),
    );
}
