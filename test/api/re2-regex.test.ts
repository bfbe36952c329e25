import { describe, expect, test } from 'vitest';
import { re2Regex } from '../../src/api/re2-regex.ts';

function replace(pattern: string, template: string, text: string): unknown {
  const compiled = re2Regex.compile(pattern);
  if (!compiled.ok) return compiled;
  const replaced = compiled.value.replace(text, template);
  return replaced.ok ? replaced.value : replaced;
}

// What Python's re.sub(pattern, template, text) gives.
describe('a replacement is what Python makes of it', () => {
  test.each([
    ['(^.*$)', String.raw`\1 A`, 'a.b.c', 'a.b.c A'],
    [String.raw`a\.(.)`, String.raw`X\1`, 'a.b.c', 'Xb.c'],
    [String.raw`(\w+)\.(\w+)`, String.raw`\2-\1`, 'a.b.c.d', 'b-a.d-c'],
    ['(?P<host>[^.]+)$', String.raw`<\g<host>>`, 'web.one', 'web.<one>'],
    ['(o)', String.raw`\g<1>0`, 'foo', 'fo0o0'],
    ['b', String.raw`\\`, 'abc', String.raw`a\c`],
    ['b', '$1 $& %', 'abc', 'a$1 $& %c'],
    ['b', String.raw`\n`, 'abc', 'a\nc'],
    ['x*', '-', 'abc', '-a-b-c-'],
    ['(.*)', String.raw`[\1]`, 'abc', '[abc][]'],
    ['(a)|b', String.raw`<\1>`, 'ab', '<a><>'],
    [String.raw`c\Z`, 'x', 'cc', 'cx'],
    ['(?i)B', 'x', 'abc', 'axc'],
    ['é', 'e', 'café', 'cafe'],
    ['^a', 'x', 'aaa', 'xaa'],
    [String.raw`\bb`, 'x', 'ab b', 'ab x'],
  ])('%s -> %s in %s', (pattern, template, text, expected) => {
    expect(replace(pattern, template, text)).toBe(expected);
  });
});

test('a group that is not there, and a backslash before a letter, are refused in words', () => {
  expect(replace('(a)', String.raw`\2`, 'a')).toMatchObject({ ok: false });
  expect(replace('(a)', String.raw`\g<no>`, 'a')).toMatchObject({ ok: false });
  expect(replace('(a)', String.raw`\q`, 'a')).toMatchObject({ ok: false });
});

test.each(['(?=a)', '(?!a)', '(?<=a)b', '(?<!a)b'])('%s is refused in words', (pattern) => {
  const compiled = re2Regex.compile(pattern);
  expect(compiled.ok ? '' : compiled.why).toMatch(/looks ahead or behind, which is not offered/);
});

test('a back-reference and a pattern that is none are refused in words', () => {
  for (const pattern of [String.raw`(a)\1`, '(', '*', 'a{5000}', 'x'.repeat(2000)])
    expect(re2Regex.compile(pattern)).toMatchObject({ ok: false });
});

test('a pattern that makes backtracking engines run for ever ends', () => {
  const compiled = re2Regex.compile('(a+)+$');
  expect(compiled.ok && compiled.value.test(`${'a'.repeat(5000)}b`)).toBe(false);
});

test('a named group is not taken for a look behind', () => {
  expect(replace('(?<first>a)', String.raw`\g<first>!`, 'abc')).toBe('a!bc');
});
