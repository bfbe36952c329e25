// Series by their tags, in memory: which series have a value, which values a tag has.
//
//   "disk.used;dc=paris;host=web1"   name ─ disk.used ─┐
//                                    dc ─── paris ─────┼─► the series
//                                    host ─ web1 ──────┘

import { bad, good, type Result } from '../base/result.ts';
import { canonicalName, splitTags } from '../carbon/series-name.ts';
import type { Pattern } from '../graphite/regex.ts';
import type { TagExpression } from './tag-expression.ts';

/** Series that are kept; a further one is refused. */
export const TAGGED_SERIES_MAX = 1_000_000;

export interface TagValue {
  /** Rises in the order in which values were first seen. */
  readonly id: number;
  readonly value: string;
  /** How many series have it. */
  readonly count: number;
}

export interface Tag {
  readonly id: number;
  readonly tag: string;
}

/** Of a path, as it came: its form in the index, or why there is none. */
export interface TagIndex {
  add(path: string): Result<string>;
  /** Nothing happens when it is not there. */
  remove(path: string): Result<string>;
  has(path: string): boolean;
  /** Sorted. */
  find(expressions: readonly TagExpression[]): Result<readonly string[]>;
  /** Sorted by tag; null takes all. */
  tags(filter: Pattern | null, limit: number): readonly Tag[];
  /** Sorted by value; null when nothing has the tag. */
  values(
    tag: string,
    filter: Pattern | null,
    limit: number,
  ): (Tag & { readonly values: readonly TagValue[] }) | null;
  /** Tags that series have which fit, but those of the expressions; without expressions all tags. */
  completeTags(
    expressions: readonly TagExpression[],
    prefix: string,
    limit: number,
  ): Result<readonly string[]>;
  /** Values of `tag` in the series that fit. */
  completeValues(
    expressions: readonly TagExpression[],
    tag: string,
    prefix: string,
    limit: number,
  ): Result<readonly string[]>;
}

type Tags = ReadonlyMap<string, string>;

export function makeTagIndex(): TagIndex {
  const series = new Map<string, Tags>();
  /** tag -> value -> paths */
  const byTag = new Map<string, Map<string, Set<string>>>();
  const tagIds = new Map<string, number>();
  const valueIds = new Map<string, number>();

  function candidates(expression: TagExpression): readonly ReadonlySet<string>[] {
    const values = byTag.get(expression.tag);
    if (!values) return [];
    if (expression.only !== null) return [values.get(expression.only) ?? new Set()];
    return [...values].filter(([value]) => expression.fits(value)).map(([, paths]) => paths);
  }

  function find(expressions: readonly TagExpression[]): Result<readonly string[]> {
    // Only one that wants the tag says where to look.
    const wanting = expressions.filter(({ fits }) => !fits(''));
    if (wanting.length === 0) return bad('At least one tagspec must not match the empty string');
    const sets = wanting.map(candidates);
    const sizes = sets.map((some) => some.reduce((size, paths) => size + paths.size, 0));
    const fewest = sets[sizes.indexOf(Math.min(...sizes))] ?? [];
    const found: string[] = [];
    for (const paths of fewest)
      for (const path of paths) {
        const tags = series.get(path);
        if (tags && expressions.every(({ tag, fits }) => fits(tags.get(tag) ?? '')))
          found.push(path);
      }
    return good(found.sort());
  }

  return {
    add(path) {
      const parsed = parse(path);
      if (!parsed.ok) return parsed;
      const { canonical, tags } = parsed.value;
      if (series.has(canonical)) return good(canonical);
      if (series.size >= TAGGED_SERIES_MAX)
        return bad(`There are ${TAGGED_SERIES_MAX} series with tags; no more are kept`);
      series.set(canonical, tags);
      for (const [tag, value] of tags) {
        idIn(tagIds, tag);
        idIn(valueIds, value);
        let values = byTag.get(tag);
        if (!values) byTag.set(tag, (values = new Map()));
        let paths = values.get(value);
        if (!paths) values.set(value, (paths = new Set()));
        paths.add(canonical);
      }
      return good(canonical);
    },
    remove(path) {
      const parsed = parse(path);
      if (!parsed.ok) return parsed;
      const { canonical } = parsed.value;
      for (const [tag, value] of series.get(canonical) ?? []) {
        const values = byTag.get(tag);
        const paths = values?.get(value);
        paths?.delete(canonical);
        if (paths?.size === 0) values?.delete(value);
        if (values?.size === 0) byTag.delete(tag);
      }
      series.delete(canonical);
      return good(canonical);
    },
    has: (path) => series.has(path),
    find,
    tags: (filter, limit) =>
      least(byTag.keys(), limit, (tag) => filter?.test(tag) ?? true).map((tag) => ({
        id: tagIds.get(tag) ?? 0,
        tag,
      })),
    values(tag, filter, limit) {
      const values = byTag.get(tag);
      if (!values) return null;
      const some = least(values.keys(), limit, (value) => filter?.test(value) ?? true);
      return {
        id: tagIds.get(tag) ?? 0,
        tag,
        values: some.map((value) => ({
          id: valueIds.get(value) ?? 0,
          value,
          count: values.get(value)?.size ?? 0,
        })),
      };
    },
    completeTags(expressions, prefix, limit) {
      const begins = (tag: string): boolean => tag.startsWith(prefix);
      if (expressions.length === 0) return good(least(byTag.keys(), limit, begins));
      const found = find(expressions);
      if (!found.ok) return found;
      const asked = new Set(expressions.map(({ tag }) => tag));
      const tags = new Set<string>();
      for (const path of found.value)
        for (const tag of series.get(path)?.keys() ?? []) tags.add(tag);
      return good(least(tags, limit, (tag) => begins(tag) && !asked.has(tag)));
    },
    completeValues(expressions, tag, prefix, limit) {
      const begins = (value: string): boolean => value.startsWith(prefix);
      if (expressions.length === 0) return good(least(byTag.get(tag)?.keys() ?? [], limit, begins));
      const found = find([...expressions, { tag, fits: (value) => value !== '', only: null }]);
      if (!found.ok) return found;
      const values = new Set<string>();
      for (const path of found.value) values.add(series.get(path)?.get(tag) ?? '');
      return good(least(values, limit, begins));
    },
  };
}

function idIn(ids: Map<string, number>, text: string): number {
  let id = ids.get(text);
  if (id === undefined) ids.set(text, (id = ids.size + 1));
  return id;
}

function parse(path: string): Result<{ readonly canonical: string; readonly tags: Tags }> {
  const canonical = canonicalName(path);
  if (!canonical.ok) return canonical;
  // In the order in which they were written: that is the order of their numbers.
  const written = splitTags(path);
  const split = written.ok ? written : splitTags(canonical.value);
  if (!split.ok) return split;
  const { tags } = split.value;
  tags.delete('name');
  tags.set('name', canonical.value.split(';')[0] ?? '');
  return good({ canonical: canonical.value, tags });
}

/** The first `limit` in order of those that fit, without putting all in order. */
function least(
  texts: Iterable<string>,
  limit: number,
  fits: (text: string) => boolean,
): readonly string[] {
  let kept: string[] = [];
  for (const text of texts) {
    if (!fits(text)) continue;
    kept.push(text);
    // From time to time the rest is let go: as quick as keeping order, and as small.
    if (kept.length > 4 * limit + 1000) kept = kept.sort().slice(0, limit);
  }
  return kept.sort().slice(0, limit);
}
