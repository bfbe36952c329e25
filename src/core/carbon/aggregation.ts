// storage-aggregation.conf: how the coarser archives of a new metric are filled. The first section whose
// pattern is found in the name decides; a part that it does not give takes whisper's default.
//
//   [counts]
//   pattern = \.count$
//   xFilesFactor = 0            part of the fine slots that must be known
//   aggregationMethod = sum

import { parsePythonFloat } from '../base/number.ts';
import { bad, good, type Result } from '../base/result.ts';
import { parseMethod } from '../whisper/aggregate.ts';
import type { Rollup } from '../whisper/create.ts';
import { entryOf, parseIni, type IniSection } from './ini.ts';
import { pythonPattern } from './python-pattern.ts';

export const AGGREGATION_FILE = 'storage-aggregation.conf';

export interface Aggregation extends Rollup {
  readonly name: string;
  /** Null fits every name. */
  readonly pattern: RegExp | null;
}

export interface Aggregations {
  /** Never empty: the last one fits every name. */
  readonly list: readonly Aggregation[];
  readonly warnings: readonly string[];
}

export const AGGREGATION_DEFAULT: Aggregation = {
  name: 'default',
  pattern: null,
  xFilesFactor: null,
  method: null,
};

/** `text` is null when there is no such file, which Carbon accepts. */
export function readAggregations(text: string | null): Result<Aggregations> {
  const sections = parseIni(text ?? '', AGGREGATION_FILE);
  if (!sections.ok) return sections;
  const list: Aggregation[] = [];
  const warnings: string[] = [];
  for (const section of sections.value) {
    const aggregation = readAggregation(section, warnings);
    if (!aggregation.ok)
      return bad(`${aggregation.why} in section [${section.name}] in ${AGGREGATION_FILE}`);
    if (aggregation.value) list.push(aggregation.value);
  }
  return good({ list: [...list, AGGREGATION_DEFAULT], warnings });
}

export function aggregationFor(aggregations: Aggregations, metric: string): Aggregation {
  return (
    aggregations.list.find(({ pattern }) => pattern?.test(metric) ?? true) ?? AGGREGATION_DEFAULT
  );
}

function readAggregation(section: IniSection, warnings: string[]): Result<Aggregation | null> {
  const { name } = section;
  const factorText = section.entries.get('xfilesfactor')?.value ?? null;
  const method = section.entries.get('aggregationmethod')?.value ?? null;
  const xFilesFactor = factorText === null ? null : parsePythonFloat(factorText);
  if (factorText !== null && xFilesFactor === null) {
    warnings.push(`Invalid schemas found in ${name}.`);
    return good(null);
  }
  if (xFilesFactor !== null && !(xFilesFactor >= 0 && xFilesFactor <= 1))
    return bad(`xFilesFactor must be from 0 to 1, not ${factorText}`);
  if (method !== null && parseMethod(method) === null)
    return bad(`Unrecognized aggregation method: ${method}`);
  const patternText = entryOf(section, 'pattern');
  if (patternText === null) {
    warnings.push(`Section missing 'pattern': ${name}`);
    return good(null);
  }
  const pattern = pythonPattern(patternText);
  return pattern.ok ? good({ name, pattern: pattern.value, xFilesFactor, method }) : pattern;
}
