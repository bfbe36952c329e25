// The port to regular expressions. A request may bring any pattern, so a web host must use an engine
// that cannot run for ever; core does not know which one it is.

import type { Result } from '../base/result.ts';

export interface Regex {
  /** Fails with a sentence when the engine cannot run `pattern` (Python's syntax). */
  compile(pattern: string): Result<Pattern>;
}

export interface Pattern {
  /** True when the pattern is found anywhere in `text`, as Python's re.search. */
  test(text: string): boolean;
  /** Python's re.sub: `\1` and `\g<name>` in `template` are groups, `\\` is a backslash. */
  replace(text: string, template: string): Result<string>;
}
