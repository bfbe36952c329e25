// npm test: everything that can be proved without other monitoring programs.

import { checkNode, fail, installIfNeeded, run } from './deps.mjs';

checkNode();
installIfNeeded();
const { provideChromium } = await import('./chromium.mjs');
const { buildIfNeeded } = await import('./build-all.mjs');

const browser = provideChromium();
if (browser === null)
  fail(
    'No Chromium found. Install Chromium, Chrome or Edge (Debian: sudo apt-get update && sudo apt-get install -y chromium) or set CHROMIUM_PATH.',
  );
process.env.CHROMIUM_PATH = browser;

/** @type {[name: string, program: string, args: string[]][]} */
const steps = [
  [
    'format',
    'prettier',
    [
      '--check',
      '--log-level',
      'warn',
      '--ignore-path',
      'test/.prettierignore',
      '--ignore-path',
      '.gitignore',
      '.',
    ],
  ],
  ['types', 'tsc', ['-b']],
  ['lint', 'oxlint', ['-c', 'test/oxlint.json', 'src', 'site', 'test']],
  ['unused code', 'knip', []],
];
for (const [name, program, args] of steps) {
  console.log(`- ${name}`);
  if (run(program, args) !== 0) fail(`The check "${name}" failed; the lines above say where.`);
}
buildIfNeeded();
console.log('- tests');
const projects = ['core', 'node', 'course', 'site', 'engines'].flatMap((name) => [
  '--project',
  name,
]);
const results = ['--reporter', 'default', '--reporter', 'json'];
results.push('--outputFile.json', 'node_modules/.cache/results/tests.json');
process.exit(run('vitest', ['run', '--config', 'test/vitest.config.ts', ...projects, ...results]));
