// `stacklab check [PATH]`: runs everything in lessons and labs and says what is not as it is written.
//
//   lessons/NN-slug   cells, predictions, solutions, wrong answers; compared with recorded.json
//   labs/NN-slug      every solution, in a simulated world

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { bad, good, type Result } from '../../core/base/result.ts';
import { compileLab } from '../../lesson/lab.ts';
import { compileLesson } from '../../lesson/lesson.ts';
import { lineOfRefusal, linesOfIds } from '../../lesson/source-lines.ts';
import { textFindings } from '../../lesson/text-rules.ts';
import { readRecorded } from '../../lesson/recorded.ts';
import type { Python } from '../../python/client.ts';
import { checkLab } from './lab.ts';
import { checkLesson } from './lesson.ts';
import { checkLinks } from './links.ts';
import { lessonNumbers, unshownWords } from './numbers.ts';
import { makeReporter, type Report, type Reporter } from './report.ts';

export interface CheckOptions {
  /** A lesson's or a lab's folder, or a folder with lessons/ and labs/ in it. */
  readonly path: string;
  /** Write what was seen to recorded.json instead of comparing with it. */
  readonly record: boolean;
  readonly python: () => Python;
  readonly say: (line: string) => void;
}

export async function check(options: CheckOptions): Promise<Result<Report>> {
  const folders = contentFolders(resolve(options.path));
  if (!folders.ok) return folders;
  const reporter = makeReporter();
  let python: Python | null = null;
  try {
    for (const folder of folders.value) {
      options.say(`checking ${basename(folder)}`);
      if (existsSync(join(folder, 'lab.md'))) await labIn(folder, reporter);
      else await lessonIn(folder, (python ??= options.python()), options.record, reporter);
    }
  } finally {
    python?.close();
  }
  const beliefs = folders.value.flatMap((folder) => readBeliefs(join(folder, '..')));
  return good(reporter.report(new Set(beliefs).size));
}

/** Folders that hold a lesson.md or a lab.md, at `path` or below its lessons/ and labs/. */
function contentFolders(path: string): Result<readonly string[]> {
  const isContent = (folder: string): boolean =>
    ['lesson.md', 'lab.md'].some((name) => existsSync(join(folder, name)));
  if (isContent(path)) return good([path]);
  const places = [path, join(path, 'lessons'), join(path, 'labs')];
  const found = places
    .filter((place) => existsSync(place) && statSync(place).isDirectory())
    .flatMap((place) =>
      readdirSync(place)
        .sort()
        .map((name) => join(place, name)),
    )
    .filter(isContent);
  if (found.length === 0)
    return bad(`There is no lesson.md and no lab.md in ${path}, in its lessons/ or in its labs/.`);
  return good(found);
}

async function lessonIn(
  folder: string,
  python: Python,
  record: boolean,
  reporter: Reporter,
): Promise<void> {
  const path = shownPath(join(folder, 'lesson.md'));
  const text = readFileSync(join(folder, 'lesson.md'), 'utf8');
  reporter.begin(path, linesOfIds(text));
  const lesson = compileLesson(text, path, (file) => textOf(join(folder, '../..', file)));
  if (!lesson.ok) {
    const what = lesson.why.replace(`${path}: `, '');
    reporter.note(lineOfRefusal(what, text), what);
    return;
  }
  for (const { line, what } of textFindings(text, lesson.value.isProject))
    reporter.warn(line, what);
  checkLinks(text, folder, reporter);
  if (!(await python.start())) {
    reporter.expect(false, null, python.state().why ?? 'Python did not load');
    return;
  }
  const file = join(folder, 'recorded.json');
  const seen = await checkLesson(lesson.value, python, reporter);
  const numbers = lessonNumbers(lesson.value, text, reporter.runs());
  reporter.lesson(numbers);
  for (const claim of numbers.claims)
    if (claim.shownBy === null) reporter.note(claim.line, unshownWords(claim));
  const beliefs = readBeliefs(join(folder, '..'));
  for (const name of numbers.misconceptions)
    if (!beliefs.includes(name))
      reporter.note(
        1,
        `the misconception "${name}" is not in ${BELIEFS}. Write it there, or take one of its names`,
      );
  if (record) writeFileSync(file, `${JSON.stringify(seen, null, 1)}\n`);
  const recorded = readRecorded(textOf(file) ?? '', file);
  // What it says counts, not where its lines break.
  const isSame = recorded.ok && JSON.stringify(recorded.value) === JSON.stringify(seen);
  reporter.expect(
    isSame,
    null,
    'recorded.json holds something else than was seen now. Look at what changed, then run check --record',
  );
}

const BELIEFS = 'lessons/misconceptions.yaml';

/** The names of all misconceptions that lessons may meet; none where there is no such file. */
function readBeliefs(lessons: string): readonly string[] {
  const text = textOf(join(lessons, basename(BELIEFS)));
  return text === null ? [] : Object.keys(parseYaml(text) as object);
}

async function labIn(folder: string, reporter: Reporter): Promise<void> {
  const path = shownPath(join(folder, 'lab.md'));
  const text = readFileSync(join(folder, 'lab.md'), 'utf8');
  reporter.begin(path, linesOfIds(text));
  const lab = compileLab(text, path);
  if (!lab.ok) {
    reporter.note(1, lab.why);
    return;
  }
  await checkLab(lab.value, readFileSync(join(folder, lab.value.conf), 'utf8'), reporter);
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** As an author sees it from where the command was called, so that an editor can open it. */
function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
