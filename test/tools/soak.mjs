// npm run soak: the same suites with the full counts.

import { checkNode, installIfNeeded, run } from './deps.mjs';

checkNode();
installIfNeeded();
process.env.STACKLAB_TIER = 'soak';
const { buildIfNeeded } = await import('./build-all.mjs');
buildIfNeeded();
const projects = ['core', 'node', 'course', 'site', 'engines', 'peers'].flatMap((name) => [
  '--project',
  name,
]);
process.exit(run('vitest', ['run', '--config', 'test/vitest.config.ts', ...projects]));
