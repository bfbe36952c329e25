// Where the things of a lesson stand in its file, so that a finding names the line that an author has to look at.

/** The line of each id, from 1: of a page `{#id`, of a fence or a block `id=name`. */
export function linesOfIds(source: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  source.split('\n').forEach((text, index) => {
    const id = idIn(text);
    if (id !== null && !lines.has(id)) lines.set(id, index + 1);
  });
  return lines;
}

function idIn(line: string): string | null {
  const found = /^# .*\{#([\w-]+)/.exec(line) ?? /^(?:```|:::).*\bid=([\w-]+)/.exec(line);
  return found?.[1] ?? null;
}

/** The line that a refusal of the compiler is about: it quotes an id, or a text of the lesson. */
export function lineOfRefusal(why: string, source: string): number {
  const lines = source.split('\n');
  for (const [, quoted = ''] of why.matchAll(/"([^"]+)"/g)) {
    const matches = (line: string): boolean => idIn(line) === quoted;
    // What stands there twice is wrong where it comes again.
    const isTwice = why.includes(' twice');
    const find = (holds: (line: string) => boolean): number =>
      isTwice ? lines.findLastIndex(holds) : lines.findIndex(holds);
    const byId = find(matches);
    const at = byId >= 0 ? byId : find((line) => line.includes(quoted));
    if (at >= 0) return at + 1;
  }
  return 1;
}
