// npm run dev: for authors. The site with the lessons as they are on disk; a save shows at once.
//
//   npm run dev                what check sees is for the open pages alone
//   npm run dev -- --record    it goes into recorded.json too

import { checkNode, installIfNeeded, root } from './deps.mjs';
import { join } from 'node:path';

const PORT = 8090;

checkNode();
installIfNeeded();
const { buildIfNeeded } = await import('./build-all.mjs');
buildIfNeeded({ withLessons: false });
const { runnerImport } = await import('vite');
const { module } = await runnerImport(join(root, 'site/build/dev.ts'), { root, configFile: false });
const record = process.argv.includes('--record');
const port = Number(process.env.PORT ?? PORT);
const dev = await module.startDev({ root, content: root, record, port, say: console.log });
console.log(`ready    ${dev.url}    save a lesson.md and look; Ctrl-C ends it`);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => void dev.close().finally(() => process.exit(0)));
