// What a reader sees of a run, for tests that compare two runs of one program.

import type { RunResult } from '../../src/python/results.ts';

/** Its output, its end, and every step. */
export function seen({ text, ending, trace }: RunResult): unknown {
  const steps = trace?.steps.map(({ kind, line, frameId, printed }) => [
    kind,
    line,
    frameId,
    printed,
  ]);
  return JSON.parse(
    withoutPlaces(JSON.stringify({ text, how: ending.how, error: ending.error, steps })),
  );
}

/** Where an object lies in memory is another place in every run: `<built-in method copy of list object at 0x19ef480>`. */
export function withoutPlaces(text: string): string {
  return text.replace(/0x[0-9a-f]+/g, '0x');
}
