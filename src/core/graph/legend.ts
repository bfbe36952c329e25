// The legend below a graph: names beside their colours, in as many columns as fit.

import type { GraphOptions } from './options.ts';
import { element, escapeXml, fitted, textWidth } from './svg.ts';

export interface LegendItem {
  readonly name: string;
  readonly color: string;
  /** Length of a dash; null for a whole line. */
  readonly dashed: number | null;
}

/** Its text begins at the left and at the top of its own group; the longest names are shortened. */
export function layoutLegend(
  items: readonly LegendItem[],
  { width, height, margin, fontSize }: GraphOptions,
): { readonly svg: string; readonly height: number } {
  if (items.length === 0) return { svg: '', height: 0 };
  const room = width - 2 * margin;
  const swatch = fontSize * 1.8;
  const widest =
    Math.max(...items.map(({ name }) => textWidth(name, fontSize))) + swatch + fontSize;
  const columns = Math.max(1, Math.min(items.length, Math.floor(room / widest)));
  const columnWidth = room / columns;
  const line = fontSize * 1.5;
  // The picture itself keeps the greater part.
  const rowsMax = Math.max(1, Math.floor((height * 0.45) / line));
  const rows = Math.min(rowsMax, Math.ceil(items.length / columns));
  const fitting = rows * columns;
  const left = items.length > fitting ? items.length - fitting + 1 : 0;
  const shown = left > 0 ? items.slice(0, fitting - 1) : items;
  const place = (i: number): readonly [x: number, y: number] => [
    margin + (i % columns) * columnWidth,
    Math.floor(i / columns) * line + line,
  ];
  const svg = shown.map(({ name, color, dashed }, i) => {
    const [x, y] = place(i);
    return (
      element('line', {
        x1: x,
        x2: x + swatch - fontSize * 0.5,
        y1: y - fontSize * 0.35,
        y2: y - fontSize * 0.35,
        stroke: color,
        'stroke-width': fontSize * 0.35,
        'stroke-dasharray': dashed,
      }) +
      element(
        'text',
        { x: x + swatch, y },
        escapeXml(fitted(name, fontSize, columnWidth - swatch - fontSize * 0.5)),
      )
    );
  });
  if (left > 0) {
    const [x, y] = place(shown.length);
    svg.push(element('text', { x, y }, `and ${left} more`));
  }
  return { svg: svg.join(''), height: rows * line + fontSize * 0.5 };
}
