// Which series are meant, by their tags, as graphite-web reads it:
//
//   dc=paris     the value is paris            dc!=paris    it is not, or there is no such tag
//   dc=~pa.*     the value begins like this    dc!=~pa.*    it does not, or there is no such tag
//   dc=          there is no such tag          dc!=         there is one

import { bad, good, type Result } from '../base/result.ts';
import { parseTarget } from '../graphite/grammar.ts';
import type { Regex } from '../graphite/regex.ts';

export interface TagExpression {
  readonly tag: string;
  /** Whether a value fits; '' stands for a series without the tag. */
  readonly fits: (value: string) => boolean;
  /** The one value that fits; null where there may be several. */
  readonly only: string | null;
}

export function parseTagExpression(text: string, regex: Regex): Result<TagExpression> {
  const [, tag, operator, spec] = /^([^;!=]+)(!?=~?)([^;]*)$/.exec(text) ?? [];
  if (tag === undefined || operator === undefined || spec === undefined)
    return bad(`Invalid tagspec ${text}`);
  if (operator === '=') return good({ tag, fits: (value) => value === spec, only: spec });
  if (operator === '!=') return good({ tag, fits: (value) => value !== spec, only: null });
  const pattern = regex.compile(anchored(spec));
  if (!pattern.ok) return pattern;
  const { test } = pattern.value;
  const isWanted = operator === '=~';
  return good({ tag, fits: (value) => test(value) === isWanted, only: null });
}

/** A pattern that fits from the beginning. */
export function anchored(pattern: string): string {
  return pattern.startsWith('^') ? pattern : `^(${pattern})`;
}

/** Expressions of one question. */
export const TAG_EXPRESSIONS_MAX = 50;

export function parseTagExpressions(
  texts: readonly string[],
  regex: Regex,
): Result<readonly TagExpression[]> {
  if (texts.length > TAG_EXPRESSIONS_MAX)
    return bad(`There are ${texts.length} tag expressions; ${TAG_EXPRESSIONS_MAX} are allowed`);
  const expressions: TagExpression[] = [];
  for (const text of texts) {
    const expression = parseTagExpression(text, regex);
    if (!expression.ok) return expression;
    expressions.push(expression.value);
  }
  return good(expressions);
}

/** Those of seriesByTag("a=b", ...), given as its text in a target. */
export function parseTagQuery(query: string, regex: Regex): Result<readonly TagExpression[]> {
  const parsed = parseTarget(query);
  if (!parsed.ok || parsed.value.kind !== 'call')
    return bad(`seriesByTag cannot be read: ${query}`);
  const texts: string[] = [];
  for (const argument of parsed.value.args) {
    if (argument.kind !== 'text') return bad('seriesByTag takes texts in quotes, like "host=web1"');
    texts.push(argument.text);
  }
  return texts.length === 0
    ? bad('no tag expressions specified')
    : parseTagExpressions(texts, regex);
}
