// One curve of a graph as SVG: its line, the area below it, or upright lines.

import type { Drawing } from '../graphite/series.ts';
import type { AxisOptions, GraphOptions } from './options.ts';
import { element, short } from './svg.ts';

export interface Curve {
  readonly name: string;
  readonly start: number;
  readonly step: number;
  readonly values: Float64Array;
  readonly isEmpty: boolean;
  readonly color: string;
  readonly isFilled: boolean;
  /** What the area stands on; null is 0. */
  readonly floor: Float64Array | null;
  readonly drawing: Drawing;
}

export interface Canvas {
  xOf(timeS: number): number;
  /** Null where the scale has no place for the value. */
  yOf(value: number): number | null;
  readonly top: number;
  readonly bottom: number;
  readonly options: GraphOptions;
  readonly axis: AxisOptions;
}

/** Values on top of those below; a gap adds nothing to what comes on top of it. */
export function stackedOn(below: Curve | null, values: Float64Array): Float64Array {
  if (below === null) return values;
  return values.map((value, i) => {
    const height = below.values[i] ?? 0;
    return Number.isNaN(value) ? NaN : value + (Number.isNaN(height) ? 0 : height);
  });
}

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly index: number;
}

export function linePaths(curve: Curve, canvas: Canvas): string {
  const { drawing, color } = curve;
  if (drawing.drawAsInfinite) return uprightLines(curve, canvas);
  const runs = runsOf(curve, canvas);
  const { options, axis } = canvas;
  const area =
    curve.isFilled && drawing.invisible !== true
      ? element('path', {
          d: runs.map((run) => areaPath(run, curve, canvas)).join(''),
          fill: color,
          'fill-opacity': drawing.alpha ?? options.areaAlpha,
        })
      : '';
  if (drawing.invisible) return '';
  const dash = drawing.dashed ?? (axis.dashed ? 5 : null);
  const line = element('path', {
    d: runs.map((run) => steps(run, canvas)).join(''),
    fill: 'none',
    stroke: axis.color ?? color,
    'stroke-width': drawing.lineWidth ?? axis.width ?? options.lineWidth,
    'stroke-linejoin': 'round',
    // A single point between two gaps is a dot.
    'stroke-linecap': 'round',
    'stroke-opacity': curve.isFilled ? null : (drawing.alpha ?? null),
    'stroke-dasharray': dash,
  });
  return area + line;
}

/** Points without a gap between them. */
function runsOf(curve: Curve, { xOf, yOf, options }: Canvas): readonly (readonly Spot[])[] {
  const runs: Spot[][] = [];
  let run: Spot[] = [];
  for (const [index, value] of curve.values.entries()) {
    const y = Number.isFinite(value) ? yOf(value) : null;
    if (y === null) continue;
    const last = run.at(-1);
    const gap = last ? index - last.index - 1 : 0;
    const isCrossed = options.lineMode === 'connected' && gap <= options.connectedLimit;
    if (last && gap > 0 && !isCrossed) {
      runs.push(run);
      run = [];
    }
    run.push({ x: xOf(curve.start + index * curve.step), y, index });
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function steps(run: readonly Spot[], canvas: Canvas): string {
  const isStaircase = canvas.options.lineMode === 'staircase';
  let path = '';
  for (const [i, { x, y }] of run.entries()) {
    if (i === 0) path += `M${short(x)} ${short(y)}`;
    else if (isStaircase) path += `H${short(x)}V${short(y)}`;
    else path += `L${short(x)} ${short(y)}`;
  }
  return run.length === 1 ? `${path}h0` : path;
}

function areaPath(run: readonly Spot[], { floor }: Curve, canvas: Canvas): string {
  const zero = canvas.yOf(0) ?? canvas.bottom;
  const down = run.toReversed().map(({ x, index }) => {
    const base = floor?.[index] ?? NaN;
    const y = Number.isNaN(base) ? zero : (canvas.yOf(base) ?? zero);
    return `L${short(x)} ${short(y)}`;
  });
  return `${steps(run, canvas)}${down.join('')}Z`;
}

function uprightLines({ values, start, step, color, drawing }: Curve, canvas: Canvas): string {
  let path = '';
  for (const [i, value] of values.entries())
    if (value !== 0 && !Number.isNaN(value))
      path += `M${short(canvas.xOf(start + i * step))} ${short(canvas.top)}V${short(canvas.bottom)}`;
  return element('path', {
    d: path,
    stroke: color,
    'stroke-width': drawing.lineWidth ?? canvas.options.lineWidth,
    'stroke-opacity': drawing.alpha ?? null,
    'stroke-dasharray': drawing.dashed ?? null,
  });
}
