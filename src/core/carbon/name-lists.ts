// whitelist.conf and blacklist.conf: which names are let in at all.
//
//   # one Python pattern a line, found anywhere in the name as it was received
//   ^servers\.
//   \.count$
//
// What the blacklist names is dropped. Where the whitelist has patterns, only what it names is let in.

import { pythonPattern } from './python-pattern.ts';

export const WHITELIST_FILE = 'whitelist.conf';
export const BLACKLIST_FILE = 'blacklist.conf';

export interface NameLists {
  readonly whitelist: readonly RegExp[];
  readonly blacklist: readonly RegExp[];
}

export const NO_LISTS: NameLists = { whitelist: [], blacklist: [] };

export interface NameList {
  readonly patterns: readonly RegExp[];
  /** A sentence for each line that is no pattern, and left out. */
  readonly warnings: readonly string[];
}

/** `text` is null where there is no such file: the same as an empty one. */
export function readNameList(text: string | null, fileName: string): NameList {
  const patterns: RegExp[] = [];
  const warnings: string[] = [];
  for (const [index, line] of (text ?? '').split(/\r\n|\r|\n/).entries()) {
    const source = line.trim();
    // Only at the very start of the line, as in the real program: a pattern may hold a "#".
    if (source === '' || line.startsWith('#')) continue;
    const pattern = pythonPattern(source);
    if (pattern.ok) patterns.push(pattern.value);
    else warnings.push(`${fileName} line ${index + 1} is left out: ${pattern.why}`);
  }
  return { patterns, warnings };
}

export function areEmpty({ whitelist, blacklist }: NameLists): boolean {
  return whitelist.length === 0 && blacklist.length === 0;
}

/** The list that keeps a name out; null when none does. The blacklist comes first. */
export function listAgainst(lists: NameLists, name: string): keyof NameLists | null {
  const names = (pattern: RegExp): boolean => pattern.test(name);
  if (lists.blacklist.some(names)) return 'blacklist';
  if (lists.whitelist.length > 0 && !lists.whitelist.some(names)) return 'whitelist';
  return null;
}
