// Whether values are as they should be, and what is told when that changes.
//
//   value -> the most specific threshold -> OKAY, WARNING, FAILURE -> hits, hysteresis, persist -> a notification

import type { Notify, Severity } from './notification.ts';
import type { Dispatched } from './plugin.ts';
import type { Threshold } from './threshold-config.ts';
import { identifierOf } from './value-list.ts';

export interface Thresholds {
  /** `rates` are the values as they are judged: the growth of a total. */
  check(value: Dispatched, rates: readonly number[]): void;
  /** A value that did not come. */
  missing(value: Dispatched, nowS: number): void;
}

/** What is remembered of one identifier. */
interface State {
  severity: Severity | null;
  hits: number;
}

interface Judged {
  readonly severity: Severity;
  readonly threshold: Threshold;
  readonly source: string;
  readonly value: number;
}

const SEVERITIES: readonly Severity[] = ['OKAY', 'WARNING', 'FAILURE'];

export function makeThresholds(all: readonly Threshold[], notify: Notify): Thresholds {
  const states = new Map<string, State>();
  const keyOf = ({ host, list }: Dispatched): string => `${host}/${identifierOf(list)}`;

  return {
    check(value, rates) {
      const thresholds = thresholdsFor(all, value);
      if (thresholds.length === 0) return;
      const key = keyOf(value);
      const state = states.get(key) ?? { severity: null, hits: 0 };
      states.set(key, state);
      const worst = thresholds
        .flatMap((threshold) => judge(threshold, value, rates, state.severity))
        .reduce<Judged | null>((bad, one) => (bad && rank(bad) >= rank(one) ? bad : one), null);
      if (worst !== null && isTold(worst, state)) tell(worst, value);
    },
    missing(value, nowS) {
      const [threshold] = thresholdsFor(all, value);
      states.delete(keyOf(value));
      if (!threshold?.interesting) return;
      notify({
        severity: 'FAILURE',
        timeS: nowS,
        host: value.host,
        list: value.list,
        facts: [],
        message: `${keyOf(value)} has not come for ${(nowS - value.timeS).toFixed(3)} s.`,
      });
    },
  };

  function tell({ severity, threshold, source, value: current }: Judged, value: Dispatched): void {
    const { warningMin, warningMax, failureMin, failureMax } = threshold;
    notify({
      severity,
      timeS: value.timeS,
      host: value.host,
      list: value.list,
      facts: [
        ['DataSource', source],
        ['CurrentValue', current],
        ['WarningMin', warningMin],
        ['WarningMax', warningMax],
        ['FailureMin', failureMin],
        ['FailureMax', failureMax],
      ],
      message: `${keyOf(value)}: "${source}" is ${current}${severity === 'OKAY' ? ', as it should be' : rangeWords(severity, threshold)}.`,
    });
  }
}

function rank({ severity }: Judged): number {
  return SEVERITIES.indexOf(severity);
}

function rangeWords(severity: Severity, threshold: Threshold): string {
  const [min, max] = limitsOf(threshold, severity === 'FAILURE' ? 'FAILURE' : 'WARNING');
  const between = `${Number.isNaN(min) ? 'any' : min} to ${Number.isNaN(max) ? 'any' : max}`;
  return threshold.invert ? `, and must not be in ${between}` : `, and should be in ${between}`;
}

/** Those of the most specific place that has any; several there watch different data sources. */
function thresholdsFor(all: readonly Threshold[], value: Dispatched): readonly Threshold[] {
  let best: Threshold[] = [];
  let bestScore = -1;
  for (const threshold of all) {
    const score = scoreOf(threshold, value);
    if (score < 0 || score < bestScore) continue;
    best = score === bestScore ? [...best, threshold] : [threshold];
    bestScore = score;
  }
  return best;
}

/** Below 0 when it is about something else. The host counts most, the instance of the type least. */
function scoreOf(threshold: Threshold, { host, list }: Dispatched): number {
  if (threshold.type !== list.type) return -1;
  const parts: readonly (readonly [wanted: string, is: string, weight: number])[] = [
    [threshold.host, host, 8],
    [threshold.plugin, list.plugin, 4],
    [threshold.pluginInstance, list.pluginInstance, 2],
    [threshold.typeInstance, list.typeInstance, 1],
  ];
  if (parts.some(([wanted, is]) => wanted !== '' && wanted !== is)) return -1;
  return parts.reduce((sum, [wanted, , weight]) => sum + (wanted === '' ? 0 : weight), 0);
}

function judge(
  threshold: Threshold,
  { list }: Dispatched,
  rates: readonly number[],
  before: Severity | null,
): readonly Judged[] {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  return list.sources.flatMap(({ name }, index): readonly Judged[] => {
    if (threshold.dataSource !== '' && threshold.dataSource !== name) return [];
    const rate = rates[index] ?? NaN;
    const value = threshold.percentage ? (100 * rate) / total : rate;
    return [{ severity: severityOf(threshold, value, before), threshold, source: name, value }];
  });
}

function severityOf(threshold: Threshold, value: number, before: Severity | null): Severity {
  for (const severity of ['FAILURE', 'WARNING'] as const) {
    // Only the state that holds is harder to leave: a value that swings around a limit says so once.
    const margin = before === severity ? threshold.hysteresis : 0;
    if (isBad(threshold, limitsOf(threshold, severity), value, margin)) return severity;
  }
  return 'OKAY';
}

function limitsOf(
  threshold: Threshold,
  severity: 'FAILURE' | 'WARNING',
): readonly [number, number] {
  return severity === 'FAILURE'
    ? [threshold.failureMin, threshold.failureMax]
    : [threshold.warningMin, threshold.warningMax];
}

/** Comparisons with NaN are never true: neither a limit that is not there nor a value that is not known is bad. */
function isBad(
  { invert }: Threshold,
  [min, max]: readonly [number, number],
  value: number,
  margin: number,
): boolean {
  if (!invert) return value < min + margin || value > max - margin;
  if (Number.isNaN(min) && Number.isNaN(max)) return false;
  return !(Number.isNaN(value) || value < min - margin || value > max + margin);
}

/** Notes the state; whether somebody is to be told. */
function isTold({ severity, threshold }: Judged, state: State): boolean {
  const { hits, persist, persistOK } = threshold;
  if (hits > 0) {
    const isOver = (severity === 'OKAY' && !persistOK) || state.hits > hits;
    state.hits = isOver ? 0 : state.hits + 1;
    if (!isOver) return false;
  }
  if (severity === state.severity) return severity === 'OKAY' ? persistOK : persist;
  state.severity = severity;
  return true;
}
