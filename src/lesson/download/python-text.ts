// Values and tests of a lesson as Python.

import type { CheckTest } from '../../python/messages.ts';

/** A text as Python writes it: JSON's escapes are Python's too. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (each) => {
    const code = each.charCodeAt(0);
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

function pythonValue(value: null | boolean | number | string): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' ? String(value) : pythonText(value);
}

/** The statements that judge one test; null for what only the page can judge: a rule about how a program is written. */
export function testLines(test: CheckTest): readonly string[] | null {
  const { setup = '', call, code, input } = test;
  // Without a call the whole program's output is judged: it is over when its tests begin.
  if (code !== undefined || input !== undefined || call === undefined) return null;
  return [...setupLines(setup.trimEnd()), ...judgingLines({ ...test, call })];
}

function setupLines(setup: string): readonly string[] {
  if (setup === '') return [];
  // A text of several lines must not be indented.
  return /"""|'''/.test(setup) ? [`exec(${pythonText(setup)}, globals())`] : setup.split('\n');
}

function judgingLines({
  call,
  expect = null,
  expectPython,
  raises,
  prints,
  why,
}: CheckTest & { readonly call: string }): readonly string[] {
  const words = why === undefined ? '' : `, ${pythonText(why)}`;
  if (raises !== undefined) return [`with raising(${raises}):`, `    ${call}`];
  if (prints !== undefined)
    return [`assert printed(lambda: ${call}) == ${pythonText(prints.trim())}${words}`];
  return [`assert ${call} == (${expectPython ?? pythonValue(expect)})${words}`];
}
