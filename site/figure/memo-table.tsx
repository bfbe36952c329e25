// The table of a cache beside its call tree: keys and values in the order in which they came, and their hits.

import { tableAt, type CallTree } from '../../src/python/call-tree.ts';

export function MemoTable({ tree, index }: { tree: CallTree; index: number }) {
  const rows = tableAt(tree, index);
  const hits = rows.reduce((sum, row) => sum + row.hits, 0);
  const began = tree.calls.filter(({ begins }) => begins <= index).length;
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
            <tr key={row.arguments} class={isNewHit(tree, index, row.arguments) ? 'is-hit' : ''}>
              <th scope="row" class="mono">
                {row.arguments}
              </th>
              <td class="mono value">{row.value}</td>
              <td>{`call ${row.madeBy}`}</td>
              <td>{row.hits}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p class="about">Nothing is kept yet.</p>}
      <dl class="memo-counts">
        <div>
          <dd>{hits}</dd>
          <dt>hits</dt>
        </div>
        <div>
          <dd>{began - hits}</dd>
          <dt>misses</dt>
        </div>
        <div>
          <dd>{savedSoFar(tree, index)}</dd>
          <dt>saved</dt>
        </div>
      </dl>
    </section>
  );
}

function isNewHit(tree: CallTree, index: number, key: string): boolean {
  return tree.calls.some(
    (call) => call.kind === 'hit' && call.arguments === key && call.ends === index,
  );
}

/** Of the drawn ones: below a hit near the root of a large tree not all are drawn. */
function savedSoFar(tree: CallTree, index: number): number {
  const isWhole = tree.calls.every(({ begins }) => begins <= index);
  if (isWhole) return tree.saved;
  const count = (saved: CallTree['calls'][number]['saved']): number =>
    saved.reduce((sum, each) => sum + 1 + count(each.children), 0);
  return tree.calls
    .filter(({ begins }) => begins <= index)
    .reduce((sum, call) => sum + count(call.saved), 0);
}
