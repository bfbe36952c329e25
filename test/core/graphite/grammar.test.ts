import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Argument, Expression } from '../../../src/core/graphite/expression.ts';
import { EXPRESSION_DEPTH_MAX, parseTarget } from '../../../src/core/graphite/grammar.ts';

// Recorded from graphite-web: a target, and what it was taken for.
const golden = readFileSync(new URL('../../golden/graphite/grammar.txt', import.meta.url), 'utf8');
const CASES = 56;

/** The expression in the words of the recording; pipes are folded there as they are here. */
function shown(argument: Argument): string {
  switch (argument.kind) {
    case 'path':
      return `PATH<${argument.path}>`;
    case 'template':
      return 'TPL(...)';
    case 'number':
      if (argument.value === Infinity) return 'inf';
      return `num:${argument.value}`;
    case 'text':
      return `str:${argument.text}`;
    case 'flag':
      return `bool:${argument.on}`;
    case 'none':
      return 'none';
    default: {
      const named = argument.named.map((pair) => `${pair.name}=${shown(pair.value)}`);
      const args = argument.args.map(shown).join(',');
      return `CALL ${argument.name}(${args}${named.length > 0 ? `;kw ${named.join(',')}` : ''})`;
    }
  }
}

// The recording shows pipes beside their input; here they are folded into calls.
const FOLDED: Readonly<Record<string, string>> = {
  'PATH<a> | CALL f() | CALL g(num:1)': 'CALL g(CALL f(PATH<a>),num:1)',
  'CALL f(PATH<a> | CALL g(),PATH<b>)': 'CALL f(CALL g(PATH<a>),PATH<b>)',
};

/** The recorded words with pipes folded, quotes dropped, exponents read. */
function expected(recorded: string): string {
  return (FOLDED[recorded] ?? recorded)
    .replace(/num:\['(.*?)'\]/g, (_, digits: string) => `num:${Number(digits)}`)
    .replace(/str:"((?:[^"\\]|\\.)*)"/g, 'str:$1')
    .replace(/str:'([^']*)'/g, 'str:$1');
}

describe('a target', () => {
  const cases = golden.split('\n').flatMap((line) => {
    const found = /^(['"])(.*)\1 +((?:PATH|CALL|TPL|EXC).*)$/.exec(line);
    if (!found) return [];
    const target = (found[2] ?? '').replace(/\\(['\\])/g, '$1');
    return [[target, found[3] ?? ''] as const];
  });

  test('the recording is read whole', () => expect(cases.length).toBe(CASES));

  test.each(cases)('%j is %s', (target, recorded) => {
    const parsed = parseTarget(target);
    if (recorded.startsWith('EXC')) expect(parsed).toMatchObject({ ok: false });
    else expect(parsed.ok && shown(parsed.value)).toBe(expected(recorded));
  });
});

test('a template keeps its values by name, or by place when they have none', () => {
  expect(valuesOf('template(f(a.$x), x="1", y=2)')).toEqual(['x', 'y']);
  expect(valuesOf('template(f(a.$1), "1", 2)')).toEqual(['1', '2']);
});

function valuesOf(target: string): readonly string[] {
  const parsed = parseTarget(target);
  if (!parsed.ok || parsed.value.kind !== 'template') return [];
  return [...parsed.value.values.keys()];
}

test('a deep nest is refused in words, a shallow one is read', () => {
  const nest = (depth: number): string => `${'f('.repeat(depth)}a${')'.repeat(depth)}`;
  expect(parseTarget(nest(EXPRESSION_DEPTH_MAX - 1))).toMatchObject({ ok: true });
  expect(parseTarget(nest(EXPRESSION_DEPTH_MAX + 1))).toMatchObject({ ok: false });
});

test('named arguments inside named arguments are read in one pass', () => {
  const depth = 40;
  const target = `${'f(a,x='.repeat(depth)}1${')'.repeat(depth)}`;
  const parsed = parseTarget(target);
  expect(parsed.ok && depthOf(parsed.value)).toBe(depth);
});

function depthOf(expression: Expression): number {
  if (expression.kind !== 'call') return 0;
  const value = expression.named[0]?.value;
  return 1 + (value?.kind === 'call' ? depthOf(value) : 0);
}
