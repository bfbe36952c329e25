// The last line of .ci/run: how many tests passed and failed in all suites.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './deps.mjs';

const [checks = '1', peers = '1'] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const name of ['tests', 'peers']) {
  const path = join(root, 'node_modules/.cache/results', `${name}.json`);
  if (!existsSync(path)) continue;
  const result = JSON.parse(readFileSync(path, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
}
// A check that is no test (format, types, lint), or a suite that did not start, counts as one failure.
const isRed = checks !== '0' || peers !== '0';
if (isRed && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exit(isRed ? 1 : 0);
