// The table of a cache beside its call tree: keys and values in the order in which they came, their hits, and what it
// had no room for any longer.

import { hitsAt, letGoAt, tableAt, type KeptRow } from '../../src/python/cache-table.ts';
import { savedUntil, type CallTree } from '../../src/python/call-tree.ts';
import { countText } from './call-tree-words.ts';

/** So many of the rows that it let go are shown. */
const GONE_MAX = 3;

export function MemoTable({ tree, index }: { tree: CallTree; index: number }) {
  const rows = tableAt(tree.rows, index);
  const gone = letGoAt(tree.rows, index);
  const begun = tree.calls.filter(({ begins }) => begins <= index);
  const hits = begun.filter(({ kind }) => kind === 'hit').length;
  const letsGo = tree.rows.some(({ until }) => until !== null);
  return (
    <section class="memo-table" aria-label="The table">
      <header class="picture-head">
        <h3>The table</h3>
      </header>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">key</th>
            <th scope="col">value</th>
            <th scope="col">made by</th>
            <th scope="col">hits</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={`${row.arguments} ${row.from}`}
              row={row}
              state={isNewHit(tree, index, row.arguments) ? 'is-hit' : ''}
              last={String(hitsAt(row, index))}
            />
          ))}
        </tbody>
        {gone.length > 0 && (
          <tbody class="is-gone">
            {gone.slice(-GONE_MAX).map((row) => (
              <Row key={`${row.arguments} ${row.from}`} row={row} state="" last="let go" />
            ))}
          </tbody>
        )}
      </table>
      {rows.length === 0 && gone.length === 0 && <p class="about">Nothing is kept yet.</p>}
      <dl class={letsGo ? 'memo-counts is-four' : 'memo-counts'}>
        <Count of={hits} what="hits" />
        <Count of={begun.length - hits} what="misses" />
        <Count of={savedUntil(begun, index)} what="saved" />
        {letsGo && <Count of={gone.length} what="let go" />}
      </dl>
    </section>
  );
}

function Row({ row, state, last }: { row: KeptRow; state: string; last: string }) {
  return (
    <tr class={state}>
      <th scope="row" class="mono">
        {row.arguments}
      </th>
      <td class="mono value">{row.value}</td>
      <td>{row.madeBy === null ? '' : `call ${row.madeBy}`}</td>
      <td>{last}</td>
    </tr>
  );
}

function Count({ of, what }: { of: number; what: string }) {
  return (
    <div>
      <dd>{countText(of)}</dd>
      <dt>{what}</dt>
    </div>
  );
}

function isNewHit(tree: CallTree, index: number, key: string): boolean {
  return tree.calls.some(
    (call) => call.kind === 'hit' && call.arguments === key && call.ends === index,
  );
}
