// The colours a canvas needs, read from the page's own custom properties.

export const SERIES_DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 3],
  [10, 3, 2, 3],
  [14, 4],
  [4, 2],
  [8, 3, 2, 3, 2, 3],
  [1, 4],
];

/** Fills of a stack, so that layers differ without colour: plain, or lines at an angle. */
export const SERIES_HATCHES = [
  'plain',
  'down',
  'plain',
  'upright',
  'up',
  'level',
  'down',
  'plain',
] as const;
export type Hatch = (typeof SERIES_HATCHES)[number];

export interface ChartColors {
  readonly series: readonly string[];
  readonly line: string;
  readonly line2: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly surface: string;
  readonly err: string;
}

export function readColors(element: HTMLElement): ChartColors {
  // A custom property may hold light-dark(): only a used value is a plain colour.
  const probe = document.createElement('span');
  element.append(probe);
  const color = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    series: SERIES_DASHES.map((_, index) => color(`series-${index + 1}`)),
    line: color('line'),
    line2: color('line2'),
    ink2: color('ink2'),
    ink3: color('ink3'),
    surface: color('surface'),
    err: color('err'),
  };
  probe.remove();
  return colors;
}

const TILE = 8;

/** A tile in `color` at 42 %, with lines in the full colour when it is hatched. */
export function hatchPattern(
  context: CanvasRenderingContext2D,
  color: string,
  hatch: Hatch,
): CanvasPattern | string {
  const tile = document.createElement('canvas');
  const ratio = devicePixelRatio;
  tile.width = tile.height = Math.round(TILE * ratio);
  const pen = tile.getContext('2d');
  if (pen === null) return color;
  pen.scale(tile.width / TILE, tile.height / TILE);
  pen.globalAlpha = 0.42;
  pen.fillStyle = color;
  pen.fillRect(0, 0, TILE, TILE);
  pen.globalAlpha = 0.5;
  pen.strokeStyle = color;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const [x1, y1, x2, y2] of HATCH_LINES[hatch]) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat') ?? color;
}

type Line = readonly [number, number, number, number];

// Lines reach over the edges of the tile, so that its copies join without a notch.
const HATCH_LINES: Readonly<Record<Hatch, readonly Line[]>> = {
  plain: [],
  down: [
    [-1, -1, 9, 9],
    [-1, 7, 1, 9],
    [7, -1, 9, 1],
  ],
  up: [
    [-1, 9, 9, -1],
    [-1, 1, 1, -1],
    [7, 9, 9, 7],
  ],
  upright: [[4, 0, 4, 8]],
  level: [[0, 4, 8, 4]],
};
