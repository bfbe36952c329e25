// One step on the way of a point or of a question: which stage it came to, what that decided, and why.
//
//   archive 0   no      60 slots of 10 s reach back 600 s, the window begins 1200 s ago: 600 < 1200
//   archive 1   yes     60 slots of 60 s reach back 3600 s: 3600 >= 1200                [a.wsp, bytes 760-1480]
//
// Whoever asks "where did my point go?" or "why is this value what it is?" gets a list of these, in order.

export interface Step {
  /** A stage of the stack or a part of one, like "archive 0": the first word says which. */
  readonly stage: string;
  readonly verdict: Verdict;
  /** A sentence without its full stop, with the numbers that were compared. */
  readonly reason: string;
  /** Where one can look; null when there is no such place. */
  readonly place: Place | null;
}

/** Whether it goes on from here, or what was looked for is here: all of it, some, nothing. */
export type Verdict = 'yes' | 'partly' | 'no';

export interface Place {
  readonly file: string;
  /** Stretches in it, first byte and the byte after the last; none is the file as a whole. */
  readonly bytes: readonly (readonly [first: number, end: number])[];
}

/** A line for each step, set in columns. */
export function stepLines(steps: readonly Step[]): readonly string[] {
  const width = Math.max(0, ...steps.map(({ stage }) => stage.length));
  return steps.map((step) => stepLine(step, width));
}

const VERDICT_WIDTH = 'partly'.length;

export function stepLine({ stage, verdict, reason, place }: Step, stageWidth = 0): string {
  const columns = [stage.padEnd(stageWidth), verdict.padEnd(VERDICT_WIDTH), reason];
  if (place !== null) columns.push(`[${placeText(place)}]`);
  return columns.join('  ');
}

export function placeText({ file, bytes }: Place): string {
  return [file, ...bytes.map(([first, end]) => `bytes ${first}-${end - 1}`)].join(', ');
}
