// Include in collectd.conf: other files stand in its place.
//
//   Include "/etc/collectd/conf.d"            a file, a folder with all below it, or names with * ? [...]
//   <Include "/etc/collectd/conf.d">
//     Filter "*.conf"                         only files with such a name
//   </Include>

import { bad, good, type Result } from '../base/result.ts';
import { parseConf, type ConfItem } from './conf.ts';
import { show } from './options.ts';

/** The files that Include may name. A path is as it stands there, so a relative one is that of the process. */
export interface ConfFiles {
  /** Null when there is no such file. */
  read(path: string): Result<string> | null;
  /** The names that a folder holds, sorted; null when there is no such folder. */
  list(path: string): readonly string[] | null;
  /** The variables of the shell: a path may hold $HOME, or begin with ~. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A place without files: a simulated host. */
export const NO_CONF_FILES: ConfFiles = { read: () => null, list: () => null, environment: {} };

/** Files inside of files, with the first one; collectd has the same limit. */
export const INCLUDE_DEPTH_MAX = 8;
/** Files and folders in all: two files that include each other twice would be 256 of the deepest. */
export const INCLUDED_MAX = 1000;

export interface WithIncludes {
  readonly items: readonly ConfItem[];
  /** Sentences about what was not found. */
  readonly warnings: readonly string[];
}

export function parseWithIncludes(text: string, files: ConfFiles): Result<WithIncludes> {
  const warnings: string[] = [];
  let looked = 0;

  /** `name` is null for the first file, whose name everybody knows. */
  function parse(text: string, name: string | null, depth: number): Result<readonly ConfItem[]> {
    const parsed = parseConf(text);
    if (!parsed.ok)
      return name === null ? parsed : bad(parsed.why.replace(/^Line (\d+)/, `Line $1 of ${name}`));
    const items: ConfItem[] = [];
    for (const item of parsed.value) {
      const named = name === null ? item : withFile(item, name);
      const put = named.key.toLowerCase() === 'include' ? include(named, depth) : good([named]);
      if (!put.ok) return put;
      items.push(...put.value);
    }
    return good(items);
  }

  function include(item: ConfItem, depth: number): Result<readonly ConfItem[]> {
    const [words, ...more] = item.args;
    if (typeof words !== 'string' || more.length > 0)
      return bad(
        `Line ${item.line}: Include wants one path in quotes, received ${show(item)}. A pattern of names is Filter in a block <Include>.`,
      );
    if (depth + 1 >= INCLUDE_DEPTH_MAX)
      return bad(
        `Line ${item.line}: "${words}" would be more than ${INCLUDE_DEPTH_MAX} files inside each other.`,
      );
    const filter = filterOf(item);
    if (!filter.ok) return filter;
    const items: ConfItem[] = [];
    const paths = expand(words, files);
    for (const path of paths) {
      const read = readPath(path.replace(/(?<=.)\/+$/, ''), filter.value, depth + 1, item);
      if (!read.ok) return read;
      items.push(...read.value);
    }
    return good(items);
  }

  function readPath(
    path: string,
    filter: RegExp | null,
    depth: number,
    item: ConfItem,
  ): Result<readonly ConfItem[]> {
    if (++looked > INCLUDED_MAX)
      return bad(`Line ${item.line}: more than ${INCLUDED_MAX} files and folders are included.`);
    const names = files.list(path);
    if (names !== null) {
      const items: ConfItem[] = [];
      for (const name of names) {
        if (name.startsWith('.')) continue;
        const read = readPath(`${path}/${name}`, filter, depth, item);
        if (!read.ok) return read;
        items.push(...read.value);
      }
      return good(items);
    }
    const text = files.read(path);
    if (text === null) {
      warnings.push(`Line ${item.line}: Include finds no file or folder "${path}".`);
      return good([]);
    }
    if (filter?.test(path.slice(path.lastIndexOf('/') + 1)) === false) return good([]);
    return text.ok ? parse(text.value, path, depth) : bad(`Line ${item.line}: ${text.why}`);
  }

  const items = parse(text, null, 0);
  return items.ok ? good({ items: items.value, warnings }) : items;
}

/** Sentences about what stands in it show where that is. */
function withFile(item: ConfItem, name: string): ConfItem {
  return {
    ...item,
    line: `${item.line} of ${name}`,
    children: item.children?.map((child) => withFile(child, name)) ?? null,
  };
}

/** Null when all names are wanted. */
function filterOf(item: ConfItem): Result<RegExp | null> {
  let filter: RegExp | null = null;
  for (const option of item.children ?? []) {
    const [pattern] = option.args;
    if (option.key.toLowerCase() !== 'filter' || typeof pattern !== 'string')
      return bad(
        `Line ${option.line}: <Include> has only Filter "*.conf", received ${option.key} ${show(option)}.`,
      );
    filter = patternOf(pattern);
  }
  return good(filter);
}

/** As a shell would: words between blanks, variables, names that fit; a pattern that fits nothing stands for itself. */
function expand(words: string, { environment, list }: ConfFiles): readonly string[] {
  return words
    .split(/\s+/)
    .filter((word) => word !== '')
    .flatMap((word) => {
      const path = word
        .replace(/^~(?=\/|$)/, '$HOME')
        .replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced?: string, plain?: string) => {
          return environment[braced ?? plain ?? ''] ?? '';
        });
      const found = /[*?[]/.test(path) ? fitting(path, list) : [path];
      return found.length > 0 ? found : [path];
    });
}

function fitting(path: string, list: ConfFiles['list']): readonly string[] {
  const [first = '', ...parts] = path.split('/');
  // An absolute path begins with "/", another where the process stands.
  const start = path.startsWith('/') ? ['/'] : below('.', first);
  return parts.reduce((folders, part) => folders.flatMap((folder) => below(folder, part)), start);

  function below(folder: string, part: string): readonly string[] {
    const at = folder === '/' ? '/' : folder === '.' ? '' : `${folder}/`;
    if (!/[*?[]/.test(part)) return [`${at}${part}`];
    const fits = patternOf(part);
    return (list(folder) ?? [])
      .filter((name) => fits.test(name) && (part.startsWith('.') || !name.startsWith('.')))
      .map((name) => `${at}${name}`);
  }
}

/** The shell's pattern for a whole name. */
function patternOf(pattern: string): RegExp {
  const source = pattern.replace(
    /\[!?\]?[^\]]*\]|\\?[^]/g,
    (part) => PATTERN_PARTS[part] ?? (part.length > 2 ? classOf(part) : escaped(part.slice(-1))),
  );
  return new RegExp(`^${source}$`, 's');
}

const PATTERN_PARTS: Readonly<Record<string, string>> = { '*': '.*', '?': '.' };

/** "[!a-c]" */
function classOf(part: string): string {
  const isNot = part[1] === '!';
  const inside = part.slice(isNot ? 2 : 1, -1).replace(/[\\\]^]/g, '\\$&');
  return `[${isNot ? '^' : ''}${inside}]`;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
