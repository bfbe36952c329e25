// What the compiler says to an author whose blanks or questions about a picture are not whole.

import { describe, expect, it } from 'vitest';
import { compileLesson } from '../../src/lesson/lesson.ts';
import type {
  CellBlock,
  ExerciseBlock,
  ExploreBlock,
  SourceBlock,
} from '../../src/lesson/lesson-model.ts';

const HEAD = '---\nid: a\nnumber: 1\ntitle: A\nminutes: 10\n---\n\n# Page {#page kind=explore}\n\n';

function fence(info: string, text: string): string {
  return `\`\`\`${info}\n${text}\n\`\`\`\n\n`;
}

function whyNot(body: string): string {
  const lesson = compileLesson(HEAD + body, 'lesson.md');
  return lesson.ok ? 'nothing' : lesson.why;
}

function lastBlock(body: string): unknown {
  const lesson = compileLesson(HEAD + body, 'lesson.md');
  if (!lesson.ok) throw new Error(lesson.why);
  return lesson.value.pages[0]?.blocks.at(-1);
}

const TESTS = fence('yaml tests', '- call: f(1)\n  expect: 2');
const HINTS = fence('hint', 'Look.').repeat(3);

function fill(program: string, more = ''): string {
  return `::: fill id=blanks\n\nFill in.\n\n${fence('python program', program)}${more}${TESTS}${HINTS}:::\n`;
}

describe('a block of blanks', () => {
  it('is an exercise: empty blanks at the start, right answers in the solution', () => {
    const block = lastBlock(fill('def f(x):\n    return [[x]] + [[values[0]]]')) as ExerciseBlock;
    expect(block.starter.code).toBe('def f(x):\n    return ___ + ___');
    expect(block.solution.code).toBe('def f(x):\n    return x + values[0]');
    expect(block.aroundBlanks).toEqual(['def f(x):\n    return ', ' + ', '']);
  });

  it('has wrong answers, each with its words', () => {
    const wrong = fence('yaml wrong', '- blanks: [2]\n  feedback: too-much');
    const words = fence('feedback too-much', 'Why 2?');
    const block = lastBlock(
      fill('def f(x):\n    return x + [[1]]', wrong + words),
    ) as ExerciseBlock;
    expect(block.wrong).toEqual([
      { id: 'too-much', files: {}, code: 'def f(x):\n    return x + 2', feedbackHtml: 'Why 2?' },
    ]);
  });

  it.each([
    ['no blank', fill('def f(x):\n    return 2'), 'the program of "blanks" has no blank'],
    ['an empty blank', fill('f = [[ ]]'), 'a blank of "blanks" holds no answer'],
    ['two blanks that touch', fill('f = [[a]][[b]]'), 'two blanks of "blanks" touch'],
    [
      'a wrong answer with a blank too few',
      fill('f = [[a]] + [[b]]', fence('yaml wrong', '- blanks: [c]\n  feedback: why')),
      'needs a feedback, and 2 texts as its blanks',
    ],
    [
      'a wrong answer without words',
      fill('f = [[a]]', fence('yaml wrong', '- blanks: [c]\n  feedback: why')),
      'the wrong answer "why" of "blanks" has no fence "feedback why"',
    ],
    ['wrong answers that are no list', fill('f = [[a]]', fence('yaml wrong', 'a: 1')), 'no list'],
    [
      'no program',
      fill('f = [[a]]').replace('python program', 'python starter'),
      'needs the fence "python program"',
    ],
    ['no hints', fill('f = [[a]]').replace(HINTS, ''), '"blanks" has 0 hints; it needs 3'],
  ])('with %s is refused', (_, body, sentence) => {
    expect(whyNot(body)).toContain(sentence);
  });
});

const CELL = fence('python run id=fib view=calltree of=fib', 'def fib(n): ...');

function explore(attributes: string, inner = ''): string {
  return `::: explore id=count ${attributes}\nHow many?\n\n${inner}:::\n`;
}

describe('a question about a picture', () => {
  it('knows what is counted, and the words to wrong answers', () => {
    const body = CELL + explore('cell=fib answer="calls fib"', fence('feedback 011', 'All?'));
    const block = lastBlock(body) as ExploreBlock;
    expect(block.unit).toEqual(['call', 'calls']);
    expect(block.feedback).toEqual({ '11': 'All?' });
  });

  it.each([
    [
      'an unknown measure',
      CELL + explore('cell=fib answer="loops"'),
      '"loops" is no measure; there are calls [NAME], hits [NAME], saved [NAME], frames deepest,',
    ],
    ['no measure', CELL + explore('cell=fib'), 'needs its cell and what to count there'],
    [
      'a cell without a view',
      CELL.replace(' view=calltree', '') + explore('cell=fib answer=calls'),
      'is about the cell "fib", which has no view',
    ],
    [
      'a cell of another page',
      `${CELL}\n# Next {#next kind=run}\n\n${explore('cell=fib answer=calls')}`,
      'needs the cell "fib" on its own page',
    ],
    [
      'a feedback for a word in place of a count',
      CELL + explore('cell=fib answer=calls', fence('feedback eleven', 'All?')),
      'has a feedback for "eleven", but a whole number is typed there',
    ],
    [
      'another fence',
      CELL + explore('cell=fib answer=calls', fence('hint', 'Look.')),
      'holds a fence "hint"',
    ],
  ])('with %s is refused', (_, body, sentence) => {
    expect(whyNot(body)).toContain(sentence);
  });
});

describe('a source', () => {
  const FILES: Readonly<Record<string, string>> = {
    'src/a.ts':
      '// A file.\n\n/** Adds. */\nexport function add(one: number): number {\n  return one + 1; // <b>\n}\n\nexport const MOST = 3;\nconst own = [\n  1,\n];\n',
    'src/b.py':
      'import os\n\n# Doubles.\n@once\ndef double(n):\n    x = 1\n\n    return n * 2\n\n\nclass A:\n    pass\n',
  };
  const read = (info: string) =>
    compileLesson(`${HEAD}::: source ${info}\n:::\n`, 'lesson.md', (path) => FILES[path] ?? null);
  const textOf = (info: string): string => {
    const lesson = read(info);
    if (!lesson.ok) throw new Error(lesson.why);
    const block = lesson.value.pages[0]?.blocks.at(-1) as SourceBlock;
    return block.html
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&');
  };

  it('is a declaration with the comment above it, and ends where that ends', () => {
    expect(textOf('src/a.ts add')).toBe(
      '/** Adds. */\nexport function add(one: number): number {\n  return one + 1; // <b>\n}\n',
    );
    expect(textOf('src/a.ts MOST')).toBe('export const MOST = 3;\n');
    expect(textOf('src/b.py double')).toBe(
      '# Doubles.\n@once\ndef double(n):\n    x = 1\n\n    return n * 2\n',
    );
    expect(textOf('src/b.py A')).toBe('class A:\n    pass\n');
  });

  it.each([
    ['src/c.ts add', '"src/c.ts", of which a source is shown, does not exist'],
    ['src/a.ts own', '"src/a.ts" declares no "own"; there are add, MOST'],
    ['src/a.ts', 'names a file of this project and what it declares'],
    ['src/../../secret.ts key', 'names a file of this project and what it declares'],
  ])('of "%s" is refused', (info, sentence) => {
    const lesson = read(info);
    expect(lesson.ok ? '' : lesson.why).toContain(sentence);
  });
});

describe('the minutes of pages', () => {
  const timed = (head: string, ...pages: readonly string[]): string => {
    const text = pages.map((minutes, at) => `# Page {#p${at} kind=run minutes=${minutes}}\n`);
    const lesson = compileLesson(
      `---\nid: a\nnumber: 1\ntitle: A\n${head}\n---\n\n${text.join('\n')}`,
      'l.md',
    );
    return lesson.ok ? lesson.value.pages.map(({ minutes }) => minutes?.max).join() : lesson.why;
  };

  it('add up to those of the chapter', () => {
    expect(timed('minutes: 7-11', '3-5', '4-6')).toBe('5,6');
    expect(timed('minutes: 7-10', '3-5', '4-6')).toBe(
      'l.md: the front matter has minutes: 7-10, and the pages add up to 7-11.',
    );
  });

  it('are the fewest and the most', () => {
    expect(timed('minutes: 5-3', '5-3')).toContain('page "p0" has minutes=5-3; write the fewest');
    expect(timed('minutes: 5', '5')).toContain('page "p0" has minutes=5; write the fewest');
  });

  it('and lists of the front matter are lists', () => {
    expect(timed('minutes: 3-5\nprerequisites: lists', '3-5')).toContain(
      '"prerequisites" in the front',
    );
  });
});

describe('files of another cell', () => {
  const cells = (of: string): string =>
    `${fence('python run id=one file=one.py', 'import a, b')}${fence('python file=a.py of=one', 'x = 1')}` +
    fence('python file=b.py of=one', 'x = 2') +
    fence(`python run id=two file=two.py files-of=${of}`, 'import a, b') +
    fence('python file=b.py of=two', 'x = 3');

  it('come along, and one of the same name is the cell’s own', () => {
    const block = lastBlock(cells('one')) as CellBlock;
    expect(block.files).toEqual({ 'a.py': 'x = 1\n', 'b.py': 'x = 3\n' });
  });

  it('are those of a cell above', () => {
    expect(whyNot(cells('three'))).toContain('the files of "three", which is no cell above it');
  });
});
