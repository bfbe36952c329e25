// input() with somebody at the keyboard: the program waits, gets what is typed, and can be stopped meanwhile.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import type { RunResult } from '../../src/python/results.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

/** Runs it, and types these lines as they are asked for; then the input ends. */
async function typing(code: string, lines: readonly (string | null)[]): Promise<RunResult> {
  const left = [...lines];
  return python.run(code, { onAsk: (answer) => answer(left.shift() ?? null) });
}

it('gives the program what is typed, and shows it where a terminal would', async () => {
  const { text } = await typing('name = input("Name: ")\nprint(f"Hello {name}")', ['Ada']);
  expect(text).toBe('Name: Ada\nHello Ada\n');
});

it('takes letters of every alphabet, an empty line, and a long one', async () => {
  const long = 'ä'.repeat(10_000);
  const { text } = await typing('for _ in range(3): print(len(input()))', [
    'Zoë 東京 🩺',
    '',
    long,
  ]);
  expect(text).toBe(`Zoë 東京 🩺\n8\n\n0\n${long}\n10000\n`);
});

it('ends the input where the reader ends it', async () => {
  const { ending, text } = await typing('import sys\nprint([*sys.stdin])\ninput()', ['1', '2']);
  expect(text).toBe("1\n2\n['1\\n', '2\\n']\n");
  expect(ending.error?.type).toBe('EOFError');
  expect(ending.error?.message).toContain('the input has ended');
});

it('takes the lines that were given first', async () => {
  const asked: string[] = [];
  const result = await python.run('print(input() + input())', {
    input: ['a'],
    onAsk: (answer) => {
      asked.push('asked');
      answer('b');
    },
  });
  expect(result.text).toBe('a\nb\nab\n');
  expect(asked).toEqual(['asked']);
});

it('stops a program that waits, and answers to it come too late', async () => {
  let late: (line: string) => void = () => undefined;
  const result = await python.run('try:\n    input()\nexcept Exception:\n    pass', {
    onAsk(answer) {
      late = answer;
      python.stop();
    },
  });
  expect(result.ending.how).toBe('stopped');
  late('too late');
  expect((await typing('print(input())', ['in time'])).text).toBe('in time\nin time\n');
});

it('waits for as long as the reader takes', async () => {
  const result = await python.run('print(input())', {
    onAsk: (answer) => void setTimeout(() => answer('slowly'), 180),
  });
  expect(result.text).toBe('slowly\nslowly\n');
});

it('has nothing to read where nobody sits at the keyboard', async () => {
  const { ending } = await python.run('input()');
  expect(ending.error?.message).toContain('nobody at the keyboard');
});
