// What every picture has: its size, its background, its title, and words for who cannot see it.

import type { GraphOptions } from './options.ts';
import { element, escapeXml, fitted } from './svg.ts';

export interface PictureWords {
  readonly title: string;
  readonly description: string;
}

/** The whole picture around `inner`, as one element. */
export function picture(
  { id, width, height, background, foreground, fontSize }: GraphOptions,
  { title, description }: PictureWords,
  inner: string,
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-labelledby': `${id}title ${id}description`,
      'font-family': 'system-ui, Helvetica, Arial, sans-serif',
      'font-size': fontSize,
      fill: foreground,
    },
    element('title', { id: `${id}title` }, escapeXml(title)) +
      element('desc', { id: `${id}description` }, escapeXml(description)) +
      element('rect', { width, height, fill: background }) +
      inner,
  );
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
