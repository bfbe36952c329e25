// Arguments of a call, put to the parameters they belong to and read as the type these want.

import { assert } from '../base/assert.ts';
import { parsePythonFloat } from '../base/number.ts';
import { bad, good, type Result } from '../base/result.ts';
import { parseInterval } from '../time/interval.ts';
import type { Literal } from './expression.ts';
import type { Param } from './render-function.ts';
import type { Series } from './series.ts';
import { valueText, type Value } from './value.ts';

/** Arguments by the name of their parameter. Asking for a type the parameter does not have is a bug. */
export interface BoundArguments {
  /** Every series given, from all lists of a repeated parameter. */
  list(name: string): readonly Series[];
  /** The lists of a repeated parameter, one an argument. */
  lists(name: string): readonly (readonly Series[])[];
  number(name: string): number;
  text(name: string): string;
  flag(name: string): boolean;
  /** The argument or the default; null when neither is there, or it is None. */
  optional(name: string): Value | null;
  optionalNumber(name: string): number | null;
  /** Plain values of a repeated parameter. */
  literals(name: string): readonly Literal[];
}

export function bindArguments(
  functionName: string,
  params: readonly Param[],
  args: readonly Value[],
  named: readonly (readonly [name: string, value: Value])[],
): Result<BoundArguments> {
  const bound = new Map<string, Value[]>();

  for (const [index, value] of args.entries()) {
    const last = params.at(-1);
    const param = params[index] ?? (last?.isMultiple ? last : undefined);
    if (!param)
      return bad(`${functionName} takes ${params.length} arguments; ${args.length} were given`);
    const read = readAs(param, value);
    if (!read.ok) return bad(`${functionName}: ${read.why}`);
    bound.set(param.name, [...(bound.get(param.name) ?? []), read.value]);
  }
  for (const [name, value] of named) {
    const param = params.find((one) => one.name === name);
    if (!param) return bad(`${functionName} has no parameter "${name}"`);
    if (bound.has(name)) return bad(`${functionName} got its parameter "${name}" twice`);
    const read = readAs(param, value);
    if (!read.ok) return bad(`${functionName}: ${read.why}`);
    bound.set(name, [read.value]);
  }
  for (const param of params) {
    if (param.isRequired && !bound.has(param.name))
      return bad(`${functionName} needs a value for its parameter "${param.name}"`);
    // None where a default exists means the default.
    const isMissing = bound.get(param.name)?.[0]?.kind === 'none' || !bound.has(param.name);
    if (param.default && isMissing) bound.set(param.name, [param.default]);
  }
  return good(makeBoundArguments(bound));
}

function makeBoundArguments(bound: ReadonlyMap<string, readonly Value[]>): BoundArguments {
  const all = (name: string): readonly Value[] => bound.get(name) ?? [];

  function optional(name: string): Value | null {
    const value = all(name)[0];
    return value === undefined || value.kind === 'none' ? null : value;
  }
  function lists(name: string): readonly (readonly Series[])[] {
    return all(name).map((value) => {
      assert(value.kind === 'series', `parameter ${name} is a list of series`);
      return value.series;
    });
  }
  function optionalNumber(name: string): number | null {
    const value = optional(name);
    if (!value) return null;
    assert(value.kind === 'number', `parameter ${name} is a number`);
    return value.value;
  }
  return {
    lists,
    list: (name) => lists(name).flat(),
    optional,
    optionalNumber,
    number(name) {
      const value = optionalNumber(name);
      assert(value !== null, `parameter ${name} has a value`);
      return value;
    },
    text(name) {
      const value = optional(name);
      assert(value?.kind === 'text', `parameter ${name} is a text`);
      return value.text;
    },
    flag(name) {
      const value = optional(name);
      if (!value) return false;
      assert(value.kind === 'flag', `parameter ${name} is true or false`);
      return value.on;
    },
    literals: (name) => all(name).filter((value) => value.kind !== 'series'),
  };
}

/** `value` as the type of `param`, or why it is not one. */
function readAs(param: Param, value: Value): Result<Value> {
  const wrong = (): Result<Value> =>
    bad(`the parameter "${param.name}" is of type ${param.type}, and ${shown(value)} is not`);

  if (param.type === 'any') return good(value);
  if (param.type === 'seriesList' || param.type === 'seriesLists')
    return value.kind === 'series' ||
      (value.kind === 'none' && !param.isRequired && param.type === 'seriesList')
      ? good(value)
      : wrong();
  if (value.kind === 'series') return wrong();
  if (value.kind === 'none') return param.isRequired ? wrong() : good(value);
  return readLiteral(param, value) ?? wrong();
}

function readLiteral(param: Param, value: Literal): Result<Value> | null {
  switch (param.type) {
    case 'float':
      return readFloat(value);
    case 'integer':
    case 'node':
      return readInteger(value);
    case 'intOrInf':
      return value.kind === 'number' && value.value === Infinity ? good(value) : readInteger(value);
    case 'nodeOrTag':
      return value.kind === 'number' ? readInteger(value) : readString(value);
    case 'boolean':
      return readBoolean(value);
    case 'interval':
      return readInterval(value);
    case 'intOrInterval':
      return value.kind === 'number' ? readInteger(value) : readInterval(value);
    default:
      return readString(value);
  }
}

function readFloat(value: Literal): Result<Value> | null {
  if (value.kind === 'number') return good({ kind: 'number', value: value.value, whole: false });
  const read = value.kind === 'text' ? parsePythonFloat(value.text) : null;
  return read === null ? null : good({ kind: 'number', value: read, whole: false });
}

// A number with a fraction is refused, not cut: a wrong result is worse than an error.
function readInteger(value: Literal): Result<Value> | null {
  if (value.kind === 'number' && value.whole) return good(value);
  if (value.kind === 'text' && /^[+-]?\d+$/.test(value.text))
    return good({ kind: 'number', value: Number(value.text), whole: true });
  return null;
}

function readBoolean(value: Literal): Result<Value> | null {
  if (value.kind === 'flag') return good(value);
  const word = valueText(value).toLowerCase();
  if (word === 'true' || word === '1') return good({ kind: 'flag', on: true });
  if (word === 'false' || word === '0') return good({ kind: 'flag', on: false });
  return null;
}

function readInterval(value: Literal): Result<Value> | null {
  if (value.kind !== 'text') return null;
  const length = parseInterval(value.text);
  return length.ok ? good(value) : length;
}

// A number where a text belongs is taken as its digits: alias(a.b,5).
function readString(value: Literal): Result<Value> | null {
  return good({ kind: 'text', text: valueText(value) });
}

function shown(value: Value): string {
  if (value.kind === 'series') return 'a list of series';
  return value.kind === 'text' ? `"${value.text}"` : valueText(value);
}
