// The judge: what came of the tests of an exercise, against what the tests ask for.
//
// It gets values as data (PythonData) and never asks Python. The learner sees the first test that fails:
//   call   adult(120)
//   came   True
//   asked  False

import type { CheckTest, Outcome, PythonData } from './messages.ts';

/** Numbers count as equal when they differ by less than this, absolutely or in proportion. */
const CLOSE = 1e-9;

export interface Verdict {
  readonly passed: boolean;
  readonly passedCount: number;
  readonly total: number;
  /** The first test that failed; null when all passed. */
  readonly first: Failure | null;
  /** What came of each test, in short: equal for two programs that go wrong in the same way. */
  readonly signature: string;
}

export interface Failure {
  /** Index of the test, from 0. */
  readonly index: number;
  readonly setup: string | null;
  /** The call as the test writes it; null when the whole program is judged: what it prints, or its text. */
  readonly call: string | null;
  /** The program was read and not run: a rule about its code. */
  readonly isRule: boolean;
  /** What came back, as Python writes it: `True`, `TypeError: ...`, or a sentence. */
  readonly came: string;
  readonly asked: string;
  readonly why: string | null;
  /** Where in the learner's files an exception was raised: `line 3 of beds.py`; null without one. */
  readonly where: string | null;
}

export function judge(tests: readonly CheckTest[], outcomes: readonly Outcome[]): Verdict {
  const results = tests.map((test, index) => {
    const outcome = outcomes[index] ?? notRun;
    return { test, outcome, index, passed: passes(test, outcome) };
  });
  const failed = results.find((each) => !each.passed);
  return {
    passed: failed === undefined,
    passedCount: results.filter((each) => each.passed).length,
    total: tests.length,
    first: failed === undefined ? null : failure(failed.test, failed.outcome, failed.index),
    signature: results
      .map((each) => (each.passed ? 'ok' : shortly(each.test, each.outcome)))
      .join(' | '),
  };
}

const notRun: Outcome = {
  how: 'not-run',
  during: 'program',
  value: null,
  expected: null,
  printed: '',
  error: null,
};

function passes(test: CheckTest, outcome: Outcome): boolean {
  if (test.raises !== undefined) {
    const raised = outcome.how === 'raised' && outcome.during === 'call';
    return raised && isKind(outcome.error?.type, test.raises);
  }
  if (outcome.how !== 'value') return false;
  if (test.code !== undefined) return outcome.value?.type === 'None';
  if (test.prints !== undefined) return trimmed(outcome.printed) === trimmed(test.prints);
  const asked = askedValue(test, outcome);
  return asked !== null && outcome.value !== null && same(asked, outcome.value);
}

/** `Exception` is any of them, as in `except Exception`; what ends a program is none. */
function isKind(came: string | undefined, asked: string): boolean {
  if (asked !== 'Exception') return came === asked;
  return came !== undefined && came !== 'SystemExit' && came !== 'KeyboardInterrupt';
}

/** The value that the test asks for, as data. */
function askedValue(test: CheckTest, outcome: Outcome): PythonData | null {
  if (test.expectPython !== undefined) return outcome.expected;
  const { expect } = test;
  if (expect === undefined) return null;
  if (expect === null) return { type: 'None' };
  if (typeof expect === 'boolean') return { type: 'bool', value: expect };
  if (typeof expect === 'string') return { type: 'str', text: expect };
  const whole = Number.isInteger(expect);
  return { type: whole ? 'int' : 'float', text: String(expect) };
}

/** Whether two values are the same to a reader: 1 and 1.0 are, True and 1 are not, (1, 2) and [1, 2] are not. */
export function same(asked: PythonData, came: PythonData): boolean {
  if (isNumber(asked) && isNumber(came)) return sameNumber(asked.text, came.text);
  if (asked.type === 'dict' && came.type === 'dict') return samePairs(asked.pairs, came.pairs);
  if ('items' in asked && 'items' in came) {
    if (asked.type !== came.type || asked.items.length !== came.items.length) return false;
    if (asked.type === 'set' || asked.type === 'frozenset') {
      return sameBag(asked.items, came.items);
    }
    return asked.items.every((item, at) => {
      const other = came.items[at];
      return other !== undefined && same(item, other);
    });
  }
  // A function or an instance is never equal to a value that a test can write down.
  if (asked.type === 'function' || asked.type === 'other') return false;
  return JSON.stringify(asked) === JSON.stringify(came);
}

function isNumber(data: PythonData): data is Extract<PythonData, { type: 'int' | 'float' }> {
  return data.type === 'int' || data.type === 'float';
}

function sameNumber(asked: string, came: string): boolean {
  if (asked === came) return true;
  // Number() does not read Python's `inf` and `nan`; those are equal only as text.
  const a = Number(asked);
  const b = Number(came);
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  // Integers beyond 2**53 are equal only digit by digit.
  const bothWhole = /^-?\d+$/.test(asked) && /^-?\d+$/.test(came);
  if (bothWhole) return false;
  return Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a), Math.abs(b));
}

function samePairs(
  asked: readonly (readonly [PythonData, PythonData])[],
  came: readonly (readonly [PythonData, PythonData])[],
): boolean {
  const asItems = (pairs: readonly (readonly [PythonData, PythonData])[]): PythonData[] =>
    pairs.map(([key, value]) => ({ type: 'tuple', items: [key, value] }));
  return asked.length === came.length && sameBag(asItems(asked), asItems(came));
}

/** Every item of one has its own partner in the other, in any order. */
function sameBag(asked: readonly PythonData[], came: readonly PythonData[]): boolean {
  const left = [...came];
  return (
    asked.length === came.length &&
    asked.every((item) => {
      const at = left.findIndex((other) => same(item, other));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    })
  );
}

function failure(test: CheckTest, outcome: Outcome, index: number): Failure {
  return {
    index,
    setup: test.setup ?? null,
    call: test.call ?? null,
    isRule: test.code !== undefined,
    came: cameText(test, outcome),
    asked: askedText(test, outcome),
    why: test.why ?? null,
    where: whereRaised(outcome),
  };
}

function whereRaised({ error }: Outcome): string | null {
  const last = error?.frames.at(-1);
  return last === undefined ? null : `line ${last.line} of ${last.file}`;
}

function cameText(test: CheckTest, outcome: Outcome): string {
  switch (outcome.how) {
    case 'value':
      if (test.prints !== undefined) return outcome.printed === '' ? 'nothing' : outcome.printed;
      if (test.code !== undefined && outcome.value?.type === 'str') return outcome.value.text;
      return outcome.value === null ? 'nothing' : dataText(outcome.value);
    case 'raised':
      return errorText(outcome);
    case 'time-limit':
      return 'no answer in the time that a check has';
    case 'output-limit':
      return 'more output than a check may print';
    case 'stopped':
      return 'no answer before the stop';
    case 'crashed':
      return 'Python itself broke here, and starts again';
    default:
      return 'not run: an earlier check did not end by itself';
  }
}

function errorText(outcome: Outcome): string {
  const { error } = outcome;
  if (error === null) return 'an exception';
  return error.message === '' ? error.type : `${error.type}: ${error.message}`;
}

function askedText(test: CheckTest, outcome: Outcome): string {
  if (test.raises !== undefined) return `an exception: ${test.raises}`;
  if (test.prints !== undefined) return test.prints;
  if (test.code !== undefined) return test.code.asked;
  if (test.expectPython !== undefined) return test.expectPython.trim();
  const asked = askedValue(test, outcome);
  return asked === null ? 'nothing' : dataText(asked);
}

/** A value as Python writes it. */
export function dataText(data: PythonData): string {
  switch (data.type) {
    case 'None':
      return 'None';
    case 'bool':
      return data.value ? 'True' : 'False';
    case 'int':
    case 'float':
    case 'function':
    case 'other':
      return data.text;
    case 'str':
      return quoted(data.text);
    case 'bytes':
      return `bytes.fromhex('${data.text}')`;
    case 'dict':
      return `{${data.pairs.map(([key, value]) => `${dataText(key)}: ${dataText(value)}`).join(', ')}}`;
    default:
      return itemsText(data.type, data.items.map(dataText));
  }
}

function itemsText(type: 'list' | 'tuple' | 'set' | 'frozenset', items: readonly string[]): string {
  const inside = items.join(', ');
  if (type === 'list') return `[${inside}]`;
  if (type === 'tuple') return items.length === 1 ? `(${inside},)` : `(${inside})`;
  const braces = items.length === 0 ? 'set()' : `{${inside}}`;
  return type === 'set' ? braces : `frozenset(${items.length === 0 ? '' : braces})`;
}

/** Python's quotes: single ones, unless the text has a single quote and no double one. */
function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** Names that the learner chose do not count: two programs with other names go wrong in the same way. */
function shortly(test: CheckTest, outcome: Outcome): string {
  if (outcome.how === 'raised') return `${outcome.during}:${raisedShortly(outcome)}`;
  if (outcome.how !== 'value') return outcome.how;
  // Three changed lines too many or four: it goes wrong in the same way.
  if (test.code !== undefined) return 'rule';
  const { value } = outcome;
  const printed = trimmed(outcome.printed);
  const text = value === null ? '' : value.type === 'function' ? 'function' : dataText(value);
  return printed === '' ? `=${text}` : `=${text} printed ${JSON.stringify(printed)}`;
}

/** `TypeError inside 'bool' object`: whether the learner's own lines ran, and which kind of thing did not fit. */
function raisedShortly({ error }: Outcome): string {
  const where = error !== null && error.frames.length > 0 ? ['inside'] : [];
  const kind = /^'\w+' object/.exec(error?.message ?? '') ?? [];
  return [error?.type ?? '?', ...where, ...kind].join(' ');
}

function trimmed(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}

/** A wrong answer that the author foresaw, with the signature that `check` recorded for it. */
export interface KnownWrong {
  readonly id: string;
  readonly signature: string;
}

/**
 * Which foreseen wrong answer a program is like. First by all tests alike; else by the first failing test
 * alone, if only one foreseen answer fails there in the same way. Null when it is like none. @public */
export function recognize(signature: string, known: readonly KnownWrong[]): string | null {
  const whole = known.find((each) => each.signature === signature);
  if (whole !== undefined) return whole.id;
  const first = firstFailure(signature);
  const alike = known.filter((each) => firstFailure(each.signature) === first);
  return first !== null && alike.length === 1 ? (alike[0]?.id ?? null) : null;
}

function firstFailure(signature: string): string | null {
  const parts = signature.split(' | ');
  const at = parts.findIndex((part) => part !== 'ok');
  return at < 0 ? null : `${at} ${parts[at]}`;
}
