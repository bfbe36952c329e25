// Shares of a whole as a pie, in SVG.

import { layoutLegend } from './legend.ts';
import { noData, picture, titleText } from './frame.ts';
import type { GraphOptions } from './options.ts';
import { valueLabel } from './scale.ts';
import { element, escapeXml, short } from './svg.ts';

export interface Slice {
  readonly name: string;
  readonly value: number;
  /** Null: by its place. */
  readonly color: string | null;
}

export function pieGraph(all: readonly Slice[], options: GraphOptions): string {
  // Nothing and less than nothing have no share.
  const slices = all.filter(({ value }) => value > 0 && Number.isFinite(value));
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const { title, unitSystem } = options;
  const label = (value: number): string => valueLabel(value, unitSystem);
  const percent = (value: number): string => `${((value / total) * 100).toFixed(1)} %`;
  const words = {
    title: title === '' ? 'Shares' : title,
    description: slices
      .map(({ name, value }) => `${name}: ${label(value)}, ${percent(value)}`)
      .join('; '),
  };
  if (slices.length === 0) return picture(options, words, noData(options));

  const colors = slices.map(
    ({ color }, i) => color ?? options.colors[i % options.colors.length] ?? options.foreground,
  );
  const items = slices.map(({ name, value }, i) => ({
    name: `${name}  ${percent(value)}`,
    color: colors[i] ?? '',
    dashed: null,
  }));
  const legend = options.hideLegend ? { svg: '', height: 0 } : layoutLegend(items, options);
  const top = options.margin + (title === '' ? 0 : options.fontSize * 2);
  const bottom = options.height - options.margin - legend.height;
  const radius = Math.max(5, Math.min(bottom - top, options.width - 2 * options.margin) / 2);
  const [x, y] = [options.width / 2, (top + bottom) / 2];

  let turned = 0;
  const drawn = slices.map(({ value }, i) => {
    const share = value / total;
    const from = turned;
    turned += share;
    const path = element('path', {
      d: wedge(x, y, radius, from, turned),
      fill: colors[i] ?? '',
      stroke: options.background,
      'stroke-width': 1,
    });
    const middle = (from + turned) / 2;
    return path + sliceLabel(share, label(value), x, y, radius * 0.65, middle, options);
  });
  const legendGroup = element(
    'g',
    { transform: `translate(0 ${short(options.height - options.margin - legend.height)})` },
    legend.svg,
  );
  return picture(options, words, titleText(options) + drawn.join('') + legendGroup);
}

/** From `from` to `to` of a turn, clockwise from the top. */
function wedge(x: number, y: number, radius: number, from: number, to: number): string {
  // An arc that ends where it begins is none: a whole pie is two halves.
  if (to - from > 0.9999)
    return `${wedge(x, y, radius, 0, 0.5)}${wedge(x, y, radius, 0.5, 1 - 1e-6)}`;
  const [startX, startY] = onCircle(x, y, radius, from);
  const [endX, endY] = onCircle(x, y, radius, to);
  const isLarge = to - from > 0.5 ? 1 : 0;
  return `M${short(x)} ${short(y)}L${short(startX)} ${short(startY)}A${short(radius)} ${short(radius)} 0 ${isLarge} 1 ${short(endX)} ${short(endY)}Z`;
}

function onCircle(x: number, y: number, radius: number, turn: number): readonly [number, number] {
  const angle = turn * 2 * Math.PI;
  return [x + radius * Math.sin(angle), y - radius * Math.cos(angle)];
}

function sliceLabel(
  share: number,
  value: string,
  x: number,
  y: number,
  radius: number,
  middle: number,
  { pie, fontSize }: GraphOptions,
): string {
  if (pie.valueLabels === 'none' || share * 100 < pie.valueLabelsMin) return '';
  const [atX, atY] = onCircle(x, y, radius, middle);
  const text = pie.valueLabels === 'number' ? value : `${Math.round(share * 100)} %`;
  return element(
    'text',
    { x: atX, y: atY + fontSize * 0.35, 'text-anchor': 'middle', fill: pie.valueLabelsColor },
    escapeXml(text),
  );
}
