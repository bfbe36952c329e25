// collectd.conf, line by line, as a tree of options.
//
//   Key argument ...            an option
//   <Key argument ...>          a block, options and blocks inside
//   </Key>                      its end
//   # comment                   to the end of the line; \ at the end of a line joins the next

import { bad, good, type Result } from '../base/result.ts';

export type Argument = string | number | boolean;

export interface ConfItem {
  readonly key: string;
  readonly args: readonly Argument[];
  /** The options inside, for a block; null for a single line. */
  readonly children: readonly ConfItem[] | null;
  readonly line: number;
}

/** Blocks inside blocks; collectd's own files need three. */
export const CONF_DEPTH_MAX = 16;

export function parseConf(text: string): Result<readonly ConfItem[]> {
  const root: ConfItem[] = [];
  const open: { key: string; line: number; items: ConfItem[] }[] = [];
  const items = (): ConfItem[] => open.at(-1)?.items ?? root;

  for (const { content, line } of logicalLines(text)) {
    const closing = /^<\/\s*(\w+)\s*>\s*(?:#.*)?$/.exec(content);
    if (closing) {
      const block = open.pop();
      if (block === undefined || block.key !== closing[1]) {
        const wanted = block === undefined ? 'no block is open' : `<${block.key}> is open`;
        return bad(`Line ${line}: </${closing[1]}> ends a block, but ${wanted} there.`);
      }
      continue;
    }
    const isBlock = content.startsWith('<');
    const inner = isBlock ? blockText(content) : content;
    if (inner === null) return bad(`Line ${line}: this block has no ">" at its end: ${content}`);
    const words = parseWords(inner);
    if (!words.ok) return bad(`Line ${line}: ${words.why}`);
    const [key, ...args] = words.value;
    if (typeof key !== 'string' || !/^\w+$/.test(key))
      return bad(`Line ${line}: an option begins with its name, but this was received: ${content}`);
    const item: ConfItem & { children: ConfItem[] | null } = {
      key,
      args,
      children: isBlock ? [] : null,
      line,
    };
    items().push(item);
    if (item.children !== null) open.push({ key, line, items: item.children });
    if (open.length > CONF_DEPTH_MAX)
      return bad(`Line ${line}: more than ${CONF_DEPTH_MAX} blocks inside each other.`);
  }
  const left = open.at(-1);
  if (left) return bad(`Line ${left.line}: <${left.key}> has no </${left.key}>.`);
  return good(root);
}

interface LogicalLine {
  readonly content: string;
  readonly line: number;
}

function logicalLines(text: string): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let joined = '';
  let start = 1;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (joined === '') start = index + 1;
    if (raw.endsWith('\\')) {
      joined += raw.slice(0, -1);
      continue;
    }
    const content = `${joined}${raw}`.trim();
    joined = '';
    if (content !== '' && !content.startsWith('#')) lines.push({ content, line: start });
  }
  if (joined.trim() !== '') lines.push({ content: joined.trim(), line: start });
  return lines;
}

/** The words between < and the last >, a comment behind it left out. */
function blockText(content: string): string | null {
  const end = content.lastIndexOf('>');
  return end < 0 ? null : content.slice(1, end);
}

// A quoted text, or a run of characters that are neither blank nor quote.
const WORD = /\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"#]+)|(#.*$)|(.))/gy;

function parseWords(text: string): Result<readonly Argument[]> {
  const words: Argument[] = [];
  for (const match of text.trim().matchAll(WORD)) {
    const [, quoted, plain, comment, wrong] = match;
    if (comment !== undefined) break;
    if (wrong !== undefined) return bad(`a quote has no end in: ${text}`);
    if (quoted !== undefined) words.push(quoted.replace(/\\(.)/g, '$1'));
    else if (plain !== undefined) words.push(words.length === 0 ? plain : plainArgument(plain));
  }
  return good(words);
}

function plainArgument(text: string): Argument {
  if (/^(?:true|yes|on)$/.test(text)) return true;
  if (/^(?:false|no|off)$/.test(text)) return false;
  if (/^0[xX][0-9a-fA-F]+$/.test(text)) return Number(text);
  if (/^[+-]?0[0-7]+$/.test(text)) return Number.parseInt(text, 8);
  if (/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  return text;
}
