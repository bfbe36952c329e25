// The last 24 hours in one strip, with a box over what the panels show. Drag the box, or use the keys.

import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { makePanelData, type PanelData } from '../../src/core/dashboard/panel-data.ts';
import { interpolate } from '../../src/core/dashboard/variables.ts';
import { timeText } from '../chart/chart.ts';
import { renderTargets } from './render.ts';
import type { DashboardState } from './state.ts';

const DAY_S = 86_400;
const WIDTH = 1000;
const HEIGHT = 40;
/** Narrower than this a box cannot be caught. */
const BOX_MIN = 0.012;

export function DayStrip({ state }: { state: DashboardState }) {
  const data = useSignal<PanelData | null>(null);
  const strip = useRef<HTMLDivElement>(null);
  const grabbed = useRef<number | null>(null);
  const endS = state.source.now() / 1000;
  const startS = endS - DAY_S;

  useSignalEffect(() => {
    const { untilS } = state.window.value;
    const target = interpolate(
      'sumSeries(collectd.$host.cpu.percent-{user,system,wait,nice,softirq,interrupt,steal})',
      state.variables.value,
    );
    // Once a minute is enough for a day.
    const minuteS = Math.floor(Math.max(untilS, endS) / 60) * 60;
    const window = { fromS: minuteS - DAY_S, untilS: minuteS };
    void renderTargets(state.source, [target], window, WIDTH / 2).then((result) => {
      if (result.ok) data.value = makePanelData(result.value, false);
    });
  });

  const { fromS, untilS } = state.window.value;
  const left = Math.max(0, (fromS - startS) / DAY_S);
  const right = Math.min(1, (untilS - startS) / DAY_S);
  const width = Math.max(BOX_MIN, right - left);
  const host = state.variables.value['host']?.[0] ?? '';

  return (
    <section class="panel dashboard-panel day-strip" aria-label="Last 24 hours">
      <header>
        <h2>Last 24 hours</h2>
        <span class="about">{`CPU busy on ${host}. Drag the box, or move it with the arrow keys.`}</span>
        <span class="about end" aria-live="polite">
          {state.pinned.value && state.pointed.value !== null
            ? `Pinned at ${timeText(state.pointed.value, 1)}. Arrow keys move the line, Esc frees it.`
            : ''}
        </span>
      </header>
      <div
        class="strip"
        ref={strip}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={() => (grabbed.current = null)}
      >
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {data.value !== null && <path class="strip-area" d={areaPath(data.value, startS)} />}
        </svg>
        <div
          class="strip-box"
          role="slider"
          tabIndex={0}
          aria-label="Shown part of the day"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(right * 100)}
          aria-valuetext={`${timeText(fromS, 60)} to ${timeText(untilS, 60)}`}
          style={{ left: `${Math.min(left, 1 - width) * 100}%`, width: `${width * 100}%` }}
          onKeyDown={onKey}
        />
      </div>
      <div class="strip-times numbers" aria-hidden="true">
        {wholeHours(startS, endS).map((timeS) => (
          <span style={{ left: `${((timeS - startS) / DAY_S) * 100}%` }}>
            {timeText(timeS, 60)}
          </span>
        ))}
      </div>
    </section>
  );

  function moveTo(nextFromS: number): void {
    const spanS = untilS - fromS;
    const limitedS = Math.min(Math.max(nextFromS, startS), endS - spanS);
    const isNow = limitedS >= endS - spanS - 1;
    state.range.value = isNow
      ? { from: `now-${Math.round(spanS)}s`, to: 'now' }
      : {
          from: String(Math.round(limitedS * 1000)),
          to: String(Math.round((limitedS + spanS) * 1000)),
        };
    state.reload();
  }

  function timeAt(event: PointerEvent): number {
    const box = strip.current?.getBoundingClientRect();
    if (!box) return endS;
    return startS + ((event.clientX - box.left) / box.width) * DAY_S;
  }

  function onDown(event: PointerEvent): void {
    const atS = timeAt(event);
    const isInside = atS >= fromS && atS <= untilS;
    grabbed.current = isInside ? atS - fromS : (untilS - fromS) / 2;
    strip.current?.setPointerCapture(event.pointerId);
    if (!isInside) moveTo(atS - grabbed.current);
  }

  function onMove(event: PointerEvent): void {
    if (grabbed.current !== null) moveTo(timeAt(event) - grabbed.current);
  }

  function onKey(event: KeyboardEvent): void {
    const stepS = (untilS - fromS) / 2;
    if (event.key === 'ArrowLeft') moveTo(fromS - stepS);
    else if (event.key === 'ArrowRight') moveTo(fromS + stepS);
    else if (event.key === 'Home') moveTo(startS);
    else if (event.key === 'End') moveTo(endS);
    else return;
    event.preventDefault();
  }
}

const MARK_EVERY_H = 4;
/** Nearer to an end its words would stand outside. */
const MARK_TO_END_S = 1800;

/** Every fourth hour by the reader's own clock. */
function wholeHours(startS: number, endS: number): readonly number[] {
  const mark = new Date(startS * 1000);
  mark.setMinutes(0, 0, 0);
  mark.setHours(Math.ceil((mark.getHours() + 1) / MARK_EVERY_H) * MARK_EVERY_H);
  const marks: number[] = [];
  while (mark.getTime() / 1000 < endS - MARK_TO_END_S) {
    if (mark.getTime() / 1000 > startS + MARK_TO_END_S) marks.push(mark.getTime() / 1000);
    mark.setHours(mark.getHours() + MARK_EVERY_H);
  }
  return marks;
}

function areaPath(data: PanelData, startS: number): string {
  const values = data.lines[0]?.values ?? new Float64Array();
  let path = '';
  let isOpen = false;
  let lastX = 0;
  for (const [index, value] of values.entries()) {
    const x = (((data.times[index] ?? 0) - startS) / DAY_S) * WIDTH;
    if (Number.isNaN(value)) {
      if (isOpen) path += `L${lastX.toFixed(1)} ${HEIGHT}Z`;
      isOpen = false;
      continue;
    }
    const y = HEIGHT - (Math.min(100, value) / 100) * (HEIGHT - 2);
    path += isOpen ? '' : `M${x.toFixed(1)} ${HEIGHT}`;
    path += `L${x.toFixed(1)} ${y.toFixed(1)}`;
    isOpen = true;
    lastX = x;
  }
  return isOpen ? `${path}L${lastX.toFixed(1)} ${HEIGHT}Z` : path;
}
