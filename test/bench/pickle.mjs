// How fast pickled points are read, by our reader and by the way in which Carbon does it in Python.
//
//   node test/bench/pickle.mjs

import { build } from 'vite';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

// In one file, as in dist: Vite's runner would look up each name at each use, and that is half of the time.
const outDir = `${root}node_modules/.cache/bench`;
const rolldownOptions = { input: `${root}test/bench/pickle.ts` };
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  build: { ssr: true, outDir, emptyOutDir: true, target: 'node20', rolldownOptions },
});
const { measure } = await import(`${outDir}/pickle.js`);
console.log(machine());
for (const { name, ours, python } of await measure()) {
  // Round by round: what else the machine does meets both.
  const ratio = median(ours.map((each, round) => each / python[round]));
  console.log(`${name}: ${shown(ours)}, Python ${shown(python)}, ${ratio.toFixed(1)} x`);
}

function shown(pointsPerS) {
  const millions = (value) => (value / 1_000_000).toFixed(2);
  const all = pointsPerS.length;
  return `${millions(median(pointsPerS))} million points/s (median of ${all}, best ${millions(Math.max(...pointsPerS))})`;
}
