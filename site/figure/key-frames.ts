// Which positions of a picture are printed: a few, since nobody can step on paper.

import type { Trace } from '../../src/python/trace.ts';

const FRAMES_MAX = 4;

interface Positions {
  /** The step of the trace that each position belongs to. */
  readonly stops: readonly number[];
  /** Positions at which something is complete, where the picture knows some. */
  readonly landmarks?: readonly number[];
}

/** The step that the author chose; else the landmarks; else the first call, the deepest one, and the end. */
export function keyFrames(
  { stops, landmarks }: Positions,
  trace: Trace,
  chosen: number | null,
): readonly number[] {
  const last = stops.length - 1;
  const positionOf = (step: number): number => {
    const after = stops.findIndex((stop) => stop >= step);
    return after < 0 ? last : after;
  };
  if (chosen !== null) return [positionOf(chosen)];
  const wanted = landmarks ?? [...calls(trace).map(positionOf), last];
  return spread([...new Set(wanted)].sort((one, other) => one - other));
}

/** The steps at which the first call and the deepest one begin; none in a program that calls nothing. */
function calls({ frames }: Trace): readonly number[] {
  const nodes = new Map<string, Node>();
  for (const { id, callerId, firstStep } of frames)
    nodes.set(id, { parent: nodes.get(callerId ?? '') ?? null, begins: firstStep });
  const first = frames.find(({ callerId }) => callerId !== null);
  return first === undefined ? [] : [first.firstStep, deepestBegins([...nodes.values()])];
}

interface Node {
  readonly parent: Node | null;
  readonly begins: number;
}

/** When the call with the most calls around it begins; the first of several. Callers come before those they call. */
export function deepestBegins(calls: readonly Node[]): number {
  const depths = new Map<Node | null, number>();
  for (const call of calls) depths.set(call, (depths.get(call.parent) ?? 0) + 1);
  const most = Math.max(...depths.values());
  return calls.find((call) => depths.get(call) === most)?.begins ?? 0;
}

/** Not more than fit on a page, the first and the last among them. */
function spread(positions: readonly number[]): readonly number[] {
  if (positions.length <= FRAMES_MAX) return positions;
  const gap = (positions.length - 1) / (FRAMES_MAX - 1);
  return Array.from({ length: FRAMES_MAX }, (_, at) => positions[Math.round(at * gap)] ?? 0);
}
