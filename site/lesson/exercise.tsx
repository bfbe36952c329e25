// A write exercise: the program, Check, the failing call, hints, and the solution beside the reader's own text.

import { useSignal, type Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { typedIn } from '../../src/lesson/blanks.ts';
import { colorLines } from '../../src/lesson/colors.ts';
import type { ExerciseBlock } from '../../src/lesson/lesson-model.ts';
import { recognize, type Failure, type Verdict } from '../../src/python/verdict.ts';
import { Icon } from '../page/icon.tsx';
import { CellFoot, inCode } from './cell-foot.tsx';
import { CellView, runMarks } from './cell-view.tsx';
import { FillBoard } from './fill-board.tsx';
import { cellOf, type LessonState } from './lesson-state.ts';
import { chosenFrom, PieceBoard } from './piece-board.tsx';

export function Exercise({ block, state }: { block: ExerciseBlock; state: LessonState }) {
  const cell = cellOf(state, block.id);
  const verdict = useSignal<Verdict | null>(null);
  const tries = useSignal(0);
  useEffect(() => {
    const kept = state.item(block.id);
    if (kept === null) return;
    tries.value = kept.tries;
    if (kept.code !== null) cell.code.value = kept.code;
  }, []);

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
      const { verdict: came } = await python.grade(code, block.tests);
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

interface VerdictFootProps {
  readonly verdict: Verdict;
  readonly tries: number;
  readonly words: string | null;
  /** How many broken versions the answer has to notice; null for another kind of exercise. */
  readonly mutants: number | null;
}

function VerdictFoot({ verdict, tries, words, mutants }: VerdictFootProps) {
  const { passed, first } = verdict;
  const isMissed = mutants !== null && first !== null && first.index > 0;
  return (
    <div class="cell-foot" data-state={passed ? 'passed' : 'failed'} role="status">
      {isMissed && <Missed failure={first} />}
      {first !== null && !isMissed && <FailedCall failure={first} />}
      {first !== null && words !== null && (
        // Compiled from lesson.md with HTML switched off.
        <p class="foreseen" dangerouslySetInnerHTML={{ __html: words }} />
      )}
      <p class="cell-says">
        {passed && <Icon name="check" />}
        <strong>{countWords(verdict, mutants)}</strong>
        <span class="about">{`${ordinal(tries)} try`}</span>
      </p>
    </div>
  );
}

function countWords({ passedCount, total, first }: Verdict, mutants: number | null): string {
  if (mutants === null) return `${passedCount} of ${total} checks passed`;
  // The first check is the version that is right.
  if (first?.index === 0) return 'The version that is right was refused';
  return `${passedCount - 1} of ${mutants} broken versions caught`;
}

/** A broken version that the reader's asserts let pass. It is not shown: finding it is the task. */
function Missed({ failure }: { failure: Failure }) {
  return (
    <div class="failed-call">
      <p>{`Broken version ${failure.index} was let pass: no assert noticed anything.`}</p>
      {failure.why !== null && <p>{inCode(failure.why)}</p>}
    </div>
  );
}

function FailedCall({ failure }: { failure: Failure }) {
  const { call, isRule, setup, came, asked, why } = failure;
  return (
    <div class="failed-call">
      <dl>
        {setup !== null && (
          <>
            <dt>Before</dt>
            <dd>
              <code>{setup}</code>
            </dd>
          </>
        )}
        <dt>{call === null ? 'The program' : 'You called'}</dt>
        <dd>
          <code>{call ?? (isRule ? 'was read' : 'was run')}</code>
        </dd>
        <dt>{isRule ? 'It has' : 'It gave'}</dt>
        <dd>
          <code>{came}</code>
        </dd>
        <dt>The task asks for</dt>
        <dd>
          <code>{asked}</code>
        </dd>
      </dl>
      {why !== null && <p>{why}</p>}
    </div>
  );
}

interface HelpProps {
  readonly block: ExerciseBlock;
  readonly showSolution: () => void;
}

function Help({ block, showSolution }: HelpProps) {
  const hints = useSignal(0);
  const isSolved = useSignal(false);
  return (
    <>
      {hints.value < block.hints.length ? (
        <button type="button" class="button quiet" onClick={() => (hints.value += 1)}>
          <Icon name="lightbulb" />
          {`Hint ${hints.value + 1} of ${block.hints.length}`}
        </button>
      ) : (
        !isSolved.value && (
          <button type="button" class="button quiet" onClick={() => show(isSolved)}>
            Show a solution
          </button>
        )
      )}
      <div class="hints" role="status">
        {block.hints.slice(0, hints.value).map((hint, index) => (
          <p
            key={index}
            class="hint"
            // Compiled from lesson.md with HTML switched off.
            dangerouslySetInnerHTML={{ __html: `<b>Hint ${index + 1}.</b> ${hint}` }}
          />
        ))}
        {isSolved.value && (
          <div class="solution">
            <p>One solution. Your own text above stays as it is.</p>
            <pre class="code-lines">
              {colorLines(block.solution).map((words) => (
                <span class="line">
                  {words.map(({ kind, text }) => (
                    <span class={`w-${kind}`}>{text}</span>
                  ))}
                  {'\n'}
                </span>
              ))}
            </pre>
          </div>
        )}
      </div>
    </>
  );

  function show(signal: Signal<boolean>): void {
    signal.value = true;
    showSolution();
  }
}

function ordinal(count: number): string {
  const ends = ['th', 'st', 'nd', 'rd'];
  const lastTwo = count % 100;
  const end = lastTwo > 10 && lastTwo < 14 ? 'th' : (ends[count % 10] ?? 'th');
  return `${count}${end}`;
}
