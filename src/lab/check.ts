// Whether a task is done, found out from data: what the stack stored, never what somebody typed.

import { bad, good, type Result } from '../core/base/result.ts';

/** What the check of a task asks for; `$host` in a path stands for the computer of the lab. */
export type LabCheck =
  /** Each pattern has at least one series with a value. */
  | { readonly kind: 'families'; readonly patterns: readonly string[] }
  /** The learner's answer is the name of a stored metric that `pattern` describes. */
  | { readonly kind: 'path'; readonly label: string; readonly pattern: string }
  /** The learner's answer is the number of points in the last full `overS` seconds. */
  | {
      readonly kind: 'count';
      readonly label: string;
      readonly target: string;
      readonly overS: number;
    }
  /** All values of the last hour together reach `atLeast`. */
  | { readonly kind: 'sum'; readonly target: string; readonly atLeast: number };

export interface Verdict {
  readonly done: boolean;
  /** The task's own sentence, with what was found in it. */
  readonly words: string;
}

/** Rendered series of one target over the seconds before the stack's now. */
export type AskSeries = (
  target: string,
  overS: number,
) => Promise<readonly { readonly datapoints: readonly (readonly [number | null, number])[] }[]>;

export interface CheckParts {
  readonly check: LabCheck;
  readonly near: string;
  readonly done: string;
  /** "" for a task without an answer field. */
  readonly answer: string;
  readonly host: string;
  readonly ask: AskSeries;
}

const HOUR_S = 3600;
const ANSWER_SHOWN_MAX = 80;

export async function runCheck(parts: CheckParts): Promise<Verdict> {
  const { check, answer } = parts;
  const put = (text: string): string => text.replaceAll('$host', parts.host);
  const verdict = (done: boolean, facts: Readonly<Record<string, string>>): Verdict => ({
    done,
    words: fill(done ? parts.done : parts.near, {
      answer: `"${answer.slice(0, ANSWER_SHOWN_MAX)}"`,
      ...facts,
    }),
  });

  if (check.kind === 'families') {
    const missing: string[] = [];
    for (const pattern of check.patterns)
      if (known(await parts.ask(put(pattern), HOUR_S)).length === 0) missing.push(put(pattern));
    return verdict(missing.length === 0, { missing: missing.join(' and ') });
  }
  if (check.kind === 'path') {
    const isName = answer.trim() === put(check.pattern);
    const points = isName ? known(await parts.ask(answer.trim(), HOUR_S)) : [];
    return verdict(points.length > 0, {});
  }
  if (check.kind === 'count') {
    const count = known(await parts.ask(put(check.target), check.overS)).length;
    return verdict(Number(answer.trim()) === count && count > 0, { count: String(count) });
  }
  const sum = known(await parts.ask(put(check.target), HOUR_S)).reduce(
    (all, each) => all + each,
    0,
  );
  return verdict(sum >= check.atLeast, { sum: String(sum) });
}

function known(series: Awaited<ReturnType<AskSeries>>): readonly number[] {
  return series.flatMap((each) =>
    each.datapoints.flatMap(([value]) => (value === null ? [] : [value])),
  );
}

function fill(text: string, facts: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole);
}

/** Reads the YAML of a check; `why` names the field that is wrong. */
export function readCheck(value: unknown): Result<LabCheck> {
  if (typeof value !== 'object' || value === null) return bad('A check is a list of fields.');
  const fields = value as Readonly<Record<string, unknown>>;
  const text = (name: string): string => String(fields[name] ?? '');
  const kind = text('kind');
  if (kind === 'families') {
    const patterns = fields['patterns'];
    if (!Array.isArray(patterns) || patterns.length === 0)
      return bad('A check of kind families needs a list "patterns".');
    return good({ kind, patterns: patterns.map(String) });
  }
  const wants = {
    path: ['label', 'pattern'],
    count: ['label', 'target', 'overS'],
    sum: ['target'],
  };
  if (kind !== 'path' && kind !== 'count' && kind !== 'sum')
    return bad(`A check is of kind families, path, count or sum, not "${kind}".`);
  const missing = wants[kind].find((name) => fields[name] === undefined);
  if (missing !== undefined) return bad(`A check of kind ${kind} needs "${missing}".`);
  if (kind === 'path') return good({ kind, label: text('label'), pattern: text('pattern') });
  if (kind === 'sum')
    return good({ kind, target: text('target'), atLeast: Number(fields['atLeast'] ?? 1) });
  return good({
    kind,
    label: text('label'),
    target: text('target'),
    overS: Number(fields['overS']),
  });
}
