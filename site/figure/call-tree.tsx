// The call tree: every call of one function, in the order in which they came, and what a table saved.

import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { currentCall, type CallNode, type CallTree } from '../../src/python/call-tree.ts';
import {
  answerText,
  CALL_HEIGHT,
  layOutCalls,
  SAVED_SIZE,
  type PlacedCall,
  type TreeLine,
} from './call-tree-layout.ts';
import { callSentence } from './call-tree-words.ts';

interface CallTreeProps {
  readonly tree: CallTree;
  readonly index: number;
  /** Width of the place for it: a wider tree is drawn smaller, and then scrolls. */
  readonly room: number;
}

/** Smaller than this its words cannot be read. */
const SCALE_MIN = 0.75;
/** Of a tree with more boxes only what is in sight is drawn, and half as much on each side. */
const BOXES_MAX = 300;
/** Sight moves in strides: between two of them nothing is drawn anew. */
const STRIDE = 100;

/** A part of the tree, in its own units. */
interface Sight {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function CallTreePicture({ tree, index, room }: CallTreeProps) {
  const layout = useMemo(() => layOutCalls(tree), [tree]);
  const { width, height } = layout;
  const scale = Math.min(1, Math.max(SCALE_MIN, room / width));
  const now = currentCall(tree, index);
  const box = useRef<HTMLDivElement>(null);
  const isLarge = layout.calls.length + layout.saved.length > BOXES_MAX;
  const sight = useSignal<Sight>({ left: 0, top: 0, right: 2 * room, bottom: 2 * room });
  const isThere = (call: CallNode): boolean => call.begins <= index;
  const { left, top, right, bottom } = sight.value;
  const isInSight = (fromX: number, fromY: number, toX: number, toY: number): boolean =>
    !isLarge || (toX >= left && fromX <= right && toY >= top && fromY <= bottom);
  const isLineDrawn = ({ call, from, to }: TreeLine): boolean =>
    isThere(call) && isInSight(Math.min(from.x, to.x), from.y, Math.max(from.x, to.x), to.y);
  useEffect(() => {
    const element = box.current;
    if (element === null || !isLarge) return;
    const look = (): void => {
      const seen = sightOf(element, scale);
      const { left: x, top: y, right: x2, bottom: y2 } = sight.peek();
      if (x !== seen.left || y !== seen.top || x2 !== seen.right || y2 !== seen.bottom)
        sight.value = seen;
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [layout, scale, room]);
  // What was drawn at this step is the same object while one pans: Preact does not look into it again.
  const known = useMemo(() => new Map<object, VNode>(), [layout, index]);
  const drawn = <T extends object>(of: T, draw: (of: T) => VNode): VNode => {
    const node = known.get(of) ?? draw(of);
    known.set(of, node);
    return node;
  };
  // A large tree is wider than the page: the call that is talked about stays in sight.
  useEffect(() => {
    const at = layout.calls.find(({ call }) => call === now);
    if (at !== undefined && box.current !== null) keepInSight(box.current, at, scale);
  }, [now, layout]);
  return (
    <div class="call-tree-box" ref={box} tabIndex={0} role="group" aria-label="Call tree, scrolls">
      <svg
        class="call-tree"
        viewBox={`0 0 ${width} ${height}`}
        width={Math.floor(width * scale)}
        height={Math.ceil(height * scale)}
        role="img"
        aria-label={`Call tree of ${tree.name}. ${callSentence(tree, index)} The same in words: Read as text.`}
      >
        {layout.lines
          .filter(isLineDrawn)
          .map((line) =>
            drawn(line, ({ path, isSaved }) => (
              <path key={path} class={isSaved ? 'tree-line is-saved' : 'tree-line'} d={path} />
            )),
          )}
        {layout.saved
          .filter(({ hit, x, y }) => isThere(hit) && isInSight(x, y, x, y))
          .map((saved) =>
            drawn(saved, ({ label, x, y }) => (
              <Saved key={`${x} ${y}`} label={label} x={x} y={y} />
            )),
          )}
        {layout.calls
          .filter(({ call, x, y }) => isThere(call) && isInSight(x, y, x, y))
          .map((placed) =>
            drawn(placed, (at) => (
              <Call key={at.call.number} at={at} index={index} isNow={at.call === now} />
            )),
          )}
      </svg>
    </div>
  );
}

/** What the box shows, and half as much on each side, in strides. */
function sightOf(box: HTMLElement, scale: number): Sight {
  const { scrollLeft, scrollTop, clientWidth, clientHeight } = box;
  const down = (pixels: number): number => Math.floor(pixels / scale / STRIDE) * STRIDE;
  const up = (pixels: number): number => Math.ceil(pixels / scale / STRIDE) * STRIDE;
  return {
    left: down(scrollLeft - clientWidth / 2),
    top: down(scrollTop - clientHeight / 2),
    right: up(scrollLeft + 1.5 * clientWidth),
    bottom: up(scrollTop + 1.5 * clientHeight),
  };
}

const MARGIN = 48;

function keepInSight(box: HTMLElement, placed: PlacedCall, scale: number): void {
  const [x, y, width] = [placed.x * scale, placed.y * scale, placed.width * scale];
  const isInside =
    x - width / 2 > box.scrollLeft &&
    x + width / 2 < box.scrollLeft + box.clientWidth &&
    y > box.scrollTop &&
    y + CALL_HEIGHT < box.scrollTop + box.clientHeight;
  if (isInside) return;
  box.scrollTo({
    left: x - box.clientWidth / 2,
    top: Math.max(0, y - Math.max(MARGIN, box.clientHeight / 2)),
  });
}

const CUT = 9;

function Call({ at, index, isNow }: { at: PlacedCall; index: number; isNow: boolean }) {
  const { call, label, width, x, y } = at;
  const isOver = (call.ends ?? Infinity) <= index;
  const left = Math.round((x - width / 2) * 10) / 10;
  const shape =
    call.kind === 'hit'
      ? `M4 0H${width - CUT}L${width} ${CUT}V${CALL_HEIGHT - 4}q0 4-4 4H4q-4 0-4-4V4q0-4 4-4Z`
      : `M4 0H${width - 4}q4 0 4 4V${CALL_HEIGHT - 4}q0 4-4 4H4q-4 0-4-4V4q0-4 4-4Z`;
  const state = call.raised !== null && isOver ? 'is-raised' : `is-${call.kind}`;
  return (
    <g class={`tree-call ${state}`} transform={`translate(${left} ${y})`}>
      {isNow && (
        <rect class="now" x="-5" y="-5" width={width + 10} height={CALL_HEIGHT + 10} rx="8" />
      )}
      <path class="box" d={shape} />
      {call.kind === 'repeated' && <path class="hatch" d={hatch(width)} />}
      <text class="tree-number" x="-5" y="9">
        {call.number}
      </text>
      <text class="tree-code" x={width / 2} y="14">
        {label}
      </text>
      <text class="tree-code tree-answer" x={width / 2} y="28">
        {isOver ? answerText(call) : '= ?'}
      </text>
    </g>
  );
}

/** Slanted lines: a repeated call is told without colour too. */
function hatch(width: number): string {
  let path = '';
  for (let x = 6; x < width + CALL_HEIGHT; x += 8) {
    const bottom = Math.max(0, x - CALL_HEIGHT);
    const right = Math.min(x, width);
    path += `M${right} ${Math.max(0, x - width)}L${bottom} ${Math.min(CALL_HEIGHT, x)}`;
  }
  return path;
}

function Saved({ label, x, y }: { label: string; x: number; y: number }) {
  const width = Math.max(SAVED_SIZE, label.length * 7.2 + 8);
  return (
    <g class="tree-saved" transform={`translate(${Math.round(x - width / 2)} ${y})`}>
      <rect width={width} height={SAVED_SIZE} rx="4" />
      <text class="tree-code" x={width / 2} y="16">
        {label}
      </text>
    </g>
  );
}
