// The call tree: every call of one function, in the order in which they came, and what a table saved.

import { useEffect, useMemo, useRef } from 'preact/hooks';
import { currentCall, type CallNode, type CallTree } from '../../src/python/call-tree.ts';
import {
  answerText,
  CALL_HEIGHT,
  layOutCalls,
  SAVED_SIZE,
  type PlacedCall,
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

export function CallTreePicture({ tree, index, room }: CallTreeProps) {
  const layout = useMemo(() => layOutCalls(tree), [tree]);
  const { width, height } = layout;
  const scale = Math.min(1, Math.max(SCALE_MIN, room / width));
  const now = currentCall(tree, index);
  const box = useRef<HTMLDivElement>(null);
  const isThere = (call: CallNode): boolean => call.begins <= index;
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
        {layout.lines.map(({ path, call, isSaved }, at) =>
          isThere(call) ? (
            <path key={at} class={isSaved ? 'tree-line is-saved' : 'tree-line'} d={path} />
          ) : null,
        )}
        {layout.saved.map(({ hit, label, x, y }, at) =>
          isThere(hit) ? <Saved key={at} label={label} x={x} y={y} /> : null,
        )}
        {layout.calls.map((placed) =>
          isThere(placed.call) ? (
            <Call key={placed.call.number} at={placed} index={index} isNow={placed.call === now} />
          ) : null,
        )}
      </svg>
    </div>
  );
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
