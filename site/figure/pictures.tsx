// All pictures of a run, by their names in a lesson. One module, with all that belongs to it, for trace-view.tsx to
// load.

import { callTree, treeStops } from '../../src/python/call-tree.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';
import type { View } from '../../src/python/views.ts';
import { bindingPicture } from './binding/picture.tsx';
import { CacheSwitch } from './cache-switch.tsx';
import { CallStack } from './call-stack.tsx';
import { callSentence, treeAsText } from './call-tree-words.ts';
import { CallTreePicture } from './call-tree.tsx';
import { decoratorsPicture } from './decorators/picture.tsx';
import { Environment } from './environment.tsx';
import { expressionPicture } from './expression/picture.tsx';
import { deepestBegins } from './key-frames.ts';
import { Legend, TreeLegend } from './legend.tsx';
import { MemoTable } from './memo-table.tsx';
import { modulesPicture } from './modules/picture.tsx';
import { NameTable } from './name-table.tsx';
import type { MakePicture, Picture } from './picture.ts';
import { searchPicture } from './search/picture.tsx';
import { replayPicture } from './search/replay.tsx';
import { stateAsText, stepSentence } from './step-words.ts';

export { keyStepOf } from '../../src/lesson/recorded.ts';
export { Machine } from './machine.tsx';

export const PICTURES: Readonly<Record<View, MakePicture>> = {
  environment: environmentPicture,
  calltree: callTreePicture,
  binding: bindingPicture,
  expression: expressionPicture,
  decorators: decoratorsPicture,
  searchtree: searchPicture,
  replay: replayPicture,
  modules: modulesPicture,
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
  const stops = treeStops(tree, trace.steps.length - 1);
  const stepOf = (at: number): number => stops[at] ?? 0;

  return {
    title: `Call tree of ${tree.name}`,
    stops,
    // The first call alone would be one box.
    landmarks: [stops.findIndex((stop) => stop >= deepestBegins(tree.calls)), stops.length - 1],
    next: 'Next call',
    sentence: (at) => [callSentence(tree, stepOf(at))],
    words: (at) => treeAsText(tree, stepOf(at)),
    draw: (at, width) => <CallTreePicture tree={tree} index={stepOf(at)} room={width} />,
    beside: (at) => (tree.rows.length > 0 ? <MemoTable tree={tree} index={stepOf(at)} /> : null),
    underProgram,
    above: (cell) => <CacheSwitch cell={cell} tree={tree} />,
    legend: <TreeLegend tree={tree} />,
  };
}

function everyStep(trace: Trace): readonly number[] {
  return trace.steps.map((_, at) => at);
}
