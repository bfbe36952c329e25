// An exercise: the program, Check, what came of it, hints, and the step at which a failed check went wrong.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { typedIn } from '../../src/lesson/blanks.ts';
import { gradingOf, type ExerciseBlock } from '../../src/lesson/lesson-model.ts';
import { recognize, type Verdict } from '../../src/python/verdict.ts';
import { Icon } from '../page/icon.tsx';
import { CellFoot } from './cell-foot.tsx';
import { CellView, runMarks } from './cell-view.tsx';
import { filesOf } from './cell-state.ts';
import { FailedStep } from './failed-step.tsx';
import { FillBoard } from './fill-board.tsx';
import { Help } from './help.tsx';
import { useKeptTexts } from './kept-texts.ts';
import { cellOf, type LessonState } from './lesson-state.ts';
import { chosenFrom, PieceBoard } from './piece-board.tsx';
import { VerdictFoot } from './verdict-foot.tsx';

export function Exercise({ block, state }: { block: ExerciseBlock; state: LessonState }) {
  const cell = cellOf(state, block.id);
  const verdict = useSignal<Verdict | null>(null);
  const tries = useSignal(0);
  useEffect(() => {
    tries.value = state.item(block.id)?.tries ?? 0;
  }, []);
  useKeptTexts(block.id, cell, state);

  const isJudged = cell.phase.value === 'passed' || cell.phase.value === 'failed';
  const judged = isJudged ? verdict.value : null;
  return (
    <section class="exercise" data-exercise={block.id}>
      <div class="prose" dangerouslySetInnerHTML={{ __html: block.html }} />
      <CellView
        id={block.id}
        cell={cell}
        python={state.python}
        keep={(code) => state.record(block.id, { code })}
        program={program()}
        foot={
          <>
            {judged === null ? (
              <CellFoot cell={cell} python={state.python} />
            ) : (
              <VerdictFoot
                verdict={judged}
                tries={tries.value}
                words={misplaced() ?? emptyBlank() ?? foreseen(judged)}
                mutants={block.mutants}
              />
            )}
          </>
        }
      />
      <div class="exercise-actions">
        <button
          type="button"
          class="button primary"
          disabled={cell.isBusy.value}
          onClick={() => void check()}
        >
          <Icon name="check" />
          Check my answer
        </button>
        <Help block={block} showSolution={() => state.record(block.id, { state: 'shown' })} />
      </div>
      {judged?.first !== undefined && judged.first !== null && block.mutants === null && (
        <FailedStep
          key={tries.value}
          failure={judged.first}
          answer={cell}
          packages={block.packages}
          python={state.python}
        />
      )}
    </section>
  );

  /** What is edited in place of the whole text; undefined where that is typed. */
  function program() {
    const { pieces, aroundBlanks: around, file } = block;
    if (pieces !== null) return <PieceBoard pieces={pieces} code={cell.code} />;
    if (around === null) return undefined;
    return (
      <FillBoard
        id={block.id}
        around={around}
        code={cell.code}
        label={`Program ${file}, with ${around.length - 1} blanks`}
        marks={runMarks(cell)}
        onRun={() => void cell.run()}
        onFocus={() => state.python.wake()}
      />
    );
  }

  async function check(): Promise<void> {
    if (cell.isBusy.peek()) return;
    cell.result.value = null;
    cell.output.value = [];
    cell.phase.value = 'loading';
    try {
      const python = await state.python.get();
      await python.start();
      cell.phase.value = 'running';
      const code = cell.code.peek();
      const options = gradingOf(block, { files: filesOf(cell) });
      const { verdict: came } = await python.grade(code, block.tests, options);
      tries.value += 1;
      verdict.value = came;
      cell.phase.value = came.passed ? 'passed' : 'failed';
      state.record(block.id, {
        state: came.passed ? 'done' : 'tried',
        tries: tries.value,
        code,
      });
    } catch {
      cell.phase.value = 'idle';
    }
  }

  /** What is wrong with the first line that does not belong there. */
  function misplaced(): string | null {
    const { pieces } = block;
    if (pieces === null) return null;
    const at = chosenFrom(pieces, cell.code.value).find(
      (piece) => pieces[piece]?.distractorHtml !== null,
    );
    return at === undefined ? null : (pieces[at]?.distractorHtml ?? null);
  }

  /** Which blank holds nothing yet: no other words help before it does. */
  function emptyBlank(): string | null {
    const typed = block.aroundBlanks === null ? null : typedIn(block.aroundBlanks, cell.code.value);
    const at = typed?.indexOf('') ?? -1;
    return at < 0 ? null : `Blank ${at + 1} of ${typed?.length ?? 0} is still empty.`;
  }

  /** The author's words to an answer that fails in a foreseen way. */
  function foreseen({ signature }: Verdict): string | null {
    const signatures = state.model.signatures[block.id] ?? {};
    const known = Object.entries(signatures).map(([id, each]) => ({ id, signature: each }));
    const id = recognize(signature, known);
    return block.wrong.find((each) => each.id === id)?.feedbackHtml ?? null;
  }
}
