// npm run build: dist/ from the sources.

import { checkNode, installIfNeeded } from './deps.mjs';
import { buildIfNeeded } from './build-all.mjs';

checkNode();
installIfNeeded();
buildIfNeeded();
