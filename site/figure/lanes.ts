// Lines between boxes. A line leaves a box level, goes up or down in a lane of its own between two columns,
// and arrives level, so that two lines never lie on each other:
//
//   dot ---+   | lane 2
//   dot -+ +---+-> function
//        +-------> function        where lines must cross, the upright one jumps in a small arc

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line before its lanes are chosen: heights at each stop, and the alley between each two of them. */
export interface Route {
  readonly fromX: number;
  readonly toX: number;
  readonly heights: readonly number[];
  readonly alleys: readonly string[];
}

/** Room between two columns in which lines may go up and down. */
export interface Alley {
  readonly left: number;
  readonly right: number;
  /** In an outer alley lines leave and arrive at the same side, and the longest takes the outermost lane. */
  readonly outer: 'left' | 'right' | null;
}

const LANE_GAP = 8;
const CORNER = 6;
const JUMP = 5;

/** The corners of every route, level and upright in turn. */
export function assignLanes(
  routes: readonly Route[],
  alleys: Readonly<Record<string, Alley>>,
): Point[][] {
  const lanes = routes.map((): number[] => []);
  for (const [name, alley] of Object.entries(alleys)) {
    const users = routes.flatMap((route, index) =>
      route.alleys.flatMap((each, hop) => {
        const from = route.heights[hop] ?? 0;
        const to = route.heights[hop + 1] ?? from;
        return each === name && from !== to ? [{ index, hop, from, to, route }] : [];
      }),
    );
    const sorted = users
      .map((user) => ({ ...user, ...ends(user) }))
      .sort((one, two) => inLaneOrder(one, two, alley));
    const gap = Math.min(LANE_GAP, (alley.right - alley.left) / Math.max(1, sorted.length));
    const first = (alley.left + alley.right - gap * (sorted.length - 1)) / 2;
    sorted.forEach((user, place) => {
      const of = lanes[user.index];
      if (of !== undefined) of[user.hop] = first + place * gap;
    });
  }
  return routes.map((route, index) => corners(route, lanes[index] ?? []));
}

interface Ends {
  readonly leftY: number;
  readonly rightY: number;
}

function ends(user: { from: number; to: number; route: Route }): Ends {
  const goesRight = user.route.toX >= user.route.fromX;
  return goesRight ? { leftY: user.from, rightY: user.to } : { leftY: user.to, rightY: user.from };
}

/** From left to right, so that lines which go the same way do not cross. */
function inLaneOrder(one: Ends, two: Ends, alley: Alley): number {
  const span = (each: Ends): number => Math.abs(each.leftY - each.rightY);
  if (alley.outer === 'left') return span(two) - span(one);
  if (alley.outer === 'right') return span(one) - span(two);
  const down = (each: Ends): boolean => each.rightY > each.leftY;
  if (down(one) !== down(two)) return down(one) ? -1 : 1;
  return down(one) ? two.leftY - one.leftY : one.leftY - two.leftY;
}

function corners(route: Route, lanes: readonly number[]): Point[] {
  const first = route.heights[0] ?? 0;
  const points: Point[] = [{ x: route.fromX, y: first }];
  let y = first;
  route.alleys.forEach((_, hop) => {
    const x = lanes[hop];
    const next = route.heights[hop + 1] ?? y;
    if (x !== undefined) points.push({ x, y }, { x, y: next });
    y = next;
  });
  points.push({ x: route.toX, y });
  return points;
}

/** SVG path data for each line, with round corners, and with arcs where an upright part crosses a level one. */
export function drawLines(lines: readonly (readonly Point[])[]): string[] {
  return lines.map((points, index) => {
    const others = lines.filter((_, other) => other !== index);
    return drawLine(points, others);
  });
}

function drawLine(points: readonly Point[], others: readonly (readonly Point[])[]): string {
  const first = points[0];
  if (first === undefined) return '';
  let path = `M${at(first)}`;
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const corner = points[index];
    const next = points[index + 1];
    if (from === undefined || corner === undefined) break;
    const ends = next === undefined ? corner : towards(corner, from, radius(from, corner, next));
    if (from.x === corner.x) path += jumps(from, ends, others);
    path += `L${at(ends)}`;
    if (next !== undefined) {
      path += `Q${at(corner)} ${at(towards(corner, next, radius(from, corner, next)))}`;
    }
  }
  return path;
}

function jumps(from: Point, to: Point, others: readonly (readonly Point[])[]): string {
  const sign = to.y > from.y ? 1 : -1;
  const [top, bottom] = sign === 1 ? [from.y, to.y] : [to.y, from.y];
  const ys = others
    .flatMap((points) => crossings(from.x, points))
    .filter((y) => y > top + JUMP * 2 && y < bottom - JUMP)
    .sort((one, two) => sign * (one - two));
  let last = Number.NEGATIVE_INFINITY;
  let path = '';
  for (const y of ys) {
    // Two crossings in one arc's length share the arc.
    if (Math.abs(y - last) < JUMP * 2) continue;
    path += `L${at({ x: from.x, y: y - sign * JUMP })}a${JUMP} ${JUMP} 0 0 ${sign === 1 ? 1 : 0} 0 ${sign * JUMP * 2}`;
    last = y;
  }
  return path;
}

/** Heights at which level parts of the line pass the upright at `x`. */
function crossings(x: number, points: readonly Point[]): number[] {
  return points.flatMap((to, index) => {
    const from = points[index - 1];
    if (from === undefined || from.y !== to.y) return [];
    return x > Math.min(from.x, to.x) + 2 && x < Math.max(from.x, to.x) - 2 ? [to.y] : [];
  });
}

function radius(from: Point, corner: Point, next: Point): number {
  return Math.min(CORNER, distance(from, corner) / 2, distance(corner, next) / 2);
}

function distance(one: Point, two: Point): number {
  return Math.abs(one.x - two.x) + Math.abs(one.y - two.y);
}

function towards(from: Point, to: Point, length: number): Point {
  return {
    x: from.x + Math.sign(to.x - from.x) * length,
    y: from.y + Math.sign(to.y - from.y) * length,
  };
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
