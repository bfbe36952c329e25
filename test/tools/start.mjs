// npm start: installs and builds what is missing or old, then runs the stack in this process.

import { checkNode, installIfNeeded, root } from './deps.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

checkNode();
installIfNeeded();
const { buildIfNeeded } = await import('./build-all.mjs');
buildIfNeeded();
process.argv.splice(1, Infinity, join(root, 'dist/stacklab.js'), 'up', ...process.argv.slice(2));
await import(pathToFileURL(join(root, 'dist/stacklab.js')).href);
