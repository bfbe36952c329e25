// Packages that a lesson may use, and programs with a command line, in the shipped Python.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Python } from '../../src/python/client.ts';
import { startPython } from './thread.ts';

let python: Python;

beforeAll(async () => {
  python = await startPython();
});

afterAll(() => python.close());

const GREET = `import click

@click.command()
@click.option("--times", type=int, default=1)
@click.argument("name")
def greet(times, name):
    for _ in range(times):
        click.echo(f"Hello {name}")

if __name__ == "__main__":
    greet()
`;

describe('A program with a command line', () => {
  it.each([
    ['greet.py "Ada L" --times 2', 'Hello Ada L\nHello Ada L\n', 0],
    ['greet.py', 'Usage: greet.py [OPTIONS] NAME', 2],
    ['greet.py Ada --times x', "Invalid value for '--times'", 2],
  ])('answers %j as at a shell', async (command, words, code) => {
    const { text, ending } = await python.run(GREET, { packages: ['click'], command });
    expect(text).toContain(words);
    expect(ending).toMatchObject({ how: 'finished', exitCode: code });
  });

  it.each([
    ['import sys\nsys.exit(3)', 3, 'finished'],
    ['import sys\nsys.exit("no such file")', 1, 'finished'],
    ['1 / 0', 1, 'error'],
    ['import sys\nprint(sys.argv)', 0, 'finished'],
  ])('%j ends with the code %i', async (code, exitCode, how) => {
    const { ending } = await python.run(code, { command: "tool.py 'a b' c" });
    expect(ending).toMatchObject({ how, exitCode });
  });

  it('has no exit code when it was only run', async () => {
    expect((await python.run('import sys\nsys.exit(3)')).ending.exitCode).toBeNull();
  });
});

describe('A package', () => {
  it('is there for a program that asks for it, and when it is graded', async () => {
    const { verdict } = await python.grade(
      GREET.split('\n\nif ')[0] ?? '',
      [
        {
          setup: 'from click.testing import CliRunner',
          call: 'CliRunner().invoke(greet, ["Ada", "--times", "2"]).output',
          expect: 'Hello Ada\nHello Ada\n',
        },
        {
          setup: 'from click.testing import CliRunner',
          call: 'CliRunner().invoke(greet, ["Ada", "--times", "x"]).exit_code',
          expect: 2,
        },
      ],
      { packages: ['click'] },
    );
    expect(verdict.first).toBeNull();
  });
});
