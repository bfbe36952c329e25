// The files of Carbon: what Python's configparser reads of them.
//
//   # comment                    also with ";", on a line of its own
//   [section]
//   key = value                  or "key : value"; keys without regard to case
//     more of the value          a line set further in continues the value above it

import { bad, good, type Result } from '../base/result.ts';

export interface IniSection {
  readonly name: string;
  readonly line: number;
  /** By key in lower case. */
  readonly entries: ReadonlyMap<string, IniEntry>;
}

export interface IniEntry {
  readonly value: string;
  readonly line: number;
}

interface OpenSection {
  readonly name: string;
  readonly line: number;
  readonly entries: Map<string, { value: string; line: number }>;
}

/** Sections in the order of the file. `fileName` is only shown in `why`. */
export function parseIni(text: string, fileName: string): Result<readonly IniSection[]> {
  const sections: OpenSection[] = [];
  let entry: { value: string; line: number } | null = null;
  let entryIndent = 0;
  for (const [i, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = i + 1;
    const content = raw.trim();
    const indent = raw.length - raw.trimStart().length;
    if (content === '' || content.startsWith('#') || content.startsWith(';')) continue;
    if (entry !== null && indent > entryIndent) {
      entry.value += `\n${content}`;
      continue;
    }
    const why = whyNot(content, sections);
    if (why !== null) return bad(`${fileName} line ${line}: ${why}, but it says "${content}".`);
    entryIndent = indent;
    entry = null;
    const header = /^\[(.+)\]/.exec(content);
    if (header) sections.push({ name: header[1] ?? '', line, entries: new Map() });
    else entry = addEntry(sections.at(-1), content, line);
  }
  return good(sections);
}

/** The value of a key, "" and a missing one both as null. */
export function entryOf(section: IniSection, key: string): string | null {
  return section.entries.get(key)?.value || null;
}

function whyNot(content: string, sections: readonly OpenSection[]): string | null {
  const header = /^\[(.+)\]/.exec(content)?.[1];
  if (header !== undefined) {
    const twin = sections.find((section) => section.name === header);
    return twin ? `the section was already begun on line ${twin.line}` : null;
  }
  const section = sections.at(-1);
  if (!section) return 'a [section] must come first';
  const [key, value] = splitEntry(content);
  if (key === '') return 'a key and "=" are expected';
  // configparser puts other values into "%(name)s"; none of Carbon's own files needs it.
  if (/%\(/.test(value)) return 'a "%(name)s" is not filled in here';
  const twin = section.entries.get(key);
  return twin ? `the key "${key}" was already given on line ${twin.line}` : null;
}

function addEntry(
  section: OpenSection | undefined,
  content: string,
  line: number,
): { value: string; line: number } {
  const [key, value] = splitEntry(content);
  const entry = { value, line };
  section?.entries.set(key, entry);
  return entry;
}

/** "" as key when there is no delimiter. */
function splitEntry(content: string): [key: string, value: string] {
  const [, key, value] = /^([^=:]+)[=:](.*)$/.exec(content) ?? [];
  if (key === undefined || value === undefined) return ['', ''];
  return [key.trim().toLowerCase(), value.trim().replaceAll('%%', '%')];
}
