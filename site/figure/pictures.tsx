// All pictures of a run, by their names in a lesson. One module, with all that belongs to it, for trace-view.tsx to
// load.

import { callTree } from '../../src/python/call-tree.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import { treeStops } from '../../src/python/call-tree.ts';
import type { Trace } from '../../src/python/trace.ts';
import type { View } from '../../src/python/views.ts';
import { CacheSwitch } from './cache-switch.tsx';
import { CallStack } from './call-stack.tsx';
import { callSentence, treeAsText } from './call-tree-words.ts';
import { CallTreePicture } from './call-tree.tsx';
import { Environment } from './environment.tsx';
import { Legend, TreeLegend } from './legend.tsx';
import { MemoTable } from './memo-table.tsx';
import { NameTable } from './name-table.tsx';
import type { MakePicture, Picture } from './picture.ts';
import { stateAsText, stepSentence } from './step-words.ts';

export { Machine } from './machine.tsx';

export const PICTURES: Readonly<Record<View, MakePicture>> = {
  environment: environmentPicture,
  calltree: callTreePicture,
};

function environmentPicture(trace: Trace): Picture {
  return {
    title: 'Environment diagram',
    stops: everyStep(trace),
    next: 'Step',
    sentence: (index) => stepSentence(stateAt(trace, index)),
    words: (index) => stateAsText(trace, index),
    draw: (index, width) => <Environment trace={trace} index={index} width={width} />,
    beside: (index) => <NameTable trace={trace} index={index} />,
    legend: <Legend trace={trace} />,
  };
}

const NO_CALLS = 'No function of this program was called.';

function callTreePicture(trace: Trace, of: string | null): Picture {
  const tree = callTree(trace, of);
  const underProgram: Picture['underProgram'] = (index) => (
    <CallStack trace={trace} index={index} />
  );
  if (tree === null)
    return {
      title: 'Call tree',
      stops: everyStep(trace),
      next: 'Step',
      sentence: (index) => stepSentence(stateAt(trace, index)),
      words: () => [NO_CALLS],
      draw: () => <p class="picture-empty">{NO_CALLS}</p>,
      underProgram,
      legend: null,
    };
  return {
    title: `Call tree of ${tree.name}`,
    stops: treeStops(tree, trace.steps.length - 1),
    next: 'Next call',
    sentence: (index) => [callSentence(tree, index)],
    words: (index) => treeAsText(tree, index),
    draw: (index, width) => <CallTreePicture tree={tree} index={index} room={width} />,
    beside: (index) => (tree.hits > 0 ? <MemoTable tree={tree} index={index} /> : null),
    underProgram,
    above: (cell) => <CacheSwitch cell={cell} tree={tree} />,
    legend: <TreeLegend tree={tree} />,
  };
}

export function everyStep(trace: Trace): readonly number[] {
  return trace.steps.map((_, at) => at);
}
