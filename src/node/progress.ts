// How far a long work is, on one line of a terminal that is written again and again. Into a file or a pipe it says
// nothing.

export interface Progress {
  /** One more is done; `what` is the one that comes now. */
  step(what: string): void;
  /** Removes the line: before anything else is printed, and at the end. */
  clear(): void;
}

const PAUSE_MS_MIN = 100;
const CLEAR_LINE = '\r\u001b[K';

export function makeProgress(doing: string): Progress {
  let count = 0;
  let shownMs = performance.now();
  let isShown = false;
  return {
    step(what) {
      count++;
      const nowMs = performance.now();
      if (!process.stderr.isTTY || nowMs - shownMs < PAUSE_MS_MIN) return;
      shownMs = nowMs;
      isShown = true;
      const line = `${doing}: ${count} files, ${what}`;
      // A longer line would turn into two, and only the second could be removed.
      process.stderr.write(CLEAR_LINE + line.slice(0, process.stderr.columns - 1));
    },
    clear() {
      if (isShown) process.stderr.write(CLEAR_LINE);
      isShown = false;
    },
  };
}
