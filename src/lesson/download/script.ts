// A chapter as one Python file: its text as comments, its programs in order, its tests as asserts. It runs from top
// to bottom: a program that ends in an error says so, and the next one runs.

import type { RecordedLesson } from '../recorded.ts';
import { partsOf, type Audience, type Part } from './parts.ts';
import { pythonText } from './python-text.ts';

export function chapterScript(lesson: RecordedLesson, audience: Audience): string {
  const parts = partsOf(lesson, audience);
  return `${parts.map((part) => `${headOf(part)}\n${textOf(part)}`).join('\n\n')}\n`;
}

/** Editors that know cells take each `# %%` for one. */
function headOf(part: Part): string {
  return part.kind === 'text' ? '# %% [markdown]' : `# %% ${part.id}`;
}

function textOf(part: Part): string {
  if (part.kind === 'text') return commented(part.markdown);
  const { id, before, code, mayFail } = part;
  if (!mayFail) return [...before, code].join('\n');
  // As a text: an error in how it is written would stop the whole file before it begins.
  return [
    ...before,
    '# This program ends in an error, or is not done yet.',
    'try:',
    `    exec(${asText(code)}, globals())`,
    'except Exception as error:',
    `    print(${pythonText(`${id}:`)}, type(error).__name__, error)`,
  ].join('\n');
}

/** A program as a text of several lines, readable as it is. */
function asText(code: string): string {
  return /"""|\\$/.test(code) ? pythonText(code) : `r"""\n${code}\n"""`;
}

function commented(text: string): string {
  return text
    .split('\n')
    .map((line) => `# ${line}`.trimEnd())
    .join('\n');
}
