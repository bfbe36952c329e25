// The word that somebody most likely meant.

/** More letters than these, or than a third of the word, are another word. */
const DISTANCE_MAX = 3;

/** The known word that is fewest changes of one letter away; null when all are far. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  let nearest: string | null = null;
  let least = Math.min(DISTANCE_MAX, Math.max(1, Math.floor(word.length / 3))) + 1;
  for (const each of known) {
    const distance = distanceOf(word, each);
    if (distance < least) [nearest, least] = [each, distance];
  }
  return nearest;
}

/** Levenshtein's distance, row by row: letters to add, take away or replace. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [line, letter] of one.split('').entries()) {
    const next = [line + 1];
    for (const [column, otherLetter] of other.split('').entries()) {
      const replaced = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
