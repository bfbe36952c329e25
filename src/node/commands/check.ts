// `stacklab check`: runs all lessons and labs and says what is not as it is written.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import type { Place } from './place.ts';

interface Options {
  readonly json?: boolean;
  readonly record?: boolean;
  readonly claims?: boolean;
}

export function addCheck(program: Command, place: Place): void {
  program
    .command('check')
    .description('runs all lessons and labs, and compares with what their authors wrote')
    .argument('[path]', 'a lesson, a lab, or a folder with lessons/ and labs/', '.')
    .option('--json', 'the report as JSON')
    .option('--claims', 'each rule, near miss and quoted message, with what shows it')
    .option('--record', 'write what was seen to recorded.json')
    .action((path: string, options: Options) => run(path, options, place));
}

async function run(path: string, options: Options, place: Place): Promise<void> {
  const { check } = await import('../check/check.ts');
  const { claimLines, summaryLines } = await import('../check/numbers.ts');
  const { findingText } = await import('../check/report.ts');
  const { makeNodePython } = await import('../python.ts');
  const checked = await check({
    path,
    record: options.record ?? false,
    python: () =>
      makeNodePython({
        threadUrl: pathToFileURL(join(place.folder, 'python-thread.js')),
        pyodideDir: join(place.folder, 'site', 'py'),
        sourceDir: join(place.folder, 'python'),
      }),
    say: (line) => console.error(line),
  });
  if (!checked.ok) {
    console.error(checked.why);
    process.exitCode = 1;
    return;
  }
  const { ran, findings, warnings } = checked.value;
  if (options.json) console.log(JSON.stringify(checked.value, null, 2));
  else {
    for (const warning of warnings) console.log(`${findingText(warning)} (warning)`);
    for (const finding of findings) console.log(findingText(finding));
    if (options.claims) for (const line of claimLines(checked.value)) console.log(line);
    for (const line of summaryLines(checked.value)) console.log(line);
    console.log(`${ran} things run, ${findings.length} findings, ${warnings.length} warnings`);
  }
  if (findings.length > 0) process.exitCode = 1;
}
