// A lesson with every mistake: `check` says each of its messages about it, at the line where the mistake stands.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/node/check/check.ts';
import { findingText, type Finding, type Report } from '../../src/node/check/report.ts';
import { makeNodePython } from '../../src/node/python.ts';
import { threadOptions } from './thread.ts';

const folder = fileURLToPath(new URL('./canary', import.meta.url));
const text = readFileSync(join(folder, 'lessons/01-mistakes/lesson.md'), 'utf8');

let report: Report;

beforeAll(async () => {
  report = await reportOf(folder);
});

async function reportOf(path: string): Promise<Report> {
  const options = await threadOptions();
  const python = () => makeNodePython(options);
  const checked = await check({ path, record: false, python, say: () => undefined });
  if (!checked.ok) throw new Error(checked.why);
  return checked.value;
}

/** The line on which the activity begins. */
function lineOf(id: string): number {
  return text.split('\n').findIndex((line) => line.includes(` id=${id} `)) + 1;
}

describe('check finds', () => {
  it.each([
    ['solution-fails', 'the solution fails: f(1) gave 3, and 2 is asked for. Repair'],
    ['starter-passes', 'the starter passes already. Leave something to do'],
    ['starter-broken', 'the starter does not parse. Repair it'],
    ['wrong-passes', 'the wrong answer "doubled" passes. Add a test'],
    ['wrong-alike', 'the wrong answer "zero" is taken for "minus": both fail alike. Add a test'],
    ['differs', 'Take out what differs from run to run'],
    ['too-slow', 'and 1000 are allowed. Take fewer or smaller tests'],
    ['too-deep', 'its calls go deeper than 200, half of what Python may use'],
    ['mutant-lives', 'the model tests let the broken version 1 pass ("It doubles.")'],
    ['file-unused', 'no other file and no test names the file "rows.csv". Use it, or take it out'],
    ['distractor-fits', 'a program with a line too many passes. Take another distractor'],
    ['right-differs', 'the right option is 3, but Python prints 2. Write what Python prints'],
    ['right-differs', 'the option 2 is called wrong, and Python prints it. Mark it with [x]'],
    ['right-differs', 'the variant "joined" should print 11, but prints 12. Change'],
    ['right-differs', 'the option 12 has neither a fence "python variant=unproved-option" nor'],
    ['no-cell', 'it asks about the cell "nowhere", which does not exist'],
    ['typed-right', 'the right answer 2 has a feedback for wrong ones. Take that fence out'],
    ['variant-of-none', 'it is a change of the cell "nowhere", which does not exist'],
    ['endless-print', 'it does not come to its end: Stopped: the program printed 10 001 lines'],
    ['deep-cell', 'its calls go deeper than 200, half of what Python may use'],
    ['count-right', 'the right answer 1 has a feedback for wrong ones. Take that fence out'],
    ['count-nothing', '"value missing" finds nothing in the trace. Compare its name'],
  ])('%s: %s', (id, sentence) => {
    const found = report.findings.filter((each) => each.id === id && each.what.includes(sentence));
    expect(found.map(({ line }) => line)).toContain(lineOf(id));
  });

  it.each([
    ['../02-nothing/lesson.md#page', 'there is no lesson 02-nothing'],
    ['../01-mistakes/lesson.md#nowhere', '01-mistakes has no page {#nowhere}'],
    ['../../labs/99-none/lab.md', 'there is no lab 99-none'],
    ['lesson.md', 'it is written as ../NN-id/lesson.md#page'],
  ])('the dead link %s: %s', (href, why) => {
    expect(texts(report.findings)).toContain(`the link ${href} is dead: ${why}`);
  });

  it.each([
    ['::: rule', 'no program on its page shows this rule. Add one that does'],
    [':::: near-miss', 'this near miss holds no program. Add the variant that breaks'],
    ['The message `', "nothing in this lesson says `'bed' object is not made`. Quote what Python"],
    ['The message `', 'nothing in this lesson says `BlockingIOError`. Quote what Python said'],
    ['---', 'the misconception "not-in-the-list" is not in lessons/misconceptions.yaml'],
  ])('a claim that nothing shows, at "%s": %s', (start, sentence) => {
    const line = text.split('\n').findIndex((each) => each.startsWith(start)) + 1;
    const found = report.findings.filter(({ what }) => what.includes(sentence));
    expect(found.map((each) => each.line)).toEqual([line]);
  });

  it('nothing in a link that leads somewhere, and a record that is not of this run', () => {
    expect(texts(report.findings)).not.toContain('lesson.md#text');
    expect(texts(report.findings)).toContain(
      'recorded.json holds something else than was seen now',
    );
  });

  it('nothing else', () => {
    const known = new Set(report.findings.map(({ id }) => id ?? 'the file'));
    expect(known.size).toBe(20);
  });
});

describe('check warns, and fails nothing, about', () => {
  it.each([
    'a sentence of 30 words',
    'a paragraph of 5 sentences',
    'the word "just"',
    'an exclamation mark',
    'a program of 14 lines. At most 12',
    'a line of 89 columns. At most 72',
    'a page of 825 words. At most 700',
    'words before the first thing to do. At most 350',
  ])('%s', (sentence) => {
    expect(texts(report.warnings)).toContain(sentence);
  });
});

describe('check refuses a lesson that is not whole, with the line', () => {
  it.each([
    [
      'an id that is used twice',
      'id=deep-cell',
      'id=typed-two',
      'the id "typed-two" is used twice',
    ],
    ['a view that is not there', 'view=calltree', 'view=calltrees', 'has the view "calltrees"'],
    ['a block without an id', '::: exercise id=differs ', '::: exercise ', 'needs an id'],
    [
      'a source that is not there',
      '# Mistakes of text',
      '::: source src/core/nowhere.ts parseLine\n:::\n\n# Mistakes of text',
      '"src/core/nowhere.ts", of which a source is shown, does not exist',
    ],
    [
      'a file that is written twice',
      'text starter file=rows.csv',
      'python starter file=helpers.py',
      '"python starter file=helpers.py" writes helpers.py twice. Take one of the two out',
    ],
    [
      'an answer with a file that the starter does not have',
      'file=h.py was=helpers.py',
      'file=other.py',
      'is of no file that the starter of "file-unused" has: helpers.py, rows.csv. Write it',
    ],
    [
      'a new name for a file that readers cannot rename',
      'file=file_unused.py renames\n',
      'file=file_unused.py\n',
      'renames a file, which readers of "file-unused" cannot. Write "renames"',
    ],
    [
      'a file with the name of its program',
      'solution file=h.py was=helpers.py',
      'solution file=file_unused.py was=helpers.py',
      'has the file "file_unused.py", which is the name of its program',
    ],
    [
      'a file outside of the folder',
      'text starter file=rows.csv',
      'text starter file=../rows.csv',
      'has the file "../rows.csv"; a name is written as in "file=rows.csv"',
    ],
    [
      'names that may change, and no file',
      'file=differs.py',
      'file=differs.py renames',
      '"differs" says "renames", and has no file beside its program. Add one',
    ],
    [
      'a rule about a file that is not there',
      '- call: y\n',
      '- code: no global in nowhere.py\n- call: y\n',
      'the rule "no global in nowhere.py" names no file of it; there is file_unused.py, helpers.py',
    ],
    [
      'tests that are no YAML',
      '- call: y\n',
      '- call: y: z\n',
      'needs a fence "yaml tests" with a list',
    ],
    [
      'a misconception that nothing brings out',
      'at right-differs/joined',
      'at right-differs/nowhere',
      'names no wrong answer of this lesson. Write "name at block/wrong-answer"',
    ],
    [
      'minutes on one page alone',
      '{#programs kind=write}',
      '{#programs kind=write minutes=3-5}',
      'has no minutes, as in "minutes=3-5"; others have',
    ],
    ['an option without a name', '{misconception=unproved-option}', '', 'names no misconception'],
  ])('%s', async (_, before, after, sentence) => {
    const copy = mkdtempSync(join(tmpdir(), 'stacklab-canary-'));
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, 'lessons/01-mistakes/lesson.md'), text.replace(before, after));
    const { findings } = await reportOf(copy);
    expect(findings.length).toBe(1);
    expect(findings[0]?.what).toContain(sentence);
    expect(findings[0]?.line).toBeGreaterThan(0);
    rmSync(copy, { recursive: true });
  });
});

function texts(findings: readonly Finding[]): string {
  return findings.map(findingText).join('\n');
}
