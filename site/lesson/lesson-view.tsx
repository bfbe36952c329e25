// The body of a lesson page: its blocks in order. Rendered when the site is built, and hydrated in the page.

import type { Block, CellBlock, PredictBlock } from '../../src/lesson/lesson-model.ts';
import { TraceView } from '../figure/trace-view.tsx';
import { CellView } from './cell-view.tsx';
import { Exercise } from './exercise.tsx';
import { Explore } from './explore.tsx';
import { useKeptTexts } from './kept-texts.ts';
import { cellOf, type LessonState } from './lesson-state.ts';
import { traceMarks } from './marks.ts';
import { Predict, TypedPredict } from './predict.tsx';
import { Question } from './question.tsx';
import { Variant } from './variant.tsx';

export function LessonView({ state }: { state: LessonState }) {
  return (
    <>
      {state.model.page.blocks.map((block, index) => (
        <BlockView key={index} block={block} state={state} />
      ))}
    </>
  );
}

export function BlockView({ block, state }: { block: Block; state: LessonState }) {
  switch (block.kind) {
    case 'prose':
      // Compiled from lesson.md with HTML switched off.
      return <div class="prose" dangerouslySetInnerHTML={{ __html: block.html }} />;
    case 'rule':
      return (
        <div class="rule">
          <p class="about">The rule</p>
          <div dangerouslySetInnerHTML={{ __html: block.html }} />
        </div>
      );
    case 'source':
      return (
        <figure class="source" aria-label={`${block.name} in ${block.path}`}>
          <figcaption class="about">
            <code>{block.path}</code>, line {block.line}: this code runs here
          </figcaption>
          <div class="code" tabIndex={0}>
            <pre class="code-lines" dangerouslySetInnerHTML={{ __html: block.html }} />
          </div>
        </figure>
      );
    case 'predict':
      // A typed answer stands in the foot of its cell.
      return block.options.length > 0 ? <Predict block={block} state={state} /> : null;
    case 'question':
      return <Question block={block} state={state} />;
    case 'explore':
      return <Explore block={block} state={state} />;
    case 'exercise':
      return <Exercise block={block} state={state} />;
    default:
      return <CellBlockView block={block} state={state} />;
  }
}

export function CellBlockView({ block, state }: { block: CellBlock; state: LessonState }) {
  const cell = cellOf(state, block.id);
  const typed = state.model.page.blocks.find(
    (each): each is PredictBlock =>
      each.kind === 'predict' && each.cellId === block.id && each.options.length === 0,
  );
  useKeptTexts(block.id, cell, state);
  const marks = cell.trace.value === null ? {} : { marks: traceMarks(cell) };
  const view = (
    <CellView
      id={block.id}
      cell={cell}
      python={state.python}
      keep={(code) => state.record(block.id, { code })}
      isNext={block.changes === null}
      {...marks}
      {...(block.changes !== null && {
        program: <Variant block={block} cell={cell} state={state} {...marks} />,
      })}
      {...(typed && { below: <TypedPredict block={typed} state={state} /> })}
    />
  );
  // A variant shows the machine once it has run; the program of the page has its room from the start.
  if (block.view === null || (block.changes !== null && cell.trace.value === null)) return view;
  return (
    <TraceView view={block.view} of={block.of} stepsTo={block.stepsTo} cell={cell}>
      {view}
    </TraceView>
  );
}
