// The module "virtual:course": all lessons, labs and dashboards, compiled, for the pages to be rendered from.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import type { Result } from '../../src/core/base/result.ts';
import { compileLab } from '../../src/lesson/lab.ts';
import { compileLesson } from '../../src/lesson/lesson.ts';
import type { CompiledLesson } from '../../src/lesson/lesson-model.ts';
import { readRecorded, type Recorded } from '../../src/lesson/recorded.ts';

const ID = 'virtual:course';

export function coursePlugin(root: string): Plugin {
  return {
    name: 'stacklab-course',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const course = {
        lessons: readLessons(root),
        labs: readLabs(root),
        dashboards: readDashboards(root),
      };
      return { code: `export default ${JSON.stringify(course)}`, moduleType: 'js' };
    },
  };
}

/** Every lesson with what `check` recorded of it, in the order of the folders. */
function readLessons(root: string): readonly object[] {
  return readdirSync(`${root}lessons`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const file = `lessons/${name}/lesson.md`;
      const readFile = (path: string): string | null =>
        existsSync(root + path) ? readFileSync(root + path, 'utf8') : null;
      const lesson = mustHold(compileLesson(readFile(file) ?? '', file, readFile));
      const record = `lessons/${name}/recorded.json`;
      if (!existsSync(root + record))
        throw new Error(`${record} is missing: run "npx stacklab check --record lessons/${name}".`);
      const recorded = mustHold(readRecorded(readFileSync(root + record, 'utf8'), record));
      mustAnswerAll(lesson, recorded, record);
      return { ...lesson, recorded };
    });
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
