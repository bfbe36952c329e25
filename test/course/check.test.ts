// All lessons and labs of this repository, run as `stacklab check` runs them.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src/node/check/check.ts';
import { findingText } from '../../src/node/check/report.ts';
import { makeNodePython } from '../../src/node/python.ts';
import { partInTier } from '../tools/tier.ts';
import { threadOptions } from './thread.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function findings(path: string, record = false): Promise<readonly string[]> {
  const options = await threadOptions();
  const checked = await check({
    path,
    record,
    python: () => makeNodePython(options),
    say: () => undefined,
  });
  if (!checked.ok) return [checked.why];
  return checked.value.findings.map(findingText);
}

/** All programs of all chapters, some hundreds, one after the other. */
const WHOLE_COURSE_MS_MAX = 400_000;

it(
  'finds every lesson and lab as its author wrote it',
  { timeout: WHOLE_COURSE_MS_MAX },
  async () => {
    expect(await findings(root, process.env['RECORD'] === '1')).toEqual([]);
  },
);

describe('a lesson that is not as it was', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stacklab-check-'));
  const file = `${folder}/07-closures/lesson.md`;
  const text = firstPages(readFileSync(`${root}lessons/07-closures/lesson.md`, 'utf8'));

  beforeAll(async () => {
    mkdirSync(`${folder}/07-closures`);
    writeFileSync(file, text);
    await findings(folder, true);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is found as it was recorded, but for links to what is not in its folder', async () => {
    const found = await findings(folder);
    expect(found.filter((finding) => !finding.includes(' is dead: '))).toEqual([]);
  });

  it.each(
    partInTier(
      [
        ['- [x] `2 11`', '- [x] `2 12`', 'the right option is 2 12, but Python prints 2 11'],
        ['return lo < reading < hi', 'return lo <= reading <= hi', '"limits-left-out" passes'],
        ['    return check\n\n\n', '    return check(lo)\n\n\n', 'the solution fails'],
        ['return count + 1', 'return count + 2', 'should print 1 11, but prints 2 12'],
        [
          '("Ada"))\n```\n\nLine 6',
          '("Ben"))\n```\n\nLine 6',
          'recorded.json holds something else',
        ],
      ] as const,
      2,
    ),
  )('is found when it has %j replaced by %j', async (before, after, sentence) => {
    expect(text).toContain(before);
    writeFileSync(file, text.replace(before, after));
    expect((await findings(folder)).join('\n')).toContain(sentence);
  });
});

/** Four pages of the chapter, without what its front matter says of the others. */
function firstPages(lesson: string): string {
  return lesson
    .slice(0, lesson.indexOf('# The value, or the variable?'))
    .replace(/^prerequisites:[\s\S]*?(?=^---$)/m, '')
    .replace(/ minutes=\d+-\d+/g, '');
}
