// Python in the page: how soon it is ready beside a plain loadPyodide, how soon it stops and is there again, and
// how long a grading takes. In Chromium.
//
//   node test/bench/python.mjs

import { runnerImport } from 'vite';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const { module } = await runnerImport(`${root}test/bench/python.ts`, { root, configFile: false });
console.log(machine());
const { plain, first, later, restart, stops, gradings } = await module.measure();
console.log(`plain loadPyodide: ${shown(plain)}`);
console.log(`first visit: ${shown(first)}, ${ratio(first, plain)} x`);
console.log(`later visit: ${shown(later)}, ${ratio(later, plain)} x`);
console.log(`again after a kill: ${shown(restart)}, ${ratio(restart, plain)} x`);
for (const [where, runs] of Object.entries(stops))
  console.log(`stop of ${where}: ${shown(runs)}, slowest ${Math.max(...runs).toFixed(0)} ms`);
console.log(`grading: ${shown(gradings)}, ${gradings.length} exercises`);

function ratio(ours, theirs) {
  return (median(ours) / median(theirs)).toFixed(2);
}

function shown(durationsMs) {
  return `${median(durationsMs).toFixed(0)} ms (best ${Math.min(...durationsMs).toFixed(0)} ms)`;
}
