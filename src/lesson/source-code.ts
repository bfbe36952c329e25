// `::: source src/core/carbon/line.ts parseLine`: a declaration of our own code, found by its name, so that a lesson shows
// what runs and breaks when that is renamed.
//
// It relies on our formatters: a declaration begins in the first column, and so does the line that closes it.

import { bad, good, type Result } from '../core/base/result.ts';
import { colorLines, PYTHON, type Syntax } from './colors.ts';
import type { SourceBlock } from './lesson-model.ts';

/** Reads a file of this project; null when there is none. */
export type ReadProjectFile = (path: string) => string | null;

const PATH = /^(?:src|site|labs|test)\/(?!.*\.\.)[\w./-]+\.(ts|tsx|py)$/;
const OPENING = {
  ts: /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/,
  py: /^(?:async def|def|class) (\w+)|^([A-Z]\w*) = /,
} as const;
/** What belongs to a declaration above it. */
const ABOVE = { ts: /^(?:\/\/|\/\*\*| \*)/, py: /^(?:#|@)/ } as const;
const CLOSING = /^[)\]}]/;
const KEYWORDS =
  'as async await break case catch class const continue default delete do else export extends false finally for from ' +
  'function if import in instanceof interface keyof let new null of readonly return satisfies static switch this throw ' +
  'true try type typeof undefined void while yield';
const TYPESCRIPT: Syntax = {
  word: /(?<comment>\/\/.*|\/\*[\s\S]*?\*\/)|(?<string>`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?<number>\b\d[\w.]*)|(?<name>[\p{L}_$][\p{L}\p{N}_$]*)/gu,
  keywords: new Set(KEYWORDS.split(' ')),
};

export function readSource(info: string, readFile: ReadProjectFile): Result<SourceBlock> {
  const [path = '', name = '', ...more] = info.split(/\s+/);
  const language = PATH.exec(path)?.[1] === 'py' ? 'py' : 'ts';
  if (!PATH.test(path) || name === '' || more.length > 0)
    return bad(
      `"::: source ${info}" names a file of this project and what it declares, as in "::: source src/core/carbon/line.ts parseLine".`,
    );
  const text = readFile(path);
  if (text === null) return bad(`"${path}", of which a source is shown, does not exist.`);
  const lines = text.split('\n');
  const declared = lines.map((line) => {
    const found = OPENING[language].exec(line);
    return found?.[1] ?? found?.[2] ?? null;
  });
  const at = declared.indexOf(name);
  if (at < 0)
    return bad(
      `"${path}" declares no "${name}"; there are ${declared.filter((each) => each !== null).join(', ')}.`,
    );
  let first = at;
  while (first > 0 && ABOVE[language].test(lines[first - 1] ?? '')) first -= 1;
  let end = at + 1;
  while (end < lines.length && /^$|^\s/.test(lines[end] ?? '')) end += 1;
  if (CLOSING.test(lines[end] ?? '')) end += 1;
  const code = lines.slice(first, end).join('\n').trimEnd();
  const syntax = language === 'py' ? PYTHON : TYPESCRIPT;
  return good({ kind: 'source', path, name, line: at + 1, html: toHtml(code, first + 1, syntax) });
}

function toHtml(code: string, firstLine: number, syntax: Syntax): string {
  return colorLines(code, syntax)
    .map((words, at) => {
      const inside = words.map(
        ({ kind, text }) => `<span class="w-${kind}">${escape(text)}</span>`,
      );
      return `<span class="line" data-number="${firstLine + at}">${inside.join('')}\n</span>`;
    })
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
