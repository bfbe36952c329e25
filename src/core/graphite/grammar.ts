// Target text -> expression, as graphite-web reads it.
//
//   expr     := (template | call | path) ( "|" call )*
//   call     := name "(" [ args [ "," named args ] ] ")"
//   template := "template(" (call | path) [ "," values ] ")"
//   path     := element ( "." element )*      element := run of path characters and {a,b} groups
//
// Reading starts at the front and stops where nothing more fits: what is left is ignored, so
// "scale(a.b" is the path "scale". Blanks may stand between parts, never inside a path.

import { assert } from '../base/assert.ts';
import { bad, good, type Result } from '../base/result.ts';
import type {
  Argument,
  CallExpression,
  Expression,
  Literal,
  NamedArgument,
  TemplateExpression,
} from './expression.ts';

/** Deepest nesting of calls; a deeper target would end the parser's own call stack. */
export const EXPRESSION_DEPTH_MAX = 100;

/** Longest target, in characters. */
export const TARGET_LENGTH_MAX = 20_000;

export function parseTarget(target: string): Result<Expression> {
  const parsed = parseTargetAndRest(target);
  return parsed.ok ? good(parsed.value.expression) : parsed;
}

export interface ParsedTarget {
  readonly expression: Expression;
  /** What stands behind it and was not read, and where it begins, in characters from 0. */
  readonly rest: string;
  readonly restAt: number;
}

export function parseTargetAndRest(target: string): Result<ParsedTarget> {
  if (target.length > TARGET_LENGTH_MAX)
    return bad(`The target has ${target.length} characters; ${TARGET_LENGTH_MAX} are allowed.`);
  const reader: Reader = { text: target, at: 0, depth: 0, isTooDeep: false };
  const expression = readExpression(reader);
  if (reader.isTooDeep)
    return bad(`The target nests more than ${EXPRESSION_DEPTH_MAX} calls: "${start(target)}".`);
  if (!expression) return bad(`A target must begin with a path or a function: "${start(target)}".`);
  skipBlanks(reader);
  return good({ expression, rest: target.slice(reader.at), restAt: reader.at });
}

interface Reader {
  readonly text: string;
  at: number;
  depth: number;
  isTooDeep: boolean;
}

const SHOWN_MAX = 60;

function start(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}

// Every read function gives null, with the position where it was, when its part does not stand here.

function readExpression(reader: Reader): Expression | null {
  if (reader.depth >= EXPRESSION_DEPTH_MAX) {
    reader.isTooDeep = true;
    return null;
  }
  reader.depth++;
  let expression: Expression | null =
    readTemplate(reader) ?? readCall(reader, null) ?? readPath(reader);
  while (expression) {
    const piped = readPipe(reader, expression);
    if (!piped) break;
    expression = piped;
  }
  reader.depth--;
  return expression;
}

function readPipe(reader: Reader, first: Expression): CallExpression | null {
  const before = reader.at;
  if (take(reader, '|')) {
    const call = readCall(reader, first);
    if (call) return call;
  }
  reader.at = before;
  return null;
}

function readCall(reader: Reader, piped: Expression | null): CallExpression | null {
  const before = reader.at;
  skipBlanks(reader);
  const sourceStart = reader.at;
  const name = takeName(reader);
  if (name !== null && take(reader, '(')) {
    const list = readArguments(reader);
    if (list && take(reader, ')')) {
      const args = piped ? [piped, ...list.args] : list.args;
      const source = reader.text.slice(sourceStart, reader.at);
      return { kind: 'call', name, args, named: list.named, source, at: sourceStart };
    }
  }
  reader.at = before;
  return null;
}

interface ArgumentList {
  readonly args: readonly Argument[];
  readonly named: readonly NamedArgument[];
}

// Named arguments come last, and only after a plain one.
function readArguments(reader: Reader): ArgumentList | null {
  const args: Argument[] = [];
  const named: NamedArgument[] = [];
  do {
    const pair = readNamed(reader);
    if (pair) {
      if (args.length === 0) return null;
      named.push(pair);
      continue;
    }
    const value = named.length === 0 ? readArgument(reader) : null;
    if (value) args.push(value);
    else return args.length === 0 ? { args, named } : null;
  } while (take(reader, ','));
  return { args, named };
}

function readNamed(reader: Reader): NamedArgument | null {
  const before = reader.at;
  const name = takeName(reader);
  if (name !== null && take(reader, '=')) {
    const value = readArgument(reader);
    if (value) return { name, value };
  }
  reader.at = before;
  return null;
}

function readArgument(reader: Reader): Argument | null {
  return readWord(reader) ?? readNumber(reader) ?? readText(reader) ?? readExpression(reader);
}

function readTemplate(reader: Reader): TemplateExpression | null {
  const before = reader.at;
  if (takePattern(reader, /template/y) !== null && take(reader, '(')) {
    const body = readCall(reader, null) ?? readPath(reader);
    const values = body ? readTemplateValues(reader) : null;
    if (body && values && take(reader, ')')) return { kind: 'template', body, values };
  }
  reader.at = before;
  return null;
}

// Values are all named, or all without names: those are called 1, 2, ...
function readTemplateValues(reader: Reader): ReadonlyMap<string, Literal> | null {
  const values = new Map<string, Literal>();
  if (!take(reader, ',')) return values;
  let isNamed: boolean | null = null;
  do {
    const before = reader.at;
    let name = takeName(reader);
    if (name === null || !take(reader, '=')) {
      reader.at = before;
      name = null;
    }
    if (isNamed !== null && isNamed !== (name !== null)) return null;
    isNamed = name !== null;
    const value = readNumber(reader) ?? readText(reader);
    if (!value) return null;
    values.set(name ?? String(values.size + 1), value);
  } while (take(reader, ','));
  return values;
}

const WORD = /(?:true|false|none|inf)(?![A-Za-z0-9_$])/iy;

function readWord(reader: Reader): Literal | null {
  const word = takePattern(reader, WORD)?.toLowerCase();
  if (word === undefined) return null;
  if (word === 'none') return { kind: 'none' };
  if (word === 'inf') return { kind: 'number', value: Infinity, whole: false };
  return { kind: 'flag', on: word === 'true' };
}

// "5" is a number only where the argument ends after it; "5min" and "5.a" are paths.
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE]-?\d+)?(?=[ \t\r\n]*(?:[,)]|$))/y;

function readNumber(reader: Reader): Literal | null {
  const digits = takePattern(reader, NUMBER);
  if (digits === null) return null;
  return { kind: 'number', value: Number(digits), whole: /^-?\d+$/.test(digits) };
}

// A backslash keeps the next character from ending the text, and stays in it.
const QUOTED = /"(?:[^"\n\r\\]|""|\\[\s\S])*"|'(?:[^'\n\r\\]|''|\\[\s\S])*'/y;

function readText(reader: Reader): Literal | null {
  const quoted = takePattern(reader, QUOTED);
  return quoted === null ? null : { kind: 'text', text: quoted.slice(1, -1) };
}

// All printable ASCII but the characters ( ) { } , . ' " \ | ; a backslash takes one of those in.
const PLAIN = String.raw`[!#-&*+\-\/-\[\]-z~]`;
const ELEMENT = String.raw`(?:${PLAIN}|\\[(){},.'"\\|=])+`;
const NODE = String.raw`(?:${ELEMENT}|\{${ELEMENT}(?:,${ELEMENT})*\})+`;
const PATH = new RegExp(String.raw`${NODE}(?:\.${NODE})*`, 'y');

function readPath(reader: Reader): Expression | null {
  const text = takePattern(reader, PATH);
  if (text === null) return null;
  return { kind: 'path', path: text.replace(/\\([(){},.'"\\|=])/g, '$1') };
}

function takeName(reader: Reader): string | null {
  return takePattern(reader, /[A-Za-z_][A-Za-z0-9_]*/y);
}

function take(reader: Reader, sign: string): boolean {
  const before = reader.at;
  skipBlanks(reader);
  if (reader.text.startsWith(sign, reader.at)) {
    reader.at += sign.length;
    return true;
  }
  reader.at = before;
  return false;
}

function takePattern(reader: Reader, pattern: RegExp): string | null {
  assert(pattern.sticky, 'patterns of the grammar match at one place only');
  const before = reader.at;
  skipBlanks(reader);
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (!found) {
    reader.at = before;
    return null;
  }
  reader.at += found[0].length;
  return found[0];
}

function skipBlanks(reader: Reader): void {
  while (' \t\r\n'.includes(reader.text.charAt(reader.at)) && reader.at < reader.text.length)
    reader.at++;
}
