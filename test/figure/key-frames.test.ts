// Which steps of a run are printed.

import { describe, expect, it } from 'vitest';
import { deepestBegins, keyFrames } from '../../site/figure/key-frames.ts';
import type { Trace } from '../../src/python/trace.ts';

/** Only what key frames are chosen by: frame f0 is Global. */
function traceOf(...frames: readonly (readonly [id: string, caller: string, begins: number])[]) {
  const global = { id: 'f0', callerId: null, firstStep: 0 };
  const called = frames.map(([id, callerId, firstStep]) => ({ id, callerId, firstStep }));
  return { frames: [global, ...called] } as unknown as Trace;
}

const TEN = Array.from({ length: 10 }, (_, at) => at);

describe('The printed steps', () => {
  it('are the one that the author chose, or the next that the picture has', () => {
    expect(keyFrames({ stops: TEN }, traceOf(), 4)).toEqual([4]);
    expect(keyFrames({ stops: [0, 3, 7] }, traceOf(), 4)).toEqual([2]);
    expect(keyFrames({ stops: [0, 3, 7] }, traceOf(), 99)).toEqual([2]);
  });

  it('are the first call, the deepest one and the end', () => {
    const trace = traceOf(['f1', 'f0', 2], ['f2', 'f0', 4], ['f3', 'f2', 6]);
    expect(keyFrames({ stops: TEN }, trace, null)).toEqual([2, 6, 9]);
  });

  it('are fewer where these are the same, and the end where nothing is called', () => {
    expect(keyFrames({ stops: TEN }, traceOf(['f1', 'f0', 9]), null)).toEqual([9]);
    expect(keyFrames({ stops: TEN }, traceOf(), null)).toEqual([9]);
    expect(keyFrames({ stops: [0] }, traceOf(), null)).toEqual([0]);
  });

  it('are four of the landmarks at most, the first and the last among them', () => {
    expect(keyFrames({ stops: TEN, landmarks: [7, 1] }, traceOf(), null)).toEqual([1, 7]);
    expect(keyFrames({ stops: TEN, landmarks: TEN }, traceOf(), null)).toEqual([0, 3, 6, 9]);
  });

  it('know the first of the deepest calls', () => {
    const root = { parent: null, begins: 1 };
    const left = { parent: root, begins: 2 };
    const right = { parent: root, begins: 3 };
    expect(deepestBegins([root, left, right])).toBe(2);
  });
});
