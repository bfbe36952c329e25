// How long a simulated hour of three computers takes, in Node and in a worker of Chromium.
//
//   node test/bench/hour.mjs
//
// The measuring is TypeScript, which Node 20 does not read: Vite runs it.

import { runnerImport } from 'vite';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const { module } = await runnerImport(`${root}test/bench/hour.ts`, { root, configFile: false });
console.log(machine());
for (const { where, hours } of await module.measure()) {
  const first = hours.map(({ durationsMs }) => durationsMs[0]);
  const later = hours.flatMap(({ durationsMs }) => durationsMs.slice(1));
  console.log(`${where}: the first hour ${shown(first)}, a later one ${shown(later)}`);
}

function shown(durationsMs) {
  const seconds = (durationMs) => (durationMs / 1000).toFixed(2);
  return `${seconds(median(durationsMs))} s (best ${seconds(Math.min(...durationsMs))} s)`;
}
