// A time series on a canvas (uPlot), with what a canvas lacks: a line that keys move, and shared time.

import uPlot from 'uplot';
import { findGaps, type PanelData } from '../../src/core/dashboard/panel-data.ts';
import type { Threshold } from '../../src/core/dashboard/model.ts';
import {
  hatchPattern,
  readColors,
  SERIES_DASHES,
  SERIES_HATCHES,
  type ChartColors,
} from './colors.ts';

export interface ChartSpec {
  readonly data: PanelData;
  readonly fromS: number;
  readonly untilS: number;
  readonly stacked: boolean;
  /** A line has a fill below it only in a stack. */
  readonly min: number | null;
  readonly max: number | null;
  readonly thresholds: readonly Threshold[];
  readonly height: number;
  /** Bytes are counted in powers of two, and so are the steps of their axis. */
  readonly isBinary: boolean;
  /** Text of a value on the y axis. */
  readonly valueText: (value: number) => string;
  /** Index of each line's colour, so that hiding one does not recolour the others. */
  readonly colorOf: (line: number) => number;
}

export interface ChartEvents {
  /** The reader points at this time, or leaves the chart. */
  readonly point: (timeS: number | null) => void;
  readonly pin: () => void;
  readonly zoom: (fromS: number, untilS: number) => void;
}

export interface Chart {
  set(spec: ChartSpec): void;
  /** Draws the shared line; null takes it away. */
  setLine(timeS: number | null, pinned: boolean): void;
  destroy(): void;
}

const AXIS_FONT = '12px "Atkinson Hyperlegible Next", system-ui, sans-serif';
/** A drag shorter than this is a click. */
const DRAG_PX_MIN = 6;
/** From one byte to a pebibyte. */
const BINARY_STEPS = Array.from({ length: 51 }, (_, power) => 2 ** power);

export function makeChart(host: HTMLElement, first: ChartSpec, events: ChartEvents): Chart {
  let spec = first;
  let colors = readColors(host);
  let plot = build();
  let line: HTMLElement | null = null;
  let lineAt: { timeS: number | null; pinned: boolean } = { timeS: null, pinned: false };

  const resized = new ResizeObserver(() => {
    if (host.clientWidth > 0) plot.setSize({ width: host.clientWidth, height: spec.height });
    drawLine();
  });
  resized.observe(host);
  const themed = (): void => rebuild();
  addEventListener('stacklab:theme', themed);
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', themed);

  function build(): uPlot {
    return new uPlot(options(host, spec, colors, events), columns(spec.data), host);
  }

  function rebuild(): void {
    plot.destroy();
    colors = readColors(host);
    plot = build();
    line = null;
    drawLine();
  }

  function drawLine(): void {
    if (line === null) {
      line = document.createElement('div');
      line.className = 'chart-line';
      plot.over.append(line);
    }
    const { timeS, pinned } = lineAt;
    line.hidden = timeS === null || timeS < spec.fromS || timeS > spec.untilS;
    if (timeS !== null) line.style.left = `${plot.valToPos(timeS, 'x')}px`;
    line.dataset['pinned'] = String(pinned);
  }

  return {
    set(next) {
      const sameLines =
        next.data.lines.map((each) => each.name).join('\n') ===
        spec.data.lines.map((each) => each.name).join('\n');
      const same = sameLines && next.stacked === spec.stacked && next.height === spec.height;
      spec = next;
      if (!same) return rebuild();
      plot.setData(columns(spec.data), false);
      plot.batch(() => {
        plot.setScale('x', { min: spec.fromS, max: spec.untilS });
      });
      drawLine();
    },
    setLine(timeS, pinned) {
      lineAt = { timeS, pinned };
      drawLine();
    },
    destroy() {
      resized.disconnect();
      removeEventListener('stacklab:theme', themed);
      scheme.removeEventListener('change', themed);
      plot.destroy();
    },
  };

  function options(
    element: HTMLElement,
    start: ChartSpec,
    ink: ChartColors,
    told: ChartEvents,
  ): uPlot.Options {
    const pen = document.createElement('canvas').getContext('2d');
    const color = (index: number): string => ink.series[start.colorOf(index)] ?? ink.ink2;
    const fill = (index: number): CanvasPattern | string =>
      pen === null
        ? color(index)
        : hatchPattern(pen, color(index), SERIES_HATCHES[start.colorOf(index)] ?? 'plain');
    return {
      width: Math.max(200, element.clientWidth),
      height: start.height,
      padding: [12, 8, 0, 0],
      legend: { show: false },
      cursor: {
        x: false,
        y: false,
        points: { show: false },
        drag: { x: true, y: false, setScale: false },
      },
      scales: {
        x: { time: true, range: () => [spec.fromS, spec.untilS] },
        y: { range: (_, low, high) => yRange(spec, low, high) },
      },
      axes: [
        {
          stroke: ink.ink2,
          font: AXIS_FONT,
          grid: { show: false },
          ticks: { show: false },
          space: 70,
          size: 28,
          values: (_, ticks, __, ___, stepS) => ticks.map((tick) => timeText(tick, stepS)),
        },
        {
          stroke: ink.ink2,
          font: AXIS_FONT,
          grid: { stroke: ink.line, width: 1 },
          ticks: { show: false },
          size: 66,
          space: 36,
          ...(start.isBinary && { incrs: BINARY_STEPS }),
          values: (_, ticks) => ticks.map((tick) => spec.valueText(tick)),
        },
      ],
      series: [
        {},
        ...start.data.lines.map((_, index): uPlot.Series => ({
          stroke: color(index),
          width: start.stacked ? 1.25 : 1.75,
          dash: start.stacked ? [] : [...(SERIES_DASHES[start.colorOf(index)] ?? [])],
          points: { show: pointsOf },
          ...(start.stacked && index === 0 ? { fill: fill(index) } : {}),
          spanGaps: false,
        })),
      ],
      bands: start.stacked
        ? start.data.lines.slice(1).map((_, index) => ({
            series: [index + 2, index + 1] as [number, number],
            fill: fill(index + 1) as unknown as string,
          }))
        : [],
      hooks: {
        drawClear: [(u) => drawGaps(u, spec, ink)],
        draw: [(u) => drawThresholds(u, spec, ink)],
        setCursor: [
          (u) => {
            const { left, idx } = u.cursor;
            const isOver = left !== undefined && left >= 0 && idx !== null && idx !== undefined;
            told.point(isOver ? (spec.data.times[idx] ?? null) : null);
          },
        ],
        setSelect: [
          (u) => {
            const { left, width } = u.select;
            if (width < DRAG_PX_MIN) return;
            told.zoom(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'));
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
        ready: [
          (u) =>
            u.over.addEventListener('click', () => {
              if (u.select.width < DRAG_PX_MIN) told.pin();
            }),
        ],
      },
    };
  }
}

/** One or two points make no line to be seen by: they are drawn as dots. */
function pointsOf(u: uPlot, series: number): boolean {
  const known = Array.from(u.data[series] ?? []).filter((value) => value !== null).length;
  return known > 0 && known < 3;
}

function columns(data: PanelData): uPlot.AlignedData {
  const toNull = (values: Float64Array): (number | null)[] =>
    Array.from(values, (value) => (Number.isNaN(value) ? null : value));
  return [Array.from(data.times), ...data.lines.map((each) => toNull(each.drawn))];
}

function yRange(spec: ChartSpec, low: number | null, high: number | null): [number, number] {
  const top = Math.max(high ?? 1, ...spec.thresholds.map((each) => each.value));
  const bottom = spec.stacked ? 0 : Math.min(low ?? 0, spec.min ?? Infinity);
  const head = spec.max ?? (top > 0 ? top * 1.08 : 1);
  const base = spec.min ?? (bottom > 0 && bottom < head * 0.7 ? 0 : bottom);
  return [base, Math.max(head, base + 1e-9, spec.max === null ? top : 0)];
}

function drawGaps(u: uPlot, spec: ChartSpec, colors: ChartColors): void {
  const { ctx, bbox } = u;
  for (const [first, last] of findGaps(spec.data)) {
    const left = u.valToPos(spec.data.times[first - 1] ?? spec.fromS, 'x', true);
    const right = u.valToPos(spec.data.times[last + 1] ?? spec.untilS, 'x', true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, right - left, bbox.height);
    ctx.clip();
    ctx.strokeStyle = colors.line2;
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    for (let x = left - bbox.height; x < right; x += 7 * devicePixelRatio) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
}

function drawThresholds(u: uPlot, spec: ChartSpec, colors: ChartColors): void {
  const { ctx, bbox } = u;
  for (const { value } of spec.thresholds) {
    const y = u.valToPos(value, 'y', true);
    ctx.save();
    ctx.strokeStyle = colors.err;
    ctx.fillStyle = colors.err;
    ctx.setLineDash([7 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.font = `${12 * devicePixelRatio}px "Atkinson Hyperlegible Next", sans-serif`;
    ctx.fillText(`limit ${spec.valueText(value)}`, bbox.left + 4, y - 5 * devicePixelRatio);
    ctx.restore();
  }
}

export function timeText(timeS: number, stepS: number): string {
  const date = new Date(timeS * 1000);
  if (stepS >= 86_400) return date.toLocaleDateString([], { day: 'numeric', month: 'short' });
  const parts: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false };
  if (stepS < 60) parts.second = '2-digit';
  return date.toLocaleTimeString([], parts);
}
