// Programs of several files: which file a failed check and a traceback name, and which files hide something.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

describe('an error names', () => {
  const TESTS = [{ call: 'f()', expect: 1 }];

  it.each([
    ['the program', 'def f():\n    return 1 / 0', '', 'line 2 of vitals.py'],
    ['a further file', 'from helper import f', 'def f():\n    return 1 / 0', 'line 2 of helper.py'],
    ['a file that does not parse', 'from helper import f', 'x = 1\ndef f(:', 'line 2 of helper.py'],
  ])('%s, when it is graded', async (_, code, helper, where) => {
    const options = { file: 'vitals.py', files: { 'helper.py': helper } };
    const { verdict } = await python.grade(code, TESTS, options);
    expect(verdict.first?.where).toBe(where);
  });

  it('the program by its own name, when it runs', async () => {
    const { ending, text } = await python.run('import sys\nprint(sys.argv)\n1 / 0', {
      file: 'vitals.py',
    });
    expect(ending.error?.traceback).toContain('File "vitals.py", line 3');
    expect(text).toBe("['vitals.py']\n");
  });
});

it.each([
  ['json.py', 'ours'],
  ['sys.py', 'theirs'],
  ['os.py', 'theirs'],
])('the file %s: an import finds %s, as on a desk', async (name, found) => {
  const module = name.replace('.py', '');
  const code = `import ${module} as module\nprint(getattr(module, "x", "theirs"))`;
  expect((await python.run(code, { files: { [name]: 'x = "ours"' } })).text).toBe(`${found}\n`);
  expect((await python.run('import json\nprint(json.dumps([]))')).text).toBe('[]\n');
});
