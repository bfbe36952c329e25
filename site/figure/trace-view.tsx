// A program and its machine side by side, with one set of step controls under both.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CellView } from '../../src/lesson/lesson-model.ts';
import { callTree, treeStops, type CallTree } from '../../src/python/call-tree.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';
import type { Cell } from '../lesson/cell-state.ts';
import { Icon } from '../page/icon.tsx';
import { CacheSwitch } from './cache-switch.tsx';
import { CallStack } from './call-stack.tsx';
import { CallTreePicture } from './call-tree.tsx';
import { callSentence, treeAsText } from './call-tree-words.ts';
import { Environment } from './environment.tsx';
import { Legend, TreeLegend } from './legend.tsx';
import { MemoTable } from './memo-table.tsx';
import { stateAsText, stepSentence } from './step-words.ts';
import { Stepper } from './stepper.tsx';

interface TraceViewProps {
  readonly view: CellView;
  /** The function whose calls a call tree shows. */
  readonly of: string | null;
  /** The program that was run, or will be. */
  readonly cell: Cell;
  /** How the cell is drawn. */
  readonly children: ComponentChildren;
}

const TITLES: Readonly<Record<CellView, string>> = {
  environment: 'Environment diagram',
  calltree: 'Call tree',
};
/** Before anything is measured, and where nothing can be. */
const USUAL_WIDTH = 520;

export function TraceView({ view, of, cell, children }: TraceViewProps) {
  const isText = useSignal(false);
  const trace = cell.trace.value;
  const index = cell.step.value;
  const tree = useMemo(
    () => (trace === null || view !== 'calltree' ? null : callTree(trace, of)),
    [trace, view, of],
  );
  const hasTable = tree !== null && tree.hits > 0;
  return (
    <div class="trace-view" data-view={view}>
      {view === 'calltree' && <CacheSwitch cell={cell} tree={tree} />}
      <div class={hasTable ? 'trace-body has-table' : 'trace-body'}>
        <div class="trace-program">
          {children}
          {view === 'calltree' && trace !== null && <CallStack machine={stateAt(trace, index)} />}
        </div>
        <section class="trace-picture" aria-label={TITLES[view]}>
          <header class="picture-head">
            <h3>{tree === null ? TITLES[view] : `${TITLES[view]} of ${tree.name}`}</h3>
            {trace !== null && (
              <button
                type="button"
                class="button quiet"
                onClick={() => (isText.value = !isText.value)}
              >
                <Icon name={isText.value ? 'panelTop' : 'text'} />
                {isText.value ? 'Show the picture' : 'Read as text'}
              </button>
            )}
          </header>
          {isText.value && trace !== null ? (
            <ul class="picture-text" tabIndex={0} aria-label={`${TITLES[view]} as text`}>
              {wordsOf(trace, tree, view, index).map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          ) : (
            <Picture view={view} trace={trace} tree={tree} index={index} />
          )}
          {trace !== null && trace.cut !== null && <p class="picture-cut">{trace.cut}</p>}
        </section>
        {hasTable && <MemoTable tree={tree} index={index} />}
        {trace !== null && (
          <Stepper
            trace={trace}
            index={cell.step}
            next={view === 'calltree' ? 'Next call' : 'Step'}
            stops={
              tree === null
                ? trace.steps.map((_, at) => at)
                : treeStops(tree, trace.steps.length - 1)
            }
            sentence={
              tree === null ? stepSentence(stateAt(trace, index)) : [callSentence(tree, index)]
            }
          />
        )}
      </div>
      {trace !== null && view === 'environment' && <Legend trace={trace} />}
      {tree !== null && <TreeLegend tree={tree} />}
    </div>
  );
}

function wordsOf(
  trace: Trace,
  tree: CallTree | null,
  view: CellView,
  index: number,
): readonly string[] {
  if (view === 'environment') return stateAsText(trace, index);
  return tree === null ? [NO_CALLS] : treeAsText(tree, index);
}

const NO_CALLS = 'No function of this program was called.';

interface PictureProps {
  readonly view: CellView;
  readonly trace: Trace | null;
  readonly tree: CallTree | null;
  readonly index: number;
}

function Picture({ view, trace, tree, index }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useSignal(USUAL_WIDTH);
  useEffect(() => {
    const measured = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0)
        width.value = Math.floor(entry.contentRect.width);
    });
    if (box.current !== null) measured.observe(box.current);
    return () => measured.disconnect();
  }, []);
  return (
    <div class="bench picture-box" ref={box}>
      {trace === null ? (
        <p class="picture-empty">
          {view === 'calltree'
            ? 'Run the program. Then its calls stand here, one after the other.'
            : 'Run the program. Then its frames, functions and cells stand here, step by step.'}
        </p>
      ) : view === 'environment' ? (
        <Environment trace={trace} index={index} width={width.value} />
      ) : tree === null ? (
        <p class="picture-empty">{NO_CALLS}</p>
      ) : (
        <CallTreePicture tree={tree} index={index} room={width.value} />
      )}
    </div>
  );
}
