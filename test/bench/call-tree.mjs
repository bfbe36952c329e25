// What a large call tree costs in the page: the time until 2000 calls are laid out and stand in the picture, and the work of the main thread in each frame while the picture is panned, read from a performance trace.
//
//   npm run build && node test/bench/call-tree.mjs

import { machine, median } from './figures.mjs';
import { runInPage, startStack } from './stack.mjs';

const DRAWN = 15;
const PANS = 120;
const PAN_PX = 90;
const CATEGORIES = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
];
/** 11 calls that run and 1998 that the table answers: more that run would be cut at 5000 steps. */
const PROGRAM = `from functools import cache

@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

fib(10)
for _ in range(199):
    ${Array.from({ length: 10 }, (_, at) => `fib(${at + 1})`).join(' + ')}
`;
const CELL = 'fib-plain';
const stack = await startStack();
const { browser, page } = await runInPage(
  `${stack.url}lessons/every-kind/call-tree/`,
  CELL,
  PROGRAM,
);
try {
  const view = page.locator('.trace-view').first();
  await view.getByRole('button', { name: 'Last step' }).click();
  const calls = await view.locator('.step-words').innerText();
  const drawn = await page.evaluate(drawAll, DRAWN);
  await view.locator('.call-tree-box').scrollIntoViewIfNeeded();
  const place = await view.locator('.call-tree-box').boundingBox();
  await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  await browser.startTracing(page, { categories: CATEGORIES });
  for (let at = 0; at < PANS; at++) {
    await page.mouse.wheel(at < PANS / 2 ? PAN_PX : -PAN_PX, 0);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const { frames, longest } = workByFrame(JSON.parse(String(await browser.stopTracing())));
  const of = machine();
  console.log(
    `${calls.replaceAll('\n', ' ')}\ndrawn: ${median(drawn).toFixed(0)} ms, slowest ${Math.max(...drawn).toFixed(0)} ms (${DRAWN} times; ${of})`,
  );
  console.log(
    `panning: 95 % of ${frames.length} frames need at most ${frames[Math.floor(frames.length * 0.95)].toFixed(1)} ms of the main thread, longest task ${longest.toFixed(1)} ms`,
  );
} finally {
  await browser.close();
  await stack.end();
}

/** From the press of "Show the picture" until the tree with all its calls is laid out anew and stands in the page. */
async function drawAll(count) {
  const view = document.querySelector('.trace-view');
  const took = [];
  for (let at = 0; at < count; at++) {
    const named = (name) =>
      [...view.querySelectorAll('button')].find((each) => each.textContent.includes(name));
    named('Read as text').click();
    await new Promise((done) => setTimeout(done, 100));
    const began = performance.now();
    named('Show the picture').click();
    while (view.querySelector('.tree-call') === null) await Promise.resolve();
    document.body.getBoundingClientRect();
    took.push(performance.now() - began);
  }
  return took;
}

/** What the page's main thread worked between one frame and the next, in ms of its own time, sorted; its longest task by the clock. */
function workByFrame({ traceEvents }) {
  const main = traceEvents.find(({ name }) => name === 'BeginMainThreadFrame');
  const own = traceEvents.filter(({ pid, tid }) => pid === main.pid && tid === main.tid);
  const starts = own.filter(({ name }) => name === main.name).map(({ ts }) => ts);
  starts.sort((one, two) => one - two);
  const tasks = own.filter(
    ({ name, ts }) => name === 'ThreadControllerImpl::RunTask' && ts >= starts[0] - 1,
  );
  const frames = starts
    .slice(0, -1)
    .map((from, at) =>
      tasks
        .filter(({ ts }) => ts >= from - 1 && ts < starts[at + 1])
        .reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0),
    );
  return {
    frames: frames.sort((a, b) => a - b),
    longest: Math.max(...tasks.map(({ dur = 0 }) => dur / 1000)),
  };
}
