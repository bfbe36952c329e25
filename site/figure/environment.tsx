// The environment diagram: what Python has in its hands at one step of a run. Nothing in it is drawn by hand.

import { useMemo } from 'preact/hooks';
import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';
import {
  FUNCTION_HEIGHT,
  FUNCTION_TEXT_X,
  functionLines,
  functionText,
  isNote,
  isWord,
  ROW_INSET,
  TAB_HEIGHT,
  valueWidth,
  type FrameRow,
} from './boxes.ts';
import { linesOf, type DrawnLine } from './routes.ts';
import type { Point } from './lanes.ts';
import {
  columnsFor,
  heightFor,
  layOut,
  type PlacedFrame,
  type PlacedFunction,
  type PlacedObject,
} from './layout.ts';
import { OBJECT_HEAD, OBJECT_INSET, OBJECT_LINE } from './object-box.ts';

interface EnvironmentProps {
  readonly trace: Trace;
  /** Index of the step, from 0. */
  readonly index: number;
  /** Width of the picture in pixels. */
  readonly width: number;
}

export function Environment({ trace, index, width }: EnvironmentProps) {
  const room = useMemo(() => {
    const columns = columnsFor(trace, width);
    return { columns, height: heightFor(trace, columns) };
  }, [trace, width]);
  const layout = layOut(trace, stateAt(trace, index), room.columns);
  const height = Math.max(room.height, layout.height);
  const name = `Environment diagram at step ${index + 1} of ${trace.steps.length}. The same in words: Read as text.`;
  return (
    <svg
      class="environment"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={name}
    >
      {layout.heads.map(({ text, x, y }) => (
        <text class="env-head" x={x} y={y}>
          {text}
        </text>
      ))}
      {layout.functions.map((each) => (
        <FunctionBox key={each.of.id} at={each} />
      ))}
      {layout.objects.map((each) => (
        <ObjectBox key={each.content.id} at={each} />
      ))}
      {[...layout.stack, ...layout.kept].map((frame) => (
        <FrameBox key={`${frame.content.state}${frame.content.id}`} frame={frame} />
      ))}
      {linesOf(layout).map((line, at) => (
        <Line key={at} line={line} />
      ))}
    </svg>
  );
}

function Line({ line }: { line: DrawnLine }) {
  const { kind, from, to, heading, label } = line;
  return (
    <g class={`env-line is-${kind}${line.isNow ? ' is-now' : ''}`}>
      <path class="way" d={line.path} />
      {kind === 'caller' && <path class="bar" d={bar(from, heading)} />}
      <path class="head" d={head(to, heading, kind === 'caller' ? SMALL_HEAD : HEAD)} />
      {kind === 'name' && <circle class="dot" cx={from.x} cy={from.y} r="3.5" />}
      {label !== null && (
        <text class="env-note" x={label.at.x} y={label.at.y}>
          {label.text}
        </text>
      )}
    </g>
  );
}

interface HeadSize {
  readonly length: number;
  readonly half: number;
}
const HEAD: HeadSize = { length: 9, half: 5 };
const SMALL_HEAD: HeadSize = { length: 7, half: 4 };
const BAR_HALF = 5;

function head({ x, y }: Point, heading: DrawnLine['heading'], { length, half }: HeadSize): string {
  if (heading === 'up') return `M${x} ${y}L${x - half} ${y + length}H${x + half}Z`;
  const back = heading === 'right' ? x - length : x + length;
  return `M${x} ${y}L${back} ${y - half}V${y + half}Z`;
}

/** The foot of a line to the caller, which has no dot: it leaves the frame, not a name in it. */
function bar({ x, y }: Point, heading: DrawnLine['heading']): string {
  return heading === 'up'
    ? `M${x - BAR_HALF} ${y - 1.5}h${2 * BAR_HALF}`
    : `M${x - 1.5} ${y - BAR_HALF}v${2 * BAR_HALF}`;
}

function ObjectBox({ at }: { at: PlacedObject }) {
  const { content, x, y, width } = at;
  const w = round(width);
  return (
    <g class="env-object" transform={`translate(${round(x)} ${round(y)})`}>
      <title>{`${content.type} ${content.full}`}</title>
      <rect width={w} height={content.height} rx="5" />
      <path class="rule" d={`M0 ${OBJECT_HEAD}H${w}`} />
      {content.isChanged && (
        <path class="changed" d={`M1.5 ${OBJECT_HEAD + 2}V${content.height - 3}`} />
      )}
      <text class="env-note" x={OBJECT_INSET} y="15.5">
        {content.type}
      </text>
      {content.isChanged && (
        <text class="env-note now" x={w - OBJECT_INSET} y="15.5" text-anchor="end">
          changed
        </text>
      )}
      {content.lines.map((line, place) => (
        <text class="env-code" x={OBJECT_INSET} y={OBJECT_HEAD + 17 + place * OBJECT_LINE}>
          {line}
        </text>
      ))}
    </g>
  );
}

function FunctionBox({ at }: { at: PlacedFunction }) {
  const { of, x, y, width } = at;
  const [name, parent] = functionLines(of, width);
  return (
    <g class="env-function" transform={`translate(${round(x)} ${round(y)})`}>
      <title>{`${functionText(of)}(${of.parameters.join(', ')}), line ${of.line}`}</title>
      <rect width={round(width)} height={FUNCTION_HEIGHT} rx="12" />
      <path class="sign" d={of.name === '<lambda>' ? LAMBDA : SCRIPT_F} />
      <text class="env-code" x={FUNCTION_TEXT_X} y="21">
        {name}
      </text>
      <text class="env-note" x={FUNCTION_TEXT_X} y="39">
        {parent}
      </text>
    </g>
  );
}

// The fonts have neither sign.
const SCRIPT_F = 'M21 16.5c-.6-2.4-3.8-2.2-4.4 1.2l-2.4 13c-.6 3.2-3.6 3.4-4.2 1.1M11.5 22.5h8.6';
const LAMBDA = 'M11 15.5c2.6-.6 3.4 1 4.2 3.6l4.4 13.4M15.6 21l-4.8 11.5';

function FrameBox({ frame }: { frame: PlacedFrame }) {
  const { content, x, y, width } = frame;
  const { state, height } = content;
  const w = round(width);
  const at = `translate(${round(x)} ${round(y)})`;
  if (state === 'folded')
    return (
      <g class="env-frame is-folded" transform={at}>
        <rect class="box" width={w} height={height} rx="4" />
        <text class="env-note" x={w / 2} y={height / 2 + 4} text-anchor="middle">
          {content.label}
        </text>
      </g>
    );
  const tab = `M0 4a4 4 0 0 1 4-4H${w - 4}a4 4 0 0 1 4 4V${TAB_HEIGHT}H0Z`;
  return (
    <g class={`env-frame is-${state}`} transform={at}>
      <title>{content.full}</title>
      <rect class="box" width={w} height={height} rx="4" />
      <path class="tab" d={tab} />
      <text class="env-code tab-text" x={ROW_INSET} y="17" font-size={content.labelSize}>
        {content.label}
      </text>
      {state === 'running' && (
        <text class="env-note tab-text now" x={w - ROW_INSET} y="16.5" text-anchor="end">
          now
        </text>
      )}
      {content.rows.map((row, index) => (
        <Row key={index} row={row} width={w} />
      ))}
    </g>
  );
}

const CHANGED_HALF = 11;

function Row({ row, width }: { row: FrameRow; width: number }) {
  const isCode = !isNote(row.kind) && !isWord(row.kind);
  const kind = isCode ? 'env-code' : row.kind === 'strong-note' ? 'env-note strong' : 'env-note';
  return (
    <>
      {row.changed && (
        <path class="changed" d={`M1.5 ${row.y - CHANGED_HALF}v${CHANGED_HALF * 2}`} />
      )}
      <text class={kind} x={ROW_INSET} y={row.y + 4.5}>
        {row.label}
      </text>
      {!isNote(row.kind) && row.kind !== 'link' && <Value row={row} width={width} />}
    </>
  );
}

/** From the middle of the name's line to that of the value's, when the value stands below. */
const BELOW_PLAIN = 23;
const BELOW_BOXED = 30;
const CELL_HALF = 14;
const TAG_HALF = 12;

function Value({ row, width }: { row: FrameRow; width: number }) {
  const isBoxed = row.kind !== 'value';
  const y = row.y + (row.below ? (isBoxed ? BELOW_BOXED : BELOW_PLAIN) : 0);
  const wide = valueWidth(row.kind, row.value);
  const x = width - ROW_INSET - wide;
  const title = row.full === row.value ? null : <title>{row.full}</title>;
  if (!isBoxed)
    return (
      <text class="env-code" x={width - ROW_INSET} y={y + 4.5} text-anchor="end">
        {title}
        {row.value}
      </text>
    );
  const words = (
    <text class="env-value" x={x + wide / 2 + (isWord(row.kind) ? 2 : 0)} y={y + 5}>
      {title}
      {row.value}
    </text>
  );
  if (row.kind === 'return')
    return (
      <g class="env-return">
        <path d={tagPath(x, y, wide)} />
        {words}
      </g>
    );
  if (row.kind === 'raise')
    return (
      <g class="env-raise">
        <path d={octagonPath(x, y, wide)} />
        {words}
      </g>
    );
  return (
    <g class="env-cell">
      <rect x={x} y={y - CELL_HALF} width={wide} height={2 * CELL_HALF} rx="5" />
      <rect class="inner" x={x + 3} y={y - CELL_HALF + 3} width={wide - 6} height={22} rx="3" />
      {words}
    </g>
  );
}

/** A tag whose point shows the way back to the caller. */
function tagPath(x: number, y: number, width: number): string {
  return `M${x} ${y}l9-${TAG_HALF}H${x + width - 2}q2 0 2 2V${y + TAG_HALF - 2}q0 2-2 2H${x + 9}Z`;
}

function octagonPath(x: number, y: number, width: number): string {
  const cut = 7;
  const flat = 2 * TAG_HALF - 2 * cut;
  return `M${x} ${y - flat / 2}l${cut}-${cut}h${width - 2 * cut}l${cut} ${cut}v${flat}l-${cut} ${cut}h-${width - 2 * cut}l-${cut}-${cut}Z`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
