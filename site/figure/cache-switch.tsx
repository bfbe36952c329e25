// The switch over a call tree: the same program with its table and without it, and how many calls each makes.

import { useSignal } from '@preact/signals';
import { withoutCache } from '../../src/lesson/cache-lines.ts';
import type { CallTree } from '../../src/python/call-tree.ts';
import { countText } from './call-tree-words.ts';
import type { Cell } from '../lesson/cell-state.ts';

export function CacheSwitch({ cell, tree }: { cell: Cell; tree: CallTree }) {
  /** The program with its table, while the one without it is shown. */
  const whole = useSignal<string | null>(null);
  const counts = useSignal<{ with: number | null; without: number | null }>({
    with: null,
    without: null,
  });
  const isWithout = whole.value !== null && cell.code.value !== whole.value;
  const bare = withoutCache(cell.ranCode.value, tree.name);
  if (bare === null && !isWithout) return null;
  const shown = isWithout
    ? { ...counts.value, without: tree.calls.length }
    : { with: tree.calls.length, without: tree.calls.length + tree.saved };
  return (
    <div class="switch cache-switch" role="group" aria-label="With or without the table">
      <button type="button" aria-pressed={isWithout} onClick={() => show(true)}>
        {`Without table: ${callsText(shown.without)}`}
      </button>
      <button type="button" aria-pressed={!isWithout} onClick={() => show(false)}>
        {`With table: ${callsText(shown.with)}`}
      </button>
    </div>
  );

  function show(without: boolean): void {
    if (without === isWithout || cell.isBusy.peek()) return;
    counts.value = shown;
    if (without && bare !== null) {
      whole.value = cell.ranCode.peek();
      cell.code.value = bare;
    } else if (whole.value !== null) {
      cell.code.value = whole.value;
      whole.value = null;
    }
    void cell.run().then((result) => {
      if (result?.trace) cell.step.value = result.trace.steps.length - 1;
    });
  }
}

function callsText(count: number | null): string {
  return count === null ? 'not run' : `${countText(count)} calls`;
}
