// The lines from each call to its caller, who waits for it (the dynamic link):
//
//   +-- Global ---+            wide: straight up through the gap, with words beside it
//   +-------------+            narrow: two frames stand in a row, so it goes level, or through the gap
//      ^ called by line 9
//   +-- f1 step --+

import { callerWords, ROW_INSET } from './boxes.ts';
import type { Point } from './lanes.ts';
import { STACK_GAP, type Layout, type PlacedFrame } from './layout.ts';
import { fitNote } from './measure.ts';

export interface CallerLine {
  readonly points: readonly Point[];
  readonly isNow: boolean;
  readonly label: { readonly text: string; readonly at: Point } | null;
}

/** From the side of a frame, so that the line stands apart from the lines to parents. */
const INSET = 18;
const LABEL_GAP = 9;
/** In the tab, over the place where lines to parents leave. */
const IN_TAB = 5;

export function callerLines({ stack, columns }: Layout): readonly CallerLine[] {
  return stack.flatMap((frame, at): readonly CallerLine[] => {
    const caller = stack[at - 1];
    if (frame.caller === null || caller === undefined) return [];
    const isNow = frame.content.state === 'running';
    if (columns.isNarrow) return [{ points: narrowPoints(frame, caller), isNow, label: null }];
    const x = frame.x + INSET;
    const room = frame.width - INSET - LABEL_GAP - ROW_INSET;
    const text = fitNote(callerWords(frame.caller), room);
    const label = { text, at: { x: x + LABEL_GAP, y: frame.y - STACK_GAP / 2 + 4.5 } };
    return [
      {
        points: [
          { x, y: frame.y },
          { x, y: bottomOf(caller) },
        ],
        isNow,
        label,
      },
    ];
  });
}

function narrowPoints(frame: PlacedFrame, caller: PlacedFrame): readonly Point[] {
  if (frame.side === 'right') {
    const y = frame.y + IN_TAB;
    return [
      { x: frame.x, y },
      { x: caller.x + caller.width, y },
    ];
  }
  const gapY = frame.y - STACK_GAP / 2;
  const fromX = frame.x + frame.width - INSET;
  const toX = caller.x + INSET;
  return [
    { x: fromX, y: frame.y },
    { x: fromX, y: gapY },
    { x: toX, y: gapY },
    { x: toX, y: bottomOf(caller) },
  ];
}

function bottomOf({ y, content }: PlacedFrame): number {
  return y + content.height;
}
