// How a lab is judged and solved, the same in the page and in `check`.

/**
 * A collectd.conf with a solution's LoadPlugin lines in the place where the lab begins with one; null when
 * that line is there no more.
 */
export function withSolution(conf: string, solution: string): string | null {
  const place = /^LoadPlugin cpu$/m;
  return place.test(conf) ? conf.replace(place, solution) : null;
}

const SLOT_S = 10;

/** The last `overS` seconds of full slots: the newest slot may still be open. */
export function fullWindow(nowMs: number, overS: number): { fromS: number; untilS: number } {
  const untilS = Math.floor(nowMs / 1000 / SLOT_S) * SLOT_S - SLOT_S;
  return { fromS: untilS - overS, untilS };
}
