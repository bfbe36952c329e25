// The machine of a run: its picture, the same in words, and the step controls under both. One module, with all
// that belongs to it, for trace-view.tsx to load.

import { useSignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { CellView } from '../../src/lesson/lesson-model.ts';
import { treeStops, type CallTree } from '../../src/python/call-tree.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';
import { Icon } from '../page/icon.tsx';
import { CallTreePicture } from './call-tree.tsx';
import { callSentence, treeAsText } from './call-tree-words.ts';
import { Environment } from './environment.tsx';
import { MemoTable } from './memo-table.tsx';
import { stateAsText, stepSentence } from './step-words.ts';
import { Stepper } from './stepper.tsx';

export { CacheSwitch } from './cache-switch.tsx';
export { CallStack } from './call-stack.tsx';
export { Legend, TreeLegend } from './legend.tsx';
export { callTree } from '../../src/python/call-tree.ts';

interface MachineProps {
  readonly view: CellView;
  readonly title: string;
  readonly trace: Trace;
  /** Null for another view, and for a run in which nothing was called. */
  readonly tree: CallTree | null;
  /** The step that is shown. */
  readonly step: Signal<number>;
}

/** Before anything is measured. */
const USUAL_WIDTH = 520;
const NO_CALLS = 'No function of this program was called.';

export function Machine({ view, title, trace, tree, step }: MachineProps) {
  const isText = useSignal(false);
  const index = step.value;
  return (
    <>
      <section class="trace-picture" aria-label={title}>
        <header class="picture-head">
          <h3>{title}</h3>
          <button type="button" class="button quiet" onClick={() => (isText.value = !isText.value)}>
            <Icon name={isText.value ? 'panelTop' : 'text'} />
            {isText.value ? 'Show the picture' : 'Read as text'}
          </button>
        </header>
        {isText.value ? (
          <ul class="picture-text" tabIndex={0} aria-label={`${title} as text`}>
            {wordsOf(trace, tree, view, index).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        ) : (
          <Picture view={view} trace={trace} tree={tree} index={index} />
        )}
        {trace.cut !== null && <p class="picture-cut">{trace.cut}</p>}
      </section>
      {tree !== null && tree.hits > 0 && <MemoTable tree={tree} index={index} />}
      <Stepper
        trace={trace}
        index={step}
        next={view === 'calltree' ? 'Next call' : 'Step'}
        stops={stopsOf(trace, tree)}
        sentence={tree === null ? stepSentence(stateAt(trace, index)) : [callSentence(tree, index)]}
      />
    </>
  );
}

function stopsOf(trace: Trace, tree: CallTree | null): readonly number[] {
  return tree === null ? trace.steps.map((_, at) => at) : treeStops(tree, trace.steps.length - 1);
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

interface PictureProps {
  readonly view: CellView;
  readonly trace: Trace;
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
      {view === 'environment' ? (
        <Environment trace={trace} index={index} width={width.value} />
      ) : tree === null ? (
        <p class="picture-empty">{NO_CALLS}</p>
      ) : (
        <CallTreePicture tree={tree} index={index} room={width.value} />
      )}
    </div>
  );
}
