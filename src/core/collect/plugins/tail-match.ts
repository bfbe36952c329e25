// <Match> of tail: which lines count, and what becomes of the number in them.
//
//   GaugeAverage, Min, Max, Last   of the lines since the last reading; nothing when there was none
//   GaugePersist, GaugeInc, GaugeAdd
//   CounterSet, CounterAdd, CounterInc, DeriveSet, DeriveAdd, DeriveInc, AbsoluteSet
//   Distribution                   a block of its own: `distribution.ts`

import { bad, good, type Result } from '../../base/result.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions } from '../options.ts';
import { compile, regexOf } from '../regex.ts';
import type { Clock } from '../../host/clock.ts';
import {
  makeDistribution,
  readDistribution,
  type Distribution,
  type DistributionOptions,
} from './distribution.ts';
import { isTypeName, TYPES, type ValueList } from '../value-list.ts';

export interface MatchOptions {
  readonly regex: string;
  /** Lines that it finds do not count; "" for none. */
  readonly excludeRegex: string;
  /** A rule for one value, or what a Distribution tells. */
  readonly dsType: DsType | DistributionOptions;
  readonly type: string;
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

interface Draft {
  readonly regex: string;
  readonly excludeRegex: string;
  readonly dsType: string;
  readonly distribution: { readonly is: DistributionOptions | null };
  readonly type: string;
  readonly instance: string;
}

export function readMatch(block: ConfItem): Result<MatchOptions> {
  const defaults: Draft = {
    regex: '',
    excludeRegex: '',
    dsType: '',
    distribution: { is: null },
    type: '',
    instance: '',
  };
  const read = readOptions(block.children ?? [], defaults, 'block <Match>', {
    dstype(draft, item) {
      const dsType = String(item.args[0] ?? '');
      if (dsType.toLowerCase() !== 'distribution') return good({ ...draft, dsType });
      const distribution = readDistribution(item);
      if (!distribution.ok) return distribution;
      return good({ ...draft, distribution: { is: distribution.value } });
    },
  });
  if (!read.ok) return read;
  const { regex, excludeRegex, dsType, distribution, type, instance } = read.value;
  const where = `Line ${block.line}: <Match>`;
  if (regex === '') return bad(`${where} has no Regex.`);
  for (const pattern of [regex, excludeRegex]) {
    const compiled = regexOf(pattern, block);
    if (!compiled.ok) return compiled;
  }
  const kind = Object.keys(RULES).find((key) => key.toLowerCase() === dsType.toLowerCase());
  if (kind === undefined && distribution.is === null)
    return bad(
      `${where} wants a DSType of ${Object.keys(RULES).join(', ')} or Distribution, received "${dsType}".`,
    );
  // One that we do not know may be in a file of TypesDB, which is read later.
  if (type === '' || (isTypeName(type) && TYPES[type].length !== 1))
    return bad(
      `${where} wants a Type with one value, like "gauge" or "derive", received "${type}".`,
    );
  return good({ regex, excludeRegex, dsType: distribution.is ?? (kind as DsType), type, instance });
}

export interface Match {
  see(line: string): void;
  take(identifier: { plugin: string; pluginInstance: string }): readonly ValueList[];
}

/** `sources`: those of its type. */
export function makeMatch(
  options: MatchOptions,
  sources: ValueList['sources'],
  clock: Pick<Clock, 'steadyMs'>,
): Match {
  const { dsType, type, instance } = options;
  const wanted = compile(options.regex);
  const unwanted = options.excludeRegex === '' ? null : compile(options.excludeRegex);
  const kept = typeof dsType === 'string' ? makeKept(dsType) : makeDistribution(dsType, clock);
  return {
    see(line) {
      const found = wanted.exec(line);
      if (found === null || unwanted?.test(line)) return;
      kept.see(Number.parseFloat(found[1] ?? ''));
    },
    take: (identifier) => kept.take({ ...identifier, type, typeInstance: instance, sources }),
  };
}

/** One value, as a rule keeps it. */
function makeKept(dsType: DsType): Distribution {
  const rule: Rule = RULES[dsType];
  let kept = rule.first;
  let lines = 0;
  return {
    see(number) {
      const value = rule.countsLines ? 1 : number;
      if (Number.isNaN(value)) return;
      kept = rule.join(kept, value);
      lines++;
    },
    take(identifier) {
      const isAverage = dsType === 'GaugeAverage';
      const value = kept === null ? NaN : isAverage ? kept / lines : kept;
      kept = rule.after(kept);
      lines = 0;
      return [{ ...identifier, values: [value] }];
    },
  };
}
