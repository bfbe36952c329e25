/** Stops the program with `sentence` when one of its own promises is broken. Never for bad input. */
export function assert(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new Error(`Broken promise: ${sentence}`);
}
