// Series as a picture: lines, areas and stacks over time, in SVG.
//
//   title
//   |      plot      |
//   left axis        right axis
//        time axis
//   legend

import { consolidated } from '../graphite/consolidate.ts';
import type { Series } from '../graphite/series.ts';
import { wallText } from '../time/calendar.ts';
import type { OffsetAt } from '../time/zone.ts';
import { svgColor } from './colors.ts';
import { layoutLegend, type LegendItem } from './legend.ts';
import { noData, picture, titleText } from './frame.ts';
import { linePaths, stackedOn, type Curve } from './curves.ts';
import type { AxisOptions, GraphOptions } from './options.ts';
import { makeValueScale, timeTicks, valueLabel, type ValueScale } from './scale.ts';
import { element, escapeXml, fitted, textWidth } from './svg.ts';

export interface GraphTime {
  readonly fromS: number;
  readonly untilS: number;
  readonly offsetAt: OffsetAt;
}

/** Series beyond so many hide the legend, unless it is asked for. */
const LEGEND_ITEMS_MAX = 10;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function lineGraph(all: readonly Series[], time: GraphTime, options: GraphOptions): string {
  const curves = curvesOf(all, options);
  const text = describe(all, time, options);
  const inner = all.length === 0 ? noData(options) : graph(curves, time, options);
  return picture(options, text, inner);
}

/** One series as it is drawn: as many points as there are pixels, colour and place decided. */
function curvesOf(all: readonly Series[], options: GraphOptions): readonly Curve[] {
  const curves: Curve[] = [];
  let below: Curve | null = null;
  for (const [i, series] of all.entries()) {
    const perPoint = Math.max(1, Math.ceil(series.values.length / options.width));
    let values = perPoint > 1 ? consolidated(series, perPoint) : series.values;
    if (options.drawNullAsZero) values = values.map((value) => (Number.isNaN(value) ? 0 : value));
    const { drawing = {} } = series;
    const asked = drawing.color === undefined ? null : svgColor(drawing.color);
    const isFilled =
      drawing.stacked === true ||
      options.areaMode === 'all' ||
      options.areaMode === 'stacked' ||
      (options.areaMode === 'first' && i === 0);
    const isStacked = options.areaMode === 'stacked' && drawing.drawAsInfinite !== true;
    const curve: Curve = {
      name: series.name,
      start: series.start,
      step: series.step * perPoint,
      values: isStacked ? stackedOn(below, values) : values,
      isEmpty: values.every(Number.isNaN),
      color: asked ?? options.colors[i % options.colors.length] ?? options.foreground,
      isFilled,
      floor: isStacked || drawing.stacked === true ? (below?.values ?? null) : null,
      drawing,
    };
    if (isStacked || drawing.stacked === true) below = curve;
    curves.push(curve);
  }
  return curves;
}

function graph(curves: readonly Curve[], time: GraphTime, options: GraphOptions): string {
  const { fontSize, width, height, margin } = options;
  const line = fontSize * 1.5;
  const legend = legendOf(curves, options);
  const left = curves.filter(({ drawing }) => drawing.secondYAxis !== true);
  const right = curves.filter(({ drawing }) => drawing.secondYAxis === true);
  const top = margin + (options.title === '' ? fontSize / 2 : fontSize * 2);
  const bottom = height - margin - legend.height - (options.hideXAxis ? 0 : line);
  const count = Math.max(2, Math.floor((bottom - top) / (fontSize * 3)));
  const leftScale = scaleOf(left, count, options.left, options);
  const rightScale = right.length === 0 ? null : scaleOf(right, count, options.right, options);
  const box: Box = options.graphOnly
    ? { left: 0, right: width, top: 0, bottom: height }
    : {
        left: margin + axisWidth(leftScale, options.left, options),
        right: width - margin - (rightScale ? axisWidth(rightScale, options.right, options) : 0),
        top,
        bottom: Math.max(top + 10, bottom),
      };
  const xOf = (timeS: number): number =>
    box.left + ((timeS - time.fromS) / (time.untilS - time.fromS)) * (box.right - box.left);
  const drawn = curves
    .map((curve) => {
      const isRight = rightScale !== null && curve.drawing.secondYAxis === true;
      return linePaths(curve, {
        xOf,
        yOf: yIn(box, isRight ? rightScale : leftScale),
        top: box.top,
        bottom: box.bottom,
        options,
        axis: isRight ? options.right : options.left,
      });
    })
    .join('');
  const clip = element(
    'clipPath',
    { id: `${options.id}plot` },
    element('rect', {
      x: box.left,
      y: box.top - 1,
      width: Math.max(0, box.right - box.left),
      height: Math.max(0, box.bottom - box.top + 2),
    }),
  );
  const plot = clip + element('g', { 'clip-path': `url(#${options.id}plot)` }, drawn);
  if (options.graphOnly) return plot;
  return (
    titleText(options) +
    valueAxis(leftScale, box, options, 'left') +
    (rightScale ? valueAxis(rightScale, box, options, 'right') : '') +
    timeAxis(box, time, xOf, options) +
    plot +
    element('g', { transform: `translate(0 ${height - margin - legend.height})` }, legend.svg)
  );
}

function scaleOf(
  curves: readonly Curve[],
  count: number,
  axis: AxisOptions,
  { unitSystem, logBase }: GraphOptions,
): ValueScale {
  let low = Infinity;
  let high = -Infinity;
  for (const { values, isFilled, drawing } of curves) {
    if (drawing.drawAsInfinite) continue;
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    // An area that does not stand on 0 would tell of another size.
    if (isFilled && logBase === 0) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  }
  if (low > high) [low, high] = [0, 1];
  return makeValueScale(low, high, count, axis, unitSystem, logBase);
}

function yIn(box: Box, scale: ValueScale): (value: number) => number | null {
  return (value) => {
    const place = scale.place(value);
    return place === null ? null : box.bottom - place * (box.bottom - box.top);
  };
}

function axisWidth(
  { ticks }: ValueScale,
  { title }: AxisOptions,
  { fontSize, hideYAxis }: GraphOptions,
): number {
  if (hideYAxis) return 0;
  const widest = Math.max(0, ...ticks.map(({ label }) => textWidth(label, fontSize)));
  return widest + fontSize * 0.8 + (title === '' ? 0 : fontSize * 1.6);
}

function valueAxis(
  scale: ValueScale,
  box: Box,
  options: GraphOptions,
  side: 'left' | 'right',
): string {
  const { fontSize, hideGrid, hideYAxis, majorLine, margin, width } = options;
  const { title } = options[side];
  const yOf = yIn(box, scale);
  const isLeft = side === 'left';
  const x = isLeft ? box.left - fontSize * 0.5 : box.right + fontSize * 0.5;
  const lines = scale.ticks.map(({ at, label }) => {
    const y = yOf(at) ?? box.bottom;
    const grid =
      hideGrid || !isLeft
        ? ''
        : element('line', { x1: box.left, x2: box.right, y1: y, y2: y, stroke: majorLine });
    const text = hideYAxis
      ? ''
      : element(
          'text',
          { x, y: y + fontSize * 0.35, 'text-anchor': isLeft ? 'end' : 'start' },
          escapeXml(label),
        );
    return grid + text;
  });
  if (title !== '' && !hideYAxis) {
    const titleX = isLeft ? margin + fontSize * 0.6 : width - margin - fontSize * 0.2;
    const middle = (box.top + box.bottom) / 2;
    lines.push(
      element(
        'text',
        {
          x: titleX,
          y: middle,
          'text-anchor': 'middle',
          transform: `rotate(-90 ${titleX} ${middle})`,
        },
        escapeXml(fitted(title, fontSize, box.bottom - box.top)),
      ),
    );
  }
  return lines.join('');
}

function timeAxis(
  box: Box,
  { fromS, untilS, offsetAt }: GraphTime,
  xOf: (timeS: number) => number,
  { fontSize, hideGrid, hideXAxis, minorLine, foreground, xFormat }: GraphOptions,
): string {
  const count = Math.floor((box.right - box.left) / (fontSize * 6));
  const ticks = timeTicks(fromS, untilS, count, offsetAt, xFormat).map(({ at, label }) => {
    const x = xOf(at);
    const grid = hideGrid
      ? ''
      : element('line', { x1: x, x2: x, y1: box.top, y2: box.bottom, stroke: minorLine });
    const half = textWidth(label, fontSize) / 2;
    const isInside = x - half >= 0 && x + half <= box.right + fontSize;
    const text =
      hideXAxis || !isInside
        ? ''
        : element(
            'text',
            { x, y: box.bottom + fontSize * 1.4, 'text-anchor': 'middle' },
            escapeXml(label),
          );
    return grid + text;
  });
  const floor = hideXAxis
    ? ''
    : element('line', {
        x1: box.left,
        x2: box.right,
        y1: box.bottom,
        y2: box.bottom,
        stroke: foreground,
        'stroke-opacity': 0.5,
      });
  return ticks.join('') + floor;
}

function legendOf(
  curves: readonly Curve[],
  options: GraphOptions,
): { readonly svg: string; readonly height: number } {
  const isHidden = options.hideLegend ?? curves.length > LEGEND_ITEMS_MAX;
  if (isHidden || options.graphOnly) return { svg: '', height: 0 };
  const shown = curves.filter(
    (curve, i) =>
      curve.drawing.invisible !== true &&
      !(options.hideNullFromLegend && curve.isEmpty) &&
      !(options.uniqueLegend && curves.findIndex(({ name }) => name === curve.name) < i),
  );
  const items = shown.map(({ name, color, drawing }): LegendItem => ({
    name,
    color,
    dashed: drawing.dashed ?? null,
  }));
  return layoutLegend(items, options);
}

/** Series of which the words give numbers. */
const DESCRIBED_MAX = 10;

function describe(
  all: readonly Series[],
  { fromS, untilS, offsetAt }: GraphTime,
  { title, unitSystem }: GraphOptions,
): { readonly title: string; readonly description: string } {
  const wall = (timeS: number): string => wallText(timeS + offsetAt(timeS));
  const facts = all.slice(0, DESCRIBED_MAX).map(({ name, values }) => {
    const known = values.filter((value) => !Number.isNaN(value));
    if (known.length === 0) return `${name}: no values`;
    const label = (value: number): string => valueLabel(value, unitSystem);
    const [low, high] = known.reduce(
      ([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const,
      [Infinity, -Infinity] as const,
    );
    return `${name}: from ${label(low)} to ${label(high)}, last ${label(known.at(-1) ?? NaN)}`;
  });
  const more = all.length > DESCRIBED_MAX ? [`and ${all.length - DESCRIBED_MAX} more`] : [];
  const names = all.slice(0, 3).map(({ name }) => name);
  return {
    title: title === '' ? names.join(', ') || 'No data' : title,
    description:
      `${all.length} series from ${wall(fromS)} to ${wall(untilS)}. ${[...facts, ...more].join('; ')}`.trim(),
  };
}
