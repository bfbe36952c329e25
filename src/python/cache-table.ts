// The table of a cache, step by step: what it kept, how often it was asked for, what it let go.
//
//   key   value   made by   hits       from   until
//   1     1       call 4    1          9      20       let go: lru_cache(maxsize=2) had no room for it
//   2     1       call 3    0          15     null     kept to the end
//
// Of functools.cache and lru_cache the trace has the rows. A table of the program's own is worked out from its calls:
// what was computed once and answered later without a run was kept, and it is taken as kept until the end.

import type { CallNode } from './call-tree.ts';
import type { FrameId, Trace } from './trace.ts';

/** One answer that a table holds, or has held. */
export interface KeptRow {
  /** The key, as a call shows it. */
  readonly arguments: string;
  readonly value: string;
  /** Number of the call that worked it out; null when it is not in the tree. */
  readonly madeBy: number | null;
  /** Steps of the trace: kept from, and let go at. Null: never. */
  readonly from: number;
  readonly until: number | null;
  /** The steps at which it answered. */
  readonly hits: readonly number[];
}

/** Of the caches around the functions called `name`; null when there are none. */
export function rowsOfCaches(
  trace: Trace,
  name: string,
  numberOf: (frame: FrameId) => number | null,
): readonly KeptRow[] | null {
  const rows = trace.cacheRows ?? [];
  const hits = rows.map((): number[] => []);
  for (const { row, step } of trace.cacheHits ?? []) if (row !== null) hits[row]?.push(step + 0.5);
  const own = new Set(trace.functions.filter((each) => each.name === name).map(({ id }) => id));
  const kept = rows.flatMap((row, at) =>
    own.has(row.functionId)
      ? [
          {
            arguments: row.arguments,
            value: row.value.text,
            madeBy: numberOf(row.frameId),
            from: row.from,
            until: row.until,
            hits: hits[at] ?? [],
          },
        ]
      : [],
  );
  return kept.length > 0 ? kept : null;
}

/** Of a table of the program's own; none where no call was answered from one. */
export function rowsOfCalls(calls: readonly CallNode[]): readonly KeptRow[] {
  const hits = new Map<string, number[]>();
  for (const call of calls)
    if (call.kind === 'hit')
      hits.set(call.arguments, [...(hits.get(call.arguments) ?? []), call.begins]);
  if (hits.size === 0) return [];
  return calls
    .flatMap(({ kind, result, ends, number, arguments: key }) =>
      kind === 'computed' && result !== null && ends !== null
        ? [
            {
              arguments: key,
              value: result,
              madeBy: number,
              from: ends,
              until: null,
              hits: hits.get(key) ?? [],
            },
          ]
        : [],
    )
    .toSorted((one, two) => one.from - two.from);
}

/** What the table holds at a step, in the order in which it came. */
export function tableAt(rows: readonly KeptRow[], index: number): readonly KeptRow[] {
  return rows.filter(({ from, until }) => from <= index && index < (until ?? Infinity));
}

/** What it has let go until then, the newest last. */
export function letGoAt(rows: readonly KeptRow[], index: number): readonly KeptRow[] {
  return rows
    .filter(({ until }) => until !== null && until <= index)
    .toSorted((one, two) => (one.until ?? 0) - (two.until ?? 0));
}

export function hitsAt(row: KeptRow, index: number): number {
  return row.hits.filter((step) => step <= index).length;
}
