// collectd.conf as a tree of options.
//
//   Key argument ...            an option
//   <Key argument ...>          a block, options and blocks inside
//   </Key>                      its end
//   # comment                   to the end of the line; \ at the end of a line joins the next

import { bad, good, type Result } from '../base/result.ts';
import { tokensOf, type Argument, type Token } from './conf-tokens.ts';

export interface ConfItem {
  readonly key: string;
  readonly args: readonly Argument[];
  /** The options inside, for a block; null for a single line. */
  readonly children: readonly ConfItem[] | null;
  /** Where it stands, for sentences: the line, with the name of the file when that is an included one. */
  readonly line: number | string;
}

/** Blocks inside blocks; collectd's own files need three. */
export const CONF_DEPTH_MAX = 16;

interface OpenBlock {
  readonly key: string;
  readonly line: number;
  readonly items: ConfItem[];
}

export function parseConf(text: string): Result<readonly ConfItem[]> {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  const root: ConfItem[] = [];
  const open: OpenBlock[] = [];

  for (const statement of statements(tokens.value)) {
    const line = statement[0]?.line ?? 1;
    const [first, second] = statement;
    if (first?.kind === '<' && second?.kind === '/') {
      const ended = endOfBlock(statement, open.pop());
      if (!ended.ok) return ended;
      continue;
    }
    const isBlock = first?.kind === '<';
    const words = isBlock ? blockWords(statement) : good(statement);
    if (!words.ok) return words;
    const item = itemOf(words.value, isBlock, line);
    if (!item.ok) return item;
    (open.at(-1)?.items ?? root).push(item.value);
    if (isBlock) open.push({ key: item.value.key, line, items: item.value.children as ConfItem[] });
    if (open.length > CONF_DEPTH_MAX)
      return bad(`Line ${line}: more than ${CONF_DEPTH_MAX} blocks inside each other.`);
  }
  const left = open.at(-1);
  if (left) return bad(`Line ${left.line}: <${left.key}> has no </${left.key}>.`);
  return good(root);
}

/** The tokens of each line that has any. */
function statements(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'end') lines.push([]);
    else lines.at(-1)?.push(token);
  }
  return lines.filter((line) => line.length > 0);
}

/** </Key>, which must be the block that is open, letter by letter. */
function endOfBlock(statement: readonly Token[], block: OpenBlock | undefined): Result<null> {
  const [, , name, close, more] = statement;
  const line = statement[0]?.line ?? 1;
  if (name?.kind !== 'word' || close?.kind !== '>' || more !== undefined)
    return bad(`Line ${line}: the end of a block is </Name> and nothing else on its line.`);
  if (block === undefined)
    return bad(`Line ${line}: </${name.text}> ends a block, but none is open there.`);
  if (block.key !== name.text)
    return bad(`Line ${line}: </${name.text}> ends a block, but <${block.key}> is open there.`);
  return good(null);
}

/** What stands between < and >. */
function blockWords(statement: readonly Token[]): Result<readonly Token[]> {
  const line = statement[0]?.line ?? 1;
  const end = statement.findIndex((token) => token.kind === '>');
  if (end < 0) return bad(`Line ${line}: this block has no ">" at its end.`);
  if (end < statement.length - 1)
    return bad(`Line ${line}: what is inside of a block begins on a line of its own.`);
  return good(statement.slice(1, end));
}

function itemOf(words: readonly Token[], isBlock: boolean, line: number): Result<ConfItem> {
  const [name, ...rest] = words;
  if (name?.kind !== 'word' || !/^\w+$/.test(name.text))
    return bad(
      `Line ${line}: an option begins with its name, but this was received: ${name?.text ?? 'nothing'}`,
    );
  const args: Argument[] = [];
  for (const token of rest) {
    if (token.kind !== 'quoted' && token.kind !== 'word')
      return bad(`Line ${line}: ${JSON.stringify(token.kind)} stands only inside of quotes.`);
    args.push(token.value);
  }
  if (!isBlock && args.length === 0)
    return bad(`Line ${line}: ${name.text} has no value behind it.`);
  return good({ key: name.text, args, children: isBlock ? [] : null, line });
}
