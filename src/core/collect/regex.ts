// Patterns of collectd.conf. They are POSIX's extended ones there; what differs in JavaScript is put right.

import { bad, good, type Result } from '../base/result.ts';
import type { ConfItem } from './conf.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: 'a-z',
  print: '\\x20-\\x7e',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

export function regexOf(pattern: string, item: ConfItem): Result<RegExp> {
  try {
    return good(compile(pattern));
  } catch {
    return bad(`Line ${item.line}: ${item.key} wants a regular expression, received "${pattern}".`);
  }
}

/** For a pattern that was looked at when the file was read. */
export function compile(pattern: string): RegExp {
  return new RegExp(
    pattern.replace(/\[:([a-z]+):\]/g, (all, name: string) => CLASSES[name] ?? all),
  );
}
