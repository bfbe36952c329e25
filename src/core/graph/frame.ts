// What every picture has: its size, its background, its title, and words for who cannot see it.

import type { GraphOptions } from './options.ts';
import { element, escapeXml, fitted } from './svg.ts';

/** The whole picture around `inner`. */
export function page(
  { width, height, background, foreground, fontSize }: GraphOptions,
  { title, description }: { readonly title: string; readonly description: string },
  inner: string,
): string {
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': 'title description',
      'font-family': 'system-ui, Helvetica, Arial, sans-serif',
      'font-size': fontSize,
      fill: foreground,
    },
    element('title', { id: 'title' }, escapeXml(title)) +
      element('desc', { id: 'description' }, escapeXml(description)) +
      element('rect', { width, height, fill: background }) +
      inner,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`;
}

export function noData({ width, height, fontSize }: GraphOptions): string {
  return element(
    'text',
    { x: width / 2, y: height / 2, 'text-anchor': 'middle', 'font-size': fontSize * 1.6 },
    'No Data',
  );
}

export function titleText({ title, width, margin, fontSize }: GraphOptions): string {
  if (title === '') return '';
  const size = fontSize * 1.3;
  return element(
    'text',
    {
      x: width / 2,
      y: margin + fontSize,
      'text-anchor': 'middle',
      'font-size': size,
      'font-weight': 600,
    },
    escapeXml(fitted(title, size, width - 2 * margin)),
  );
}
