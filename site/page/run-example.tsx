// Runs a target over the series of the examples, in the page: loaded when the first one is run.

import { render } from 'preact';
import { re2Regex } from '../../src/api/re2-regex.ts';
import { exampleSvg, runExample } from './example-graph.ts';
import { ResultTable } from './result-table.tsx';

/** A target that computes longer is given up: the page stands still meanwhile. */
const RUN_MS_MAX = 2000;

/** Null when the pictures and the table are new; else what is wrong with the target. */
export function showExample(target: string): string | null {
  const endMs = performance.now() + RUN_MS_MAX;
  const run = runExample(target, re2Regex, () => performance.now() > endMs);
  if (!run.ok) return run.why;
  const { before, after } = run.value;
  const beforeFigure = document.getElementById('before');
  if (beforeFigure) beforeFigure.hidden = before.length === 0;
  put('before', exampleSvg(before, 'before-'));
  put('after', exampleSvg(after, 'after-'));
  const result = document.getElementById('result');
  if (result) render(<ResultTable series={after} />, result);
  return null;
}

function put(id: string, svg: string): void {
  const place = document.querySelector(`#${id} .picture`);
  // All that came from the reader is escaped in it.
  if (place) place.innerHTML = svg;
}
