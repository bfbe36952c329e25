// Regular expressions of requests. RE2 takes time in proportion to the text for every pattern there
// is, so no request can hold the server; the price is that look-around and back-references are not
// offered.

import { RE2JS, type Matcher } from 're2js';
import { bad, good, type Result } from '../core/base/result.ts';
import type { Regex } from '../core/graphite/regex.ts';

/** Longest pattern, in characters. */
const PATTERN_LENGTH_MAX = 1000;

/** Longest text that a replacement may make of a name. */
const REPLACED_LENGTH_MAX = 10_000;

export const re2Regex: Regex = {
  compile(pattern) {
    if (pattern.length > PATTERN_LENGTH_MAX)
      return bad(
        `The regular expression has ${pattern.length} characters; ${PATTERN_LENGTH_MAX} are allowed.`,
      );
    if (/\(\?<?[=!]/.test(pattern))
      return bad(
        `The regular expression "${pattern}" looks ahead or behind, which is not offered here: it could run for ever. Match the text around it and keep it with a group.`,
      );
    let compiled: RE2JS;
    try {
      // Python's \Z is the end of the text, which RE2 calls \z.
      compiled = RE2JS.compile(pattern.replace(/(^|[^\\])((?:\\\\)*)\\Z/g, String.raw`$1$2\z`));
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return bad(`The regular expression "${pattern}" cannot be read: ${detail}.`);
    }
    return good({
      test: (text) => compiled.matcher(text).find(),
      replace(text, template) {
        const parts = readTemplate(template, compiled);
        return parts.ok ? replaceAll(compiled, text, parts.value) : parts;
      },
    });
  },
};

/** A piece of a replacement: text, or the number or name of a group. */
type TemplatePart = { readonly text: string } | { readonly group: number | string };

const CONTROL_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

// Python's template: \1 to \99 and \g<name or number> are groups, \n and its like are control characters.
function readTemplate(template: string, compiled: RE2JS): Result<readonly TemplatePart[]> {
  const parts: TemplatePart[] = [];
  const pieces = template.match(/\\g<[^>]*>|\\[1-9]\d?|\\[\s\S]|[^\\]+|\\/g) ?? [];
  for (const piece of pieces) {
    if (!piece.startsWith('\\')) {
      parts.push({ text: piece });
      continue;
    }
    const name = /^\\g<([^>]*)>$/.exec(piece)?.[1] ?? /^\\([1-9]\d?)$/.exec(piece)?.[1];
    if (name !== undefined) {
      const isNumber = /^\d+$/.test(name);
      const exists = isNumber
        ? Number(name) <= compiled.groupCount()
        : Object.hasOwn(compiled.namedGroups(), name);
      if (!exists)
        return bad(`The replacement "${template}" names the group ${piece}, which is not there.`);
      parts.push({ group: isNumber ? Number(name) : name });
      continue;
    }
    const sign = piece.slice(1);
    if (sign === '0') parts.push({ text: '\0' });
    else if (sign in CONTROL_ESCAPES) parts.push({ text: CONTROL_ESCAPES[sign] ?? sign });
    else if (sign === '' || /[A-Za-z]/.test(sign))
      return bad(`The replacement "${template}" has a backslash before nothing it could mean.`);
    else parts.push({ text: piece });
  }
  return good(parts);
}

// Like Python 3.7 and later, an empty match directly after another match counts too.
function replaceAll(compiled: RE2JS, text: string, parts: readonly TemplatePart[]): Result<string> {
  const matcher = compiled.matcher(text);
  let result = '';
  let copied = 0;
  let from = 0;
  while (from <= text.length && matcher.find(from)) {
    result += text.slice(copied, matcher.start()) + filled(parts, matcher);
    if (result.length > REPLACED_LENGTH_MAX)
      return bad(`The replacement makes a name of more than ${REPLACED_LENGTH_MAX} characters.`);
    copied = matcher.end();
    from = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
  }
  return good(result + text.slice(copied));
}

function filled(parts: readonly TemplatePart[], matcher: Matcher): string {
  return parts
    .map((part) => ('text' in part ? part.text : (matcher.group(part.group) ?? '')))
    .join('');
}
