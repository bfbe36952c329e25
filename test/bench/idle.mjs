// What the whole stack of this machine costs at its usual interval of 10 s: processor time and memory of `up`.
//
//   npm run build && node test/bench/idle.mjs        Linux; takes two and a half minutes

import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { machine } from './figures.mjs';
import { startStack } from './stack.mjs';

/** The start is not what it costs from then on. */
const WARM_UP_MS = 30_000;
const MEASURED_MS = 120_000;
const CLOCK_TICK_MS = 10;

const stack = await startStack();

/** User and system time of the process, in milliseconds. */
function processorMs() {
  const fields = readFileSync(`/proc/${stack.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
}

function residentMiB() {
  const status = readFileSync(`/proc/${stack.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

try {
  await wait(WARM_UP_MS);
  const before = processorMs();
  await wait(MEASURED_MS);
  const percent = ((processorMs() - before) / MEASURED_MS) * 100;
  console.log(
    `up, idle: ${percent.toFixed(2)} % of a core, ${residentMiB().toFixed(0)} MiB (${machine()})`,
  );
} finally {
  await stack.end();
}
