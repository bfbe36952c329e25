// A chapter cut into texts and programs, in order: what a notebook and a script are made of.

import type { Answer, Block, ExerciseBlock, Option } from '../lesson-model.ts';
import type { Recorded, RecordedLesson } from '../recorded.ts';
import { asMarkdown } from './markdown.ts';
import { pythonText, testLines } from './python-text.ts';

/** For learners, or with the answers: for those who teach. */
export type Audience = 'learners' | 'teachers';

/** Path of a chapter as a file, below the root of the site. */
export function downloadPath(lessonId: string, kind: 'ipynb' | 'py', audience: Audience): string {
  const answers = audience === 'teachers' ? '-answers' : '';
  return `lessons/${lessonId}/${lessonId}${answers}.${kind}`;
}

export type Part =
  | { readonly kind: 'text'; readonly id: string; readonly markdown: string }
  | {
      readonly kind: 'program';
      readonly id: string;
      /** What comes before it: its first line stays line 1, as the questions have it. */
      readonly before: readonly string[];
      readonly code: string;
      /** Whether its tests run it again. */
      readonly isTask: boolean;
      /** Whether it may end in an error: it is meant to, or is not done yet. */
      readonly mayFail: boolean;
    };

/** What every program and test of a download needs; the names of a program before are gone when the next begins. */
export const HEAD = `import contextlib, importlib, io, linecache, pathlib, sys

# Files of the programs are written anew, and some of them twice in a second.
sys.dont_write_bytecode = True

@contextlib.contextmanager
def checking(task, print=print, type=type):
    """Says whether the asserts below hold."""
    try:
        yield
    except Exception as error:
        print(f"{task}: not yet. {type(error).__name__}: {error}")
    else:
        print(f"{task}: done")

@contextlib.contextmanager
def raising(kind):
    """Wants the lines below to raise that exception."""
    try:
        yield
    except kind:
        return
    raise AssertionError(f"{kind.__name__} is asked for")

def printed(call):
    """What the call prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        call()
    return out.getvalue().strip()

def start_anew(limit=sys.getrecursionlimit(), setlimit=sys.setrecursionlimit, globals=globals, list=list):
    """Forgets the names and the files of the program before: each one of the course begins anew."""
    setlimit(limit)
    for name in list(globals()):
        if not name.startswith("_"):
            del globals()[name]
    globals().update(_of_the_course)
    importlib.invalidate_caches()
    here = str(pathlib.Path.cwd())
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(here):
            del sys.modules[name]

def anew(task):
    """Runs the program of a task once more: every test finds it as it begins."""
    start_anew()
    cells = [cell for cell in globals().get("In", []) if cell.rstrip().endswith(f"# {task}")]
    text = "".join(linecache.getlines(globals().get("__file__", "")))
    source = cells[-1] if cells else text.partition(f"# %% {task}\\n")[2].partition("\\n# %%")[0]
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, globals())

_of_the_course = {name: value for name, value in globals().items() if not name.startswith("_")}`;

export function partsOf(lesson: RecordedLesson, audience: Audience): readonly Part[] {
  const { recorded } = lesson;
  const parts: Part[] = [];
  const text = (id: string, markdown: string): void =>
    void parts.push({ kind: 'text', id, markdown });
  text(
    lesson.id,
    [
      `# ${lesson.number} ${lesson.title}`,
      `A chapter of Stacklab, for Python 3.14. ${lesson.minutes.replace('-', ' to ')} minutes. Teaching data, not for care.`,
      ...(audience === 'teachers' ? ['This copy holds the answers.'] : []),
    ].join('\n\n'),
  );
  parts.push({
    kind: 'program',
    id: 'head',
    before: [],
    code: HEAD,
    isTask: false,
    mayFail: false,
  });
  for (const page of lesson.pages) {
    text(page.id, `# ${page.title}`);
    page.blocks.forEach((block, at) =>
      parts.push(...blockParts(block, `${page.id}-${at}`, recorded, audience)),
    );
  }
  return parts;
}

function blockParts(
  block: Block,
  place: string,
  recorded: Recorded,
  audience: Audience,
): readonly Part[] {
  const text = (...lines: readonly string[]): Part => ({
    kind: 'text',
    id: 'id' in block ? block.id : place,
    markdown: lines.join('\n\n'),
  });
  const isTeachers = audience === 'teachers';
  switch (block.kind) {
    case 'prose':
      return [text(asMarkdown(block.html))];
    case 'rule':
      return [text(`> **The rule.** ${asMarkdown(block.html)}`)];
    case 'source':
      return [];
    case 'predict':
      return [
        text(
          '**Predict, before you run the next program.**',
          asMarkdown(block.questionHtml),
          optionsText(block.options, isTeachers),
        ),
      ];
    case 'question':
      return [
        text('**Check.**', asMarkdown(block.questionHtml), optionsText(block.options, isTeachers)),
      ];
    case 'explore':
      return [
        text(
          '**In the picture of the page.**',
          asMarkdown(block.questionHtml),
          ...(isTeachers ? [`Answer: ${recorded.answers[block.id] ?? ''}`] : []),
        ),
      ];
    case 'exercise':
      return [text(asMarkdown(block.html)), ...exerciseParts(block, isTeachers)];
    default: {
      const { id, code, files } = block;
      const mayFail = (recorded.cells[id]?.error ?? null) !== null;
      return [{ kind: 'program', id, before: linesBefore(files), code, isTask: false, mayFail }];
    }
  }
}

function optionsText(options: readonly Option[], isTeachers: boolean): string {
  return options
    .map(({ text, note, isRight }) => {
      const shown = text.includes('`') || note === '' ? text : `\`${text}\`, ${note}`;
      return `- ${shown}${isTeachers && isRight ? ' **(right)**' : ''}`;
    })
    .join('\n');
}

/** Every program begins without the names of the one before, and with its files. */
function linesBefore(files: Answer['files']): readonly string[] {
  return [
    'start_anew()',
    ...Object.entries(files).map(
      ([name, text]) => `pathlib.Path(${pythonText(name)}).write_text(${pythonText(text)})`,
    ),
  ];
}

function exerciseParts(block: ExerciseBlock, isTeachers: boolean): readonly Part[] {
  const { id, starter, solution, tests } = block;
  const { code, files } = isTeachers ? solution : starter;
  const judged = tests.map(testLines);
  const checks = judged.flatMap((lines, at) =>
    lines === null
      ? []
      : [
          `with checking(${pythonText(`${id}, test ${at + 1} of ${tests.length}`)}):`,
          `    anew(${pythonText(id)})`,
          ...lines.map((line) => `    ${line}`),
        ],
  );
  const left = judged.filter((lines) => lines === null).length;
  if (left > 0) checks.push(`# ${left} more of its tests can be judged on the page only.`);
  return [
    { kind: 'program', id, before: linesBefore(files), code, isTask: true, mayFail: !isTeachers },
    {
      kind: 'program',
      id: `${id}-tests`,
      before: [],
      code: checks.join('\n'),
      isTask: false,
      mayFail: false,
    },
  ];
}
