// Two programs side by side as one list of lines: kept, taken out, put in. For variants of a few lines.

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  /** Number of the line in the program it belongs to, from 1. */
  readonly number: number;
  readonly text: string;
}

/** The lines from one before the first change to the end. */
export function changedLines(before: string, after: string): readonly DiffLine[] {
  const diff = lineDiff(before.split('\n'), after.split('\n'));
  const first = diff.findIndex((line) => line.kind !== 'same');
  return first < 0 ? diff : diff.slice(Math.max(0, first - 1));
}

function lineDiff(before: readonly string[], after: readonly string[]): DiffLine[] {
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let old = 0;
  let now = 0;
  while (old < before.length || now < after.length) {
    const isSame = old < before.length && now < after.length && before[old] === after[now];
    const drop = common[old + 1]?.[now] ?? -1;
    const take = common[old]?.[now + 1] ?? -1;
    if (isSame) lines.push({ kind: 'same', number: ++now, text: before[old++] ?? '' });
    else if (old < before.length && (now >= after.length || drop >= take))
      lines.push({ kind: 'removed', number: ++old, text: before[old - 1] ?? '' });
    else lines.push({ kind: 'added', number: ++now, text: after[now - 1] ?? '' });
  }
  return lines;
}

/** Longest common subsequence of the two ends, for every pair of starts. */
function commonLengths(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  );
  for (let old = before.length - 1; old >= 0; old -= 1)
    for (let now = after.length - 1; now >= 0; now -= 1) {
      const row = table[old];
      if (row === undefined) continue;
      const below = table[old + 1];
      row[now] =
        before[old] === after[now]
          ? (below?.[now + 1] ?? 0) + 1
          : Math.max(below?.[now] ?? 0, row[now + 1] ?? 0);
    }
  return table;
}
