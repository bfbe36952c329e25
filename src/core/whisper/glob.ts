// Graphite's patterns for one part of a metric name, the text between two dots.
//
//   *       any characters, also none        [abc]  one of these       {web,db}  one of these words
//   ?       one character                    [a-z]  one of the range   [!x]      any but these
//
// Words in braces are written out first. Matching remembers only the last star, so that its time is at most
// pattern times name: patterns come from web requests.

/** What one part of a pattern asks for. */
export interface Glob {
  matches(name: string): boolean;
  /** The names to look up directly, when the part has no wildcard but braces at most. */
  readonly exact: readonly string[] | null;
}

/** A part may not stand for more words than this; words beyond it are not looked for. */
export const BRACE_WORDS_MAX = 1000;

export function parseGlob(part: string): Glob {
  const words = expandBraces(part);
  if (!/[*?[]/.test(part)) return { matches: (name) => words.includes(name), exact: words };
  const patterns = words.map((word) =>
    /[?[]/.test(word) ? tokenMatcher(word) : starMatcher(word),
  );
  return { matches: (name) => patterns.some((matches) => matches(name)), exact: null };
}

type Matcher = (name: string) => boolean;

function tokenMatcher(word: string): Matcher {
  const tokens = parseTokens(word);
  return (name) => matchTokens(tokens, Array.from(name));
}

/** Of a word with stars alone: its pieces stand in the name one after the other, the first and the last at its ends. */
function starMatcher(word: string): Matcher {
  if (word === '*') return () => true;
  const [first = '', ...middle] = word.split('*');
  const last = middle.pop() ?? null;
  if (last === null) return (name) => name === word;
  return (name) => {
    let at = first.length;
    const end = name.length - last.length;
    if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false;
    for (const piece of middle) {
      const found = name.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}

/** "web{1,2}" gives "web1" and "web2", each word once. */
export function expandBraces(part: string): readonly string[] {
  const done: string[] = [];
  const waiting = [part];
  while (waiting.length > 0 && done.length + waiting.length <= BRACE_WORDS_MAX) {
    const text = waiting.shift() ?? '';
    const open = text.lastIndexOf('{');
    const close = text.indexOf('}', open);
    if (open < 0 || close < 0) {
      done.push(text);
      continue;
    }
    const alternatives = text.slice(open + 1, close).split(',');
    for (const alternative of alternatives)
      waiting.push(text.slice(0, open) + alternative + text.slice(close + 1));
  }
  return [...new Set(done)];
}

type Token = { readonly is: 'star' } | { readonly is: 'one'; matches(character: string): boolean };

function parseTokens(word: string): readonly Token[] {
  const characters = Array.from(word);
  const tokens: Token[] = [];
  let at = 0;
  while (at < characters.length) {
    const character = characters[at] ?? '';
    const close = character === '[' ? closeOfSet(characters, at) : -1;
    if (character === '*') tokens.push({ is: 'star' });
    else if (character === '?') tokens.push({ is: 'one', matches: () => true });
    else if (close > 0)
      tokens.push({ is: 'one', matches: setMatcher(characters.slice(at + 1, close)) });
    else tokens.push({ is: 'one', matches: (other) => other === character });
    at = close > 0 ? close + 1 : at + 1;
  }
  return tokens;
}

// A "]" directly behind "[" or "[!" belongs to the set. Without an end, "[" means itself.
function closeOfSet(characters: readonly string[], open: number): number {
  const first = characters[open + 1] === '!' ? open + 2 : open + 1;
  return characters.indexOf(']', first + 1);
}

function setMatcher(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === '!';
  const ranges: [low: string, high: string][] = [];
  let at = negated ? 1 : 0;
  while (at < inside.length) {
    const low = inside[at] ?? '';
    const isRange = inside[at + 1] === '-' && at + 2 < inside.length;
    ranges.push([low, (isRange ? inside[at + 2] : low) ?? low]);
    at += isRange ? 3 : 1;
  }
  return (character) =>
    ranges.some(([low, high]) => low <= character && character <= high) !== negated;
}

function matchTokens(tokens: readonly Token[], name: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let starToken = -1;
  let starAt = 0;
  while (at < name.length) {
    const wanted = tokens[token];
    if (wanted?.is === 'one' && wanted.matches(name[at] ?? '')) {
      token++;
      at++;
    } else if (wanted?.is === 'star') {
      starToken = token++;
      starAt = at;
    } else if (starToken >= 0) {
      // Let the last star take one character more, and try again behind it.
      token = starToken + 1;
      at = ++starAt;
    } else return false;
  }
  while (tokens[token]?.is === 'star') token++;
  return token === tokens.length;
}
