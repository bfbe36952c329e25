// A Python regular expression from a configuration file, as a RegExp.
//
//   (?P<host>\w+)\Z     ->  (?<host>[\p{L}\p{N}_]+)$
//
// The two languages agree on nearly everything. What differs is translated; what one has and the other has
// not gives a sentence. The text comes from the operator of this machine, who is trusted with its cost.

import { bad, good, type Result } from '../base/result.ts';

/** Searches anywhere, as Python's re.search: `pattern.test(metric)`. */
export function pythonPattern(source: string, ignoreCase = false): Result<RegExp> {
  const state: State = { source, at: 0, out: '', flags: ignoreCase ? 'iu' : 'u' };
  while (state.at < source.length) {
    const why = translateNext(state);
    if (why !== null) return bad(`The pattern "${source}" cannot be used: ${why}.`);
  }
  try {
    return good(new RegExp(state.out, state.flags));
  } catch (problem) {
    const reason = problem instanceof Error ? problem.message.replace(/^.*: /, '') : '';
    return bad(`The pattern "${source}" is not a regular expression: ${reason}.`);
  }
}

interface State {
  readonly source: string;
  at: number;
  out: string;
  flags: string;
}

/** Takes one element from the source; a text is why it cannot. */
function translateNext(state: State): string | null {
  const rest = state.source.slice(state.at);
  const character = rest[0] ?? '';
  if (character === '\\') return translateEscape(state, OUTSIDE);
  if (character === '[') return translateSet(state);
  if (rest.startsWith('(?')) return translateGroup(state);
  if (/^[*+?}]\+/.test(rest) && state.at > 0)
    return `"${rest.slice(0, 2)}" (possessive) has no equal here`;
  if (character === '{') {
    // Python takes a brace that is no count as itself, and reads {,3} as {0,3}.
    const count = /^\{(\d*)(,?)(\d*)\}/.exec(rest);
    if (!count || count[0] === '{}' || count[0] === '{,}') return take(state, 1, '\\{');
    return take(state, count[0].length, `{${count[1] || '0'}${count[2]}${count[3]}}`);
  }
  if (character === '}' || character === ']') return take(state, 1, `\\${character}`);
  return take(state, 1, character);
}

function take(state: State, length: number, out: string): null {
  state.at += length;
  state.out += out;
  return null;
}

function translateGroup(state: State): string | null {
  const rest = state.source.slice(state.at);
  const named = /^\(\?P<(\w+)>/.exec(rest);
  if (named) return take(state, named[0].length, `(?<${named[1]}>`);
  const again = /^\(\?P=(\w+)\)/.exec(rest);
  if (again) return take(state, again[0].length, `\\k<${again[1]}>`);
  const comment = /^\(\?#[^)]*\)/.exec(rest);
  if (comment) return take(state, comment[0].length, '');
  const flags = /^\(\?([aimsuL]+)\)/.exec(rest);
  if (flags && state.at === 0) {
    for (const flag of flags[1] ?? '')
      if ('ims'.includes(flag) && !state.flags.includes(flag)) state.flags += flag;
    return take(state, flags[0].length, '');
  }
  const shared = /^\(\?(?::|=|!|<=|<!)/.exec(rest);
  if (shared) return take(state, shared[0].length, shared[0]);
  return `"${rest.slice(0, 4)}" has no equal here`;
}

// A letter, digit or "_" in any script; JavaScript's own \w and \b know only ASCII.
const WORD = '[\\p{L}\\p{N}_]';

const OUTSIDE: Readonly<Record<string, string>> = {
  A: '(?<![\\s\\S])',
  Z: '(?![\\s\\S])',
  b: `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`,
  B: `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`,
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: WORD,
  W: '[^\\p{L}\\p{N}_]',
};

const INSIDE: Readonly<Record<string, string>> = {
  b: '\\x08',
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{N}_',
};

function translateEscape(state: State, letters: Readonly<Record<string, string>>): string | null {
  const rest = state.source.slice(state.at);
  const character = rest[1] ?? '';
  const translated = letters[character];
  if (translated !== undefined) return take(state, 2, translated);
  if (/[sSnrtfv]/.test(character)) return take(state, 2, `\\${character}`);
  if (character === 'a') return take(state, 2, '\\x07');
  const code = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/.exec(rest);
  if (code) return take(state, code[0].length, code[0]);
  const back = /^\\[1-9]\d?/.exec(rest);
  if (back && letters === OUTSIDE) return take(state, back[0].length, back[0]);
  if (character === '' || /[a-zA-Z0-9]/.test(character))
    return `"\\${character}" is no escape that is known here`;
  // Only these may be escaped in JavaScript's "u" mode, the minus inside a set only.
  const mayEscape =
    /[\^$\\.*+?()[\]{}|/]/.test(character) || (character === '-' && letters === INSIDE);
  return take(state, 2, mayEscape ? `\\${character}` : character);
}

function translateSet(state: State): string | null {
  const open = /^\[\^?/.exec(state.source.slice(state.at))?.[0] ?? '[';
  take(state, open.length, open);
  let isFirst = true;
  while (state.at < state.source.length) {
    const character = state.source[state.at] ?? '';
    if (character === ']' && !isFirst) return take(state, 1, ']');
    const why =
      character === '\\'
        ? translateEscape(state, INSIDE)
        : take(state, 1, character === ']' || character === '[' ? `\\${character}` : character);
    if (why !== null) return why;
    isFirst = false;
  }
  return 'a set that begins with "[" has no "]"';
}
