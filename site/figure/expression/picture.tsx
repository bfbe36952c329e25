// Expression steps: a statement, and below it the same with one part after the other turned into its value.

import {
  reductionSteps,
  rowOf,
  type Reduction,
  type ReductionStep,
  type RowPart,
} from '../../../src/python/substitution.ts';
import type { Trace } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';
import type { Picture } from '../picture.ts';
import type { Words } from '../step-words.ts';

const NOTHING = 'Nothing in this program is put together from parts.';
/** A long statement shows its text and its newest rows. */
const ROWS_MAX = 8;

export function expressionPicture(trace: Trace, of: string | null, code: string): Picture {
  const { steps, cut } = reductionSteps(trace, of);
  return {
    title: of === null ? 'Expression steps' : `Expression steps of ${of}`,
    stops: steps.length === 0 ? [0] : steps.map(({ step }) => step),
    // The last row of each statement.
    landmarks: steps.flatMap(({ open }, at) =>
      open[0]?.reduction === steps[at + 1]?.open[0]?.reduction ? [] : [at],
    ),
    next: 'Next part',
    sentence: (at) => sentenceOf(trace, steps[at], code),
    words: (at) => wordsOf(trace, steps[at], code),
    draw(at) {
      const step = steps[at];
      return step === undefined ? (
        <p class="picture-empty">{NOTHING}</p>
      ) : (
        <div class="reductions">
          {step.open.map(({ reduction, done }, depth) => (
            <Rows
              key={depth}
              trace={trace}
              reduction={reduction}
              done={done}
              code={code}
              isNow={depth === step.open.length - 1}
            />
          ))}
        </div>
      );
    },
    cut,
    legend: null,
  };
}

function sentenceOf(trace: Trace, step: ReductionStep | undefined, code: string): Words {
  if (step === undefined) return [NOTHING];
  const [number, , , value] = trace.expressions?.evaluations[step.evaluation] ?? [-1];
  const node = trace.expressions?.nodes[number];
  if (node === undefined || value === undefined) return [NOTHING];
  const text = valueText(code.slice(node.start, node.end).replace(/\s+/g, ' '));
  if ('error' in value) return [`${text} raises `, { strong: value.error.type }];
  return [`${text} gives `, { strong: valueText(value.text) }];
}

function wordsOf(trace: Trace, step: ReductionStep | undefined, code: string): readonly string[] {
  if (step === undefined) return [NOTHING];
  return step.open.flatMap(({ reduction, done }) => [
    `${headWords(trace, reduction)}:`,
    ...rowsShown(done).flatMap((row, at, rows) => {
      const text = rowOf(trace, reduction, row, code)
        .map((part) => part.text)
        .join('');
      const folded = at === 1 ? foldedWords(rows) : [];
      return [...folded, row === 0 ? text : `then ${text}`];
    }),
  ]);
}

/** The first row and the newest ones. */
function rowsShown(done: number): readonly number[] {
  const all = Array.from({ length: done + 1 }, (_, row) => row);
  return all.length <= ROWS_MAX ? all : [0, ...all.slice(1 - ROWS_MAX)];
}

function foldedWords([, second = 1]: readonly number[]): readonly string[] {
  return second === 1 ? [] : [`${second - 1} rows before.`];
}

function headWords(trace: Trace, { statement, frameId }: Reduction): string {
  const line = trace.expressions?.statements[statement]?.line ?? 0;
  const frame = trace.frames.find(({ id }) => id === frameId);
  return frame === undefined || frame.parentId === null
    ? `Line ${line}`
    : `Line ${line}, in ${frame.name} (${frameId})`;
}

interface RowsProps {
  readonly trace: Trace;
  readonly reduction: Reduction;
  readonly done: number;
  readonly code: string;
  /** Whether it is the one that goes on. */
  readonly isNow: boolean;
}

function Rows({ trace, reduction, done, code, isNow }: RowsProps) {
  const shown = rowsShown(done);
  return (
    <section class={isNow ? 'reduction is-now' : 'reduction'}>
      <h4>{headWords(trace, reduction)}</h4>
      <ol>
        {shown.map((row, at) => (
          <li key={row} class={isNow && row === done ? 'mono is-newest' : 'mono'}>
            {at === 1 &&
              foldedWords(shown).map((words) => <span class="about">{`${words} `}</span>)}
            {rowOf(trace, reduction, row, code).map((part, index) => (
              <Part key={index} part={part} />
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Part({ part }: { part: RowPart }) {
  const { text, kind, isNext } = part;
  if (kind === 'plain' && !isNext) return <>{text}</>;
  const shown = kind === 'plain' || kind === 'never' ? text : valueText(text);
  return <span class={`part is-${kind}${isNext ? ' is-next' : ''}`}>{shown}</span>;
}
