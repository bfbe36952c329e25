// What a picture costs: fib(18) with its steps written down beside fib(18) alone, in the page's Python in Chromium; the
// bytes of that trace; and the time of one step in the diagram at its end.
//
//   npm run build && node test/bench/trace.mjs

import { machine, median } from './figures.mjs';
import { runInPage, startStack } from './stack.mjs';

const RUNS = 9;
const STEPS = 40;
const FIB = `def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

print(fib(18))
`;
const CELL = 'ward-log';
const stack = await startStack();
const { browser, page } = await runInPage(
  `${stack.url}lessons/every-kind/names-and-links/`,
  CELL,
  FIB,
  watchWorkers,
);
try {
  const traced = [];
  const plain = [];
  for (let run = 0; run < RUNS; run++) {
    traced.push(await page.evaluate(runOnce, true));
    plain.push(await page.evaluate(runOnce, false));
  }
  const { bytes, steps } = traced[0];
  const extra = median(traced.map((each, at) => each.ms - plain[at].ms));
  const view = page.locator('.trace-view');
  await view.getByRole('button', { name: 'Last step' }).click();
  const step = await page.evaluate(stepBack, STEPS);
  const of = machine();
  console.log(
    `fib(18) with ${steps} steps written down: ${round(traced)} ms, alone ${round(plain)} ms`,
  );
  console.log(`so a trace costs ${extra.toFixed(0)} ms (median of ${RUNS}; ${of})`);
  console.log(`its JSON: ${(bytes / 1000).toFixed(0)} kB`);
  console.log(
    `one step at its end: ${step.median.toFixed(1)} ms, slowest ${step.slowest.toFixed(1)} ms (${STEPS} steps)`,
  );
} finally {
  await browser.close();
  await stack.end();
}

function round(runs) {
  return median(runs.map(({ ms }) => ms)).toFixed(0);
}

/** Keeps the page's Python at hand: the first worker, asked without the page; the second is its spare. */
function watchWorkers() {
  const Real = window.Worker;
  window.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      if (String(given[0]).includes('python')) window.benchPython ??= this;
    }
  };
}

/** From the message to the worker until its answer is here, so that JSON and the copy are in it. */
function runOnce(isTraced) {
  const code = document.querySelector('.code-input').value;
  const watch = isTraced ? { view: 'environment', of: null } : null;
  const message = {
    kind: 'run',
    id: -1,
    code,
    file: 'main.py',
    files: {},
    packages: [],
    command: null,
    input: [],
    isLive: false,
    watch,
    recursionMax: null,
  };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const answer = ({ data }) => {
      if (data.kind === 'fatal') reject(new Error(data.why));
      if (data.kind !== 'done') return;
      window.benchPython.removeEventListener('message', answer);
      const ms = performance.now() - began;
      const bytes = JSON.stringify(data.trace).length;
      resolve({ ms, bytes, steps: data.trace?.steps.length ?? 0 });
    };
    window.benchPython.addEventListener('message', answer);
    window.benchPython.postMessage(message);
  });
}

/** From the press of Back until the picture stands in the page and is laid out. */
async function stepBack(count) {
  const view = document.querySelector('.trace-view');
  const back = [...view.querySelectorAll('.stepper button')].find((each) =>
    each.textContent.includes('Back'),
  );
  const took = [];
  for (let at = 0; at < count; at++) {
    const before = view.querySelector('.step-words strong').textContent;
    const began = performance.now();
    back.click();
    while (view.querySelector('.step-words strong').textContent === before) await Promise.resolve();
    document.body.getBoundingClientRect();
    took.push(performance.now() - began);
    await new Promise(requestAnimationFrame);
  }
  took.sort((one, two) => one - two);
  return { median: took[Math.floor(count / 2)], slowest: took[count - 1] };
}
