// How long the solver of chapter 11 takes in the page: 50 puzzles of 32 clues, and every grid that the chapter shows.
//
//   node test/bench/sudoku.mjs

import { runnerImport } from 'vite';
import { root } from '../tools/deps.mjs';
import { machine, median } from './figures.mjs';

const { module } = await runnerImport(`${root}test/bench/sudoku.ts`, { root, configFile: false });
console.log(machine());
const { easy, shown } = await module.measure();
for (const [name, runs] of Object.entries({ easy, shown })) {
  const tookMs = runs.map(([ms]) => ms);
  const sumMs = tookMs.reduce((sum, ms) => sum + ms, 0);
  const solved = runs.filter(([, isSolved]) => isSolved).length;
  console.log(
    `${name}: ${solved} of ${runs.length} solved in ${(sumMs / 1000).toFixed(2)} s, median ${median(tookMs).toFixed(0)} ms, slowest ${Math.max(...tookMs).toFixed(0)} ms`,
  );
}
