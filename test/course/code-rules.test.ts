// Rules about how a program is written: what each refuses, what the learner reads, and what an author may write.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCodeRule } from '../../src/lesson/code-rule.ts';
import { compileLesson } from '../../src/lesson/lesson.ts';
import type { Python } from '../../src/python/client.ts';
import { startPython } from './thread.ts';

const STARTER = 'a = 1\n\nb = 2\nc = 3\n';

/** [rule, program that keeps it, program that breaks it, what is found, what is asked] */
const RULES: readonly (readonly [string, string, string, string, string])[] = [
  [
    'calls show 2',
    'show(1)\nif a:\n    x.show(2)',
    'def show(a): ...\nshow(1)\nshow',
    '1 call of show',
    'at least 2 calls of show',
  ],
  [
    'no global',
    'def f():\n    """global"""',
    'def f():\n    global a',
    'line 2 says global',
    'no line with global',
  ],
  [
    'no bare name',
    'f()\nx = f',
    'x = 1\nf',
    'line 2 is a name without parentheses',
    'no line that is a name and nothing else',
  ],
  [
    'inner functions take 1',
    'def f(a, b):\n    return lambda c: c',
    'def f(a):\n    def g(*, c=1, **d): ...\n    return g',
    'g in line 2 takes 2 parameters',
    'inner functions with 1 parameter',
  ],
  [
    'inner functions take 0',
    'f = lambda a: a',
    'def f():\n    return lambda *a: a',
    'the lambda in line 2 takes 1 parameter',
    'inner functions with 0 parameters',
  ],
  [
    'no repeated block of 3 lines',
    'a = 1\na = 2\na = 3\na = 4\na = 5',
    'x = "a"\nprint(x)\nprint(f"{x}")\n\nx = "b"  # again\nprint(x)\nprint(f"<{x}>")',
    'the same 3 lines twice',
    'no 3 lines in a row that stand there twice',
  ],
  [
    'changed lines at most 2',
    'a = 1  \nb = 20\nb = 21\nc = 3',
    'x = 1\nb = 2',
    '2 changed lines',
    'at most 1 changed line',
  ],
  [
    'changed lines at most 1',
    'a = 1\nc = 3',
    'a = 1\nb = 2\nc = 3\nd = 4\ne = 5',
    'more than 1 changed line',
    'at most 1 changed line',
  ],
];

let python: Python;
beforeAll(async () => {
  python = await startPython();
});
afterAll(() => python.close());

async function judged(rule: string, program: string) {
  const code = readCodeRule(rule, { code: STARTER, files: {} }, 'main.py');
  if (!code.ok) throw new Error(code.why);
  return (await python.grade(program, [{ code: code.value, why: 'Because.' }])).verdict;
}

describe.each(RULES)('the rule "%s"', (rule, keeps, breaks, found, asked) => {
  it('lets a program pass that keeps it', async () => {
    expect((await judged(rule, keeps)).first).toBeNull();
  });

  it('says what it found and what it asks for', async () => {
    const { first, signature } = await judged(rule.replace('most 2', 'most 1'), breaks);
    expect(first).toMatchObject({ came: found, asked, why: 'Because.', call: null });
    expect(signature).toBe('rule');
  });
});

const FILES = { 'helpers.py': 'x = 0\nshow(x)\n', 'rows.csv': 'def (' };

async function judgedWithFiles(rule: string, files: Readonly<Record<string, string>>) {
  const code = readCodeRule(rule, { code: STARTER, files: FILES }, 'main.py');
  if (!code.ok) throw new Error(code.why);
  return (await python.grade('show(1)', [{ code: code.value }], { files })).verdict;
}

describe('a rule and several files', () => {
  it.each([
    ['calls show 2', FILES, null],
    ['calls show 2 in helpers.py', FILES, '1 call of show'],
    ['calls show 3', FILES, '2 calls of show'],
    [
      'no bare name',
      { 'helpers.py': 'x = 0\nx' },
      'line 2 of helpers.py is a name without parentheses',
    ],
    ['no bare name in main.py', { 'helpers.py': 'x = 0\nx' }, null],
    ['no repeated block of 1 lines', { 'helpers.py': 'show(2)' }, 'the same 1 lines twice'],
    ['changed lines at most 1 in helpers.py', { 'other.py': 'x = 1\nshow(x)' }, null],
    ['changed lines at most 1 in helpers.py', { 'other.py': 'x = 1\nshow(1)' }, '2 changed lines'],
    ['no file named like the library', FILES, null],
    [
      'no file named like the library',
      { 'json.py': '' },
      "json.py, which hides the library's json",
    ],
    [
      'no file named like the library',
      { 'json/a.py': '' },
      "json/a.py, which hides the library's json",
    ],
  ])('%s: %j', async (rule, files, found) => {
    expect((await judgedWithFiles(rule, files)).first?.came ?? null).toBe(found);
  });

  it('names a file only where there is one', () => {
    const code = readCodeRule('no global in rows.py', { code: '', files: FILES }, 'main.py');
    expect(code.ok ? '' : code.why).toContain('there is main.py, helpers.py, rows.csv');
  });
});

it('leaves a program that Python cannot read to Python', async () => {
  expect((await judged('no global', 'def f(:')).first?.came).toContain('SyntaxError');
});

it('does not run the program', async () => {
  expect((await judged('no global', 'while True: pass')).passed).toBe(true);
});

it.each([
  ['code: no globals', 'the rule "no globals" is not known; a rule is one of "calls NAME N", '],
  ['code: calls 3', 'the rule "calls 3" is not known'],
  [
    '{ code: no global, call: f() }',
    'a rule of "e" has also "call"; beside code there is only why',
  ],
  ['{ code: no global, expect: 1 }', 'has expect and code to judge by'],
])('tells an author who writes "- %s" what to write', (entry, sentence) => {
  const fences = ['python starter\n...', 'python solution\nx', `yaml tests\n- ${entry}`];
  const text = fences.map((fence) => `\`\`\`${fence}\n\`\`\`\n`).join('\n');
  const source = `---\nid: a\nnumber: 1\ntitle: A\nminutes: 1\n---\n# A {#a kind=fix}\n::: exercise id=e\n${text}:::\n`;
  const lesson = compileLesson(source, 'lesson.md');
  expect(lesson.ok ? '' : lesson.why).toContain(sentence);
});
