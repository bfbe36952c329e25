// What holds for the environment diagram of any program at any step and width: its boxes, its lines, and the same in
// words. Each is asked from the trace, not from the drawing.

import { expect } from 'vitest';
import { FUNCTION_HEIGHT } from '../../site/figure/boxes.ts';
import { columnsFor, layOut, type Layout } from '../../site/figure/layout.ts';
import type { Point } from '../../site/figure/lanes.ts';
import { linesOf, type DrawnLine } from '../../site/figure/routes.ts';
import { stateAsText } from '../../site/figure/step-words.ts';
import { sharedObjects } from '../../src/python/shared-objects.ts';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';

/** A phone, the column of a laptop, a wide screen. */
export const WIDTHS = [326, 530, 900];

/** A frame folds the rest of its names. */
const NAMES_SHOWN = 12;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Calls `look` for the steps of a run at every width. */
export function atEveryStep(
  trace: Trace,
  look: (layout: Layout, trace: Trace, index: number) => void,
  every = 1,
): void {
  for (const width of WIDTHS) {
    const columns = columnsFor(trace, width);
    for (let index = 0; index < trace.steps.length; index += every)
      look(layOut(trace, stateAt(trace, index), columns), trace, index);
  }
}

export function boxesOf({ stack, kept, functions, objects }: Layout): readonly Box[] {
  const boxOf = (x: number, y: number, width: number, height: number): Box => ({
    left: x,
    top: y,
    right: x + width,
    bottom: y + height,
  });
  return [
    ...[...stack, ...kept].map(({ x, y, width, content }) => boxOf(x, y, width, content.height)),
    ...functions.map(({ x, y, width }) => boxOf(x, y, width, FUNCTION_HEIGHT)),
    ...objects.map(({ x, y, width, content }) => boxOf(x, y, width, content.height)),
  ];
}

export function boxesStandApart(layout: Layout): void {
  const boxes = boxesOf(layout);
  const isOutside = ({ left, right, bottom }: Box): boolean =>
    left < 0 || right > layout.columns.width || bottom > layout.height;
  const wrong = boxes.filter(
    (box, at) => isOutside(box) || boxes.slice(at + 1).some((other) => overlap(box, other)),
  );
  expect(wrong).toEqual([]);
}

function overlap(one: Box, two: Box): boolean {
  return (
    one.left < two.right && two.left < one.right && one.top < two.bottom && two.top < one.bottom
  );
}

export function linesEndAtBoxes(layout: Layout): void {
  const boxes = boxesOf(layout);
  const wrong = linesOf(layout).filter((line) => !boxes.some((box) => isAtEdge(line, box)));
  expect(wrong).toEqual([]);
}

function isAtEdge({ to, heading }: DrawnLine, { left, right, top, bottom }: Box): boolean {
  const near = (one: number, two: number): boolean => Math.abs(one - two) < 0.01;
  if (heading === 'up') return near(to.y, bottom) && to.x > left && to.x < right;
  return (near(to.x, left) || near(to.x, right)) && to.y >= top && to.y <= bottom;
}

/** No line goes through a box; a line to an object begins inside of its own. */
export function linesPassBoxes(layout: Layout): void {
  const boxes = boxesOf(layout).map(shrunk);
  const wrong = linesOf(layout).filter(({ points, from }) =>
    points.slice(1).some((to, at) => {
      const way = between(points[at] ?? to, to);
      return boxes.some((box) => !(at === 0 && isInside(from, box)) && meets(way, box));
    }),
  );
  expect(wrong).toEqual([]);
}

const between = (one: Point, two: Point): Box => ({
  left: Math.min(one.x, two.x),
  right: Math.max(one.x, two.x),
  top: Math.min(one.y, two.y),
  bottom: Math.max(one.y, two.y),
});

const shrunk = ({ left, right, top, bottom }: Box): Box => ({
  left: left + 1,
  right: right - 1,
  top: top + 1,
  bottom: bottom - 1,
});

const isInside = ({ x, y }: Point, box: Box): boolean =>
  x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

function meets(way: Box, box: Box): boolean {
  return (
    way.left <= box.right && box.left <= way.right && way.top <= box.bottom && box.top <= way.bottom
  );
}

/** Every box of the stack over Global leads to the one below it, which waits; the words say so for every frame. */
export function callersAreShown(layout: Layout, trace: Trace, index: number): void {
  const shown = layout.stack.filter(({ content }) => content.state !== 'left');
  const callers = linesOf(layout).filter(({ kind }) => kind === 'caller');
  expect(callers.length).toBe(shown.length - 1);
  const words = stateAsText(trace, index).join('\n');
  for (const { frame, caller } of stateAt(trace, index).stack) {
    if (frame.parentId === null) continue;
    expect(caller).not.toBeNull();
    expect(words).toMatch(new RegExp(`${frame.id} [^\n]*(called|resumed) by line ${caller?.line}`));
    // Where nobody yielded, the trace itself says who called.
    if (caller?.resumed === false)
      expect([caller.id, caller.line]).toEqual([frame.callerId, frame.callLine]);
  }
  for (const { label } of callers) {
    if (label === null) continue;
    const box = {
      left: label.at.x,
      right: label.at.x + 1,
      top: label.at.y - 9,
      bottom: label.at.y,
    };
    for (const each of boxesOf(layout)) expect(meets(box, shrunk(each))).toBe(false);
  }
}

/** One object has one box, a line from each of its names, and one sentence. */
export function sharedObjectsAreOne(layout: Layout, trace: Trace, index: number): void {
  const machine = stateAt(trace, index);
  const words = stateAsText(trace, index);
  const lines = linesOf(layout).filter(({ kind }) => kind === 'name');
  const shown = new Set([...layout.stack, ...layout.kept].map(({ content }) => content.id));
  expect(layout.objects.map(({ content }) => content.id)).toEqual([
    ...sharedObjects(machine).keys(),
  ]);
  for (const { content, x, y, width } of layout.objects) {
    const shared = sharedObjects(machine).get(content.id);
    const names = (shared?.names ?? []).filter(
      ({ frame, name }) => shown.has(frame.frame.id) && frame.names.indexOf(name) < NAMES_SHOWN,
    );
    const arrows = lines.filter(
      ({ to }) =>
        to.y > y && to.y < y + content.height && (to.x === x || Math.abs(to.x - x - width) < 0.01),
    );
    expect(arrows.length).toBeGreaterThanOrEqual(names.length);
    expect(content.full).toBe(shared?.value.text);
    // What stands in it has changed with it.
    if (!content.full.includes('...'))
      for (const id of content.inside)
        expect(content.full).toContain(sharedObjects(machine).get(id)?.value.text);
    const own = words.filter((each) =>
      each.startsWith(`Shared object: ${shared?.value.type} ${shared?.value.text}, bound`),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const { name } of shared?.names ?? [])
      expect(own.join('\n')).toContain(`${name.name} in `);
  }
}

export const LAWS = [
  boxesStandApart,
  linesEndAtBoxes,
  linesPassBoxes,
  callersAreShown,
  sharedObjectsAreOne,
];
