// A program that differs from another one in a line or two: only those are shown, until somebody wants it whole.

import { useSignal } from '@preact/signals';
import { colorLines } from '../../src/lesson/colors.ts';
import type { CellBlock } from '../../src/lesson/lesson-model.ts';
import { changedLines, type DiffLine } from '../../src/lesson/line-diff.ts';
import type { Cell } from './cell-state.ts';
import { CodeEditor } from './code-editor.tsx';
import { cellOf, type LessonState } from './lesson-state.ts';
import { NO_MARKS, type Marks } from './marks.ts';

interface VariantProps {
  readonly block: CellBlock;
  readonly cell: Cell;
  readonly state: LessonState;
  readonly marks?: Marks;
}

export function Variant({ block, cell, state, marks = NO_MARKS }: VariantProps) {
  const isWhole = useSignal(false);
  const base = cellOf(state, block.changes ?? '').original;
  if (isWhole.value || cell.code.value !== cell.original || cell.trace.value !== null)
    return (
      <CodeEditor
        code={cell.code}
        file={cell.file}
        label={`Program ${cell.file}`}
        python={state.python}
        marks={marks}
        onRun={() => void cell.run()}
      />
    );
  return (
    <div class="code">
      <pre class="code-lines">
        {changedLines(base, block.code).map((line) => (
          <Line line={line} />
        ))}
      </pre>
      <button type="button" class="button quiet whole" onClick={() => (isWhole.value = true)}>
        Show the whole program
      </button>
    </div>
  );
}

function Line({ line }: { line: DiffLine }) {
  const words = colorLines(line.text)[0] ?? [];
  const sign = { same: '', removed: '- ', added: '+ ' }[line.kind];
  const name = { same: '', removed: 'taken out: ', added: 'put in: ' }[line.kind];
  return (
    <span class={`line is-${line.kind}`} data-number={line.number}>
      {name !== '' && <span class="visually-hidden">{name}</span>}
      <span aria-hidden="true">{sign}</span>
      {words.map(({ kind, text }) => (
        <span class={`w-${kind}`}>{text}</span>
      ))}
      {'\n'}
    </span>
  );
}
