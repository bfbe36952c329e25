// Takes the cache of a program away, and puts it back: the lines with @cache, @lru_cache(...) or a decorator of
// the program's own, above the function whose calls are shown.

/** The program without its decorators; null when it has none. */
export function withoutCache(code: string, name: string): string | null {
  const lines = code.split('\n');
  const at = lines.findIndex((line) => new RegExp(`^def ${name}\\(`).test(line));
  let first = at;
  while (first > 0 && /^@[\w.]+(\(.*\))?\s*(#.*)?$/.test(lines[first - 1] ?? '')) first -= 1;
  if (at < 0 || first === at) return null;
  return [...lines.slice(0, first), ...lines.slice(at)].join('\n');
}
