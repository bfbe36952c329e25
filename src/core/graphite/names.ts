// Parts of a series' name: the nodes between dots, the tags after semicolons.

import type { Argument, Literal } from './expression.ts';
import { parseTarget } from './grammar.ts';
import type { Series } from './series.ts';
import { valueText } from './value.ts';

/** Tags of "disk.used;host=web1;mount=root": host, mount, name. A name without tags has only `name`. */
export function tagsOf(path: string): Readonly<Record<string, string>> {
  const [name = '', ...pairs] = path.split(';');
  const tags: (readonly [string, string])[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    // Graphite takes tags only when every part is one; otherwise the whole text is the name.
    if (equals < 1) return { name: path };
    tags.push([pair.slice(0, equals), pair.slice(equals + 1)]);
  }
  // The name comes last, and a tag called so gives way to it.
  return Object.fromEntries([...tags.filter(([tag]) => tag !== 'name'), ['name', name]]);
}

/** The values of `nodes` joined by dots: what aliasByNode shows and groupByNode groups by. */
export function nodeKey(series: Series, nodes: readonly Literal[]): string {
  const path = (series.name.endsWith(')') ? firstPath(series.name) : null) ?? series.name;
  return nodes.map((node) => nodeOrTag(series, path, node)).join('.');
}

// A number is the place of a node, from the end when negative; a text, or a number without a node, is
// the name of a tag.
function nodeOrTag(series: Series, path: string, node: Literal): string {
  if (node.kind === 'number') {
    const [dotted = ''] = path.split(';');
    const found = dotted.split('.').at(node.value);
    if (found !== undefined) return found;
  }
  const tag = valueText(node);
  return Object.hasOwn(series.tags, tag) ? (series.tags[tag] ?? '') : '';
}

/** The first path in a name that is a call: "scale(a.b.c,2)" gives "a.b.c"; null when there is none. */
export function firstPath(name: string): string | null {
  const parsed = parseTarget(name);
  let part: Argument | undefined = parsed.ok ? parsed.value : undefined;
  while (part?.kind === 'call' || part?.kind === 'template')
    part = part.kind === 'call' ? part.args[0] : part.body;
  return part?.kind === 'path' ? part.path : null;
}

/** Series in groups of one key, in the order in which the keys first appear. */
export function groupByKey(
  series: readonly Series[],
  keyOf: (one: Series) => string,
): ReadonlyMap<string, readonly Series[]> {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/**
 * The nodes of a name from `start` up to, not including, `stop`, negative from the end; 0 as `stop` is
 * the end. Inside a call, what counts stands between the last "(" and the first ")", up to a comma.
 */
export function nodesBetween(name: string, start: number, stop: number): string {
  const close = name.indexOf(')');
  const inner = name.slice(name.lastIndexOf('(') + 1, close < 0 ? name.length : close);
  const nodes = inner.split('.').slice(start, stop === 0 ? undefined : stop);
  return nodes.join('.').replace(/,.*$/, '');
}
