// Whether the links of a lesson lead somewhere. Those to other sites are only looked at for their form: `check` asks
// no network.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linksIn, linkTarget } from '../../lesson/links.ts';
import { linesOfIds } from '../../lesson/source-lines.ts';
import type { Reporter } from './report.ts';

export function checkLinks(text: string, folder: string, reporter: Reporter): void {
  for (const { href, line } of linksIn(text)) {
    const why = deadBecause(href, folder);
    if (why !== null) reporter.note(line, `the link ${href} is dead: ${why}`);
  }
}

function deadBecause(href: string, folder: string): string | null {
  const target = linkTarget(href);
  if (target === null)
    return 'it is written as ../NN-id/lesson.md#page, ../../labs/NN-id/lab.md or https://...';
  if (target.kind === 'web') return null;
  if (target.kind === 'lab')
    return existsSync(join(folder, '../../labs', target.folder, 'lab.md'))
      ? null
      : `there is no lab ${target.folder}`;
  const file = join(folder, '..', target.folder, 'lesson.md');
  if (!existsSync(file)) return `there is no lesson ${target.folder}`;
  return linesOfIds(readFileSync(file, 'utf8')).has(target.page)
    ? null
    : `${target.folder} has no page {#${target.page}}`;
}
