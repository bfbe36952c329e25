// A program with blanks: filled, read back, and cut into coloured parts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filledProgram, partsOf, typedIn } from '../../src/lesson/blanks.ts';

const AROUND = ['def f(x):\n    return ', ' + ', '\n'];

describe('a program with blanks', () => {
  it('has ___ in a blank where nothing was typed', () => {
    expect(filledProgram(AROUND, ['x', ' '])).toBe('def f(x):\n    return x + ___\n');
    expect(filledProgram(AROUND, [])).toBe('def f(x):\n    return ___ + ___\n');
  });

  it('is read back: what is in its blanks', () => {
    expect(typedIn(AROUND, 'def f(x):\n    return x + ___\n')).toEqual(['x', '']);
    expect(typedIn(['a[', '] = (', ')'], 'a[b[0]] = ((1))')).toEqual(['b[0]', '(1)']);
  });

  it('is no other program', () => {
    expect(typedIn(AROUND, 'def g(x):\n    return x + 1\n')).toBeNull();
    expect(typedIn(AROUND, 'def f(x):\n    return x\n\n + 1\n')).toBeNull();
  });

  it('stays the same program, whatever was typed, when it is read back and filled again', () => {
    const fixed = fc.string({ minLength: 1, unit: fc.constantFrom('a', '(', ')', '.', '\n', '$') });
    const typed = fc.string({ unit: fc.constantFrom('a', '(', ')', '_', '.', '$', ' ') });
    fc.assert(
      fc.property(fc.array(fc.tuple(fixed, typed), { minLength: 2, maxLength: 5 }), (pairs) => {
        const around = pairs.map(([text]) => text);
        const program = filledProgram(
          around,
          pairs.slice(1).map(([, text]) => text),
        );
        const read = typedIn(around, program);
        expect(read).not.toBeNull();
        expect(filledProgram(around, read ?? [])).toBe(program);
      }),
      { seed: 20, numRuns: 500 },
    );
  });
});

describe('the parts of a program with blanks', () => {
  it('are its words in their colours, and the numbers of its blanks', () => {
    expect(partsOf(AROUND)).toEqual([
      [
        { kind: 'keyword', text: 'def' },
        { kind: 'plain', text: ' ' },
        { kind: 'call', text: 'f' },
        { kind: 'plain', text: '(' },
        { kind: 'plain', text: 'x' },
        { kind: 'plain', text: '):' },
      ],
      [
        { kind: 'plain', text: '    ' },
        { kind: 'keyword', text: 'return' },
        { kind: 'plain', text: ' ' },
        0,
        { kind: 'plain', text: ' + ' },
        1,
      ],
      [],
    ]);
  });

  it('are two where a blank lies inside a word', () => {
    expect(partsOf(['name = "', ' B"'])[0]?.slice(-3)).toEqual([
      { kind: 'string', text: '"' },
      0,
      { kind: 'string', text: ' B"' },
    ]);
    expect(partsOf(['make_', '_label()'])[0]).toEqual([
      { kind: 'call', text: 'make_' },
      0,
      { kind: 'call', text: '_label' },
      { kind: 'plain', text: '()' },
    ]);
  });

  it('are the whole program, each blank once', () => {
    const around = ['"""', '\n', '"""  # ', '\nf(', ', ', ')'];
    const parts = partsOf(around);
    const text = parts
      .map((line) => line.map((part) => (typeof part === 'number' ? '___' : part.text)).join(''))
      .join('\n');
    expect(text).toBe(filledProgram(around, []));
    expect(parts.flat().filter((part) => typeof part === 'number')).toEqual([0, 1, 2, 3, 4]);
  });
});
