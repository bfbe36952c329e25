// <Match> of tail: which lines count, and what becomes of the number in them.
//
//   GaugeAverage, Min, Max, Last   of the lines since the last reading; nothing when there was none
//   GaugePersist, GaugeInc, GaugeAdd
//   CounterSet, CounterAdd, CounterInc, DeriveSet, DeriveAdd, DeriveInc, AbsoluteSet

import { bad, good, type Result } from '../../base/result.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions } from '../options.ts';
import { compile, regexOf } from '../regex.ts';
import { isTypeName, TYPES, valueList, type TypeName, type ValueList } from '../value-list.ts';

export interface MatchOptions {
  readonly regex: string;
  /** Lines that it finds do not count; "" for none. */
  readonly excludeRegex: string;
  readonly dsType: DsType;
  readonly type: TypeName;
  readonly instance: string;
}

/** How the number in a line joins what is kept; null stands for nothing yet. */
type Join = (kept: number | null, value: number) => number;

interface Rule {
  readonly join: Join;
  /** What is kept after a reading. */
  readonly after: (kept: number | null) => number | null;
  /** What it begins with. */
  readonly first: number | null;
  /** Whether the line itself counts, and no number is looked for. */
  readonly countsLines: boolean;
}

const last: Join = (_, value) => value;
const add: Join = (kept, value) => (kept ?? 0) + value;
const forget = (): null => null;
const keep = (kept: number | null): number | null => kept;
const set: Rule = { join: last, after: keep, first: 0, countsLines: false };
const sum: Rule = { join: add, after: keep, first: 0, countsLines: false };
const count: Rule = { join: add, after: keep, first: 0, countsLines: true };

const RULES = {
  GaugeLast: { join: last, after: forget, first: null, countsLines: false },
  GaugeMin: {
    join: (kept, value) => Math.min(kept ?? value, value),
    after: forget,
    first: null,
    countsLines: false,
  },
  GaugeMax: {
    join: (kept, value) => Math.max(kept ?? value, value),
    after: forget,
    first: null,
    countsLines: false,
  },
  // The sum; the number of lines divides it when it is read.
  GaugeAverage: { join: add, after: forget, first: null, countsLines: false },
  GaugePersist: { join: last, after: keep, first: null, countsLines: false },
  GaugeAdd: { join: add, after: forget, first: null, countsLines: false },
  GaugeInc: { join: add, after: forget, first: null, countsLines: true },
  CounterSet: set,
  CounterAdd: sum,
  CounterInc: count,
  DeriveSet: set,
  DeriveAdd: sum,
  DeriveInc: count,
  AbsoluteSet: set,
} as const satisfies Readonly<Record<string, Rule>>;

type DsType = keyof typeof RULES;

export function readMatch(block: ConfItem): Result<MatchOptions> {
  const words = { regex: '', excludeRegex: '', dsType: '', type: '', instance: '' };
  const read = readOptions(block.children ?? [], words, 'block <Match>');
  if (!read.ok) return read;
  const { regex, excludeRegex, dsType, type, instance } = read.value;
  const where = `Line ${block.line}: <Match>`;
  if (regex === '') return bad(`${where} has no Regex.`);
  for (const pattern of [regex, excludeRegex]) {
    const compiled = regexOf(pattern, block);
    if (!compiled.ok) return compiled;
  }
  const kind = Object.keys(RULES).find((key) => key.toLowerCase() === dsType.toLowerCase());
  if (kind === undefined)
    return bad(
      `${where} wants a DSType of ${Object.keys(RULES).join(', ')}, received "${dsType}".`,
    );
  if (!isTypeName(type) || TYPES[type].length !== 1)
    return bad(
      `${where} wants a Type with one value, like "gauge" or "derive", received "${type}".`,
    );
  return good({ regex, excludeRegex, dsType: kind as DsType, type, instance });
}

export interface Match {
  see(line: string): void;
  take(identifier: { plugin: string; pluginInstance: string }): ValueList;
}

export function makeMatch(options: MatchOptions): Match {
  const rule: Rule = RULES[options.dsType];
  const wanted = compile(options.regex);
  const unwanted = options.excludeRegex === '' ? null : compile(options.excludeRegex);
  let kept = rule.first;
  let lines = 0;
  return {
    see(line) {
      const found = wanted.exec(line);
      if (found === null || unwanted?.test(line)) return;
      const value = rule.countsLines ? 1 : Number.parseFloat(found[1] ?? '');
      if (Number.isNaN(value)) return;
      kept = rule.join(kept, value);
      lines++;
    },
    take(identifier) {
      const isAverage = options.dsType === 'GaugeAverage';
      const value = kept === null ? NaN : isAverage ? kept / lines : kept;
      kept = rule.after(kept);
      lines = 0;
      const { type, instance } = options;
      return valueList({ ...identifier, type, typeInstance: instance }, value);
    },
  };
}
