// The stack in the page: the same core and the same API as on a machine, over a simulated world.

import { makeApp } from '../api/app.ts';
import { EVENTS_FILE, openEventLog } from '../core/events/event-log.ts';
import { makeStackStore } from '../api/stack-store.ts';
import {
  FLUSH_INTERVAL_MS,
  LAB_START_MS,
  makePageWorld,
  PAGE_DEFAULTS,
  type PageWorld,
} from '../lab/page-world.ts';
import type { FromStack, StackFacts, ToStack } from '../lab/stack-messages.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Wall time between two turns of the simulated clock. */
const TURN_MS = 100;
/** Simulated events in one turn, so that a request never waits long. */
const EVENTS_PER_TURN_MAX = 20_000;

let running: { page: PageWorld; app: ReturnType<typeof makeApp>; rate: number } | null = null;

self.addEventListener('message', ({ data }: MessageEvent<ToStack>) => {
  if (data.kind === 'start') return start(data);
  if (running === null) return;
  const { page } = running;
  if (data.kind === 'request') void answer(data.id, data.path);
  else if (data.kind === 'rate') running.rate = data.rate;
  else if (data.kind === 'step') {
    page.world.clock.run(page.world.clock.now() + data.stepMs);
    post({ kind: 'facts', facts: factsOf(page) });
  } else if (data.kind === 'send') {
    const port = data.to === 'statsd' ? 8125 : 2003;
    page.world.net.send({ host: '127.0.0.1', port }, data.packet);
  } else {
    const result = page.configure(data.collectdConf);
    const text = JSON.stringify(result);
    post({ kind: 'answer', id: data.id, status: result.ok ? 200 : 400, text });
    post({ kind: 'facts', facts: factsOf(page) });
  }
});

function start(message: ToStack & { kind: 'start' }): void {
  const warmUpMs = message.warmUpMinutes * 60_000;
  const startMs = (message.startMs === 0 ? LAB_START_MS : message.startMs) - warmUpMs;
  const page = makePageWorld({
    seed: message.seed,
    startMs,
    hostnames: message.hostnames,
    collectdConf: message.collectdConf ?? PAGE_DEFAULTS.collectdConf,
  });
  page.world.clock.run(startMs + warmUpMs);
  const { clock, files, log } = page.world;
  const events = openEventLog(files, EVENTS_FILE, log);
  const app = makeApp({ store: makeStackStore(page.stack), clock, tags: page.tags, events });
  running = { page, app, rate: message.rate };
  post({ kind: 'ready', facts: factsOf(page) });
  setInterval(turn, TURN_MS);
}

function turn(): void {
  if (running === null || running.rate === 0) return;
  const { clock } = running.page.world;
  clock.run(clock.now() + TURN_MS * running.rate, EVENTS_PER_TURN_MAX);
  post({ kind: 'facts', facts: factsOf(running.page) });
}

async function answer(id: number, path: string): Promise<void> {
  if (running === null) return;
  const response = await running.app.fetch(new Request(`http://localhost${path}`));
  post({ kind: 'answer', id, status: response.status, text: await response.text() });
}

function factsOf({ world, stack, collectdConf }: PageWorld): StackFacts {
  const { metricsReceived, committedPoints } = stack.carbon.stats();
  return {
    nowMs: world.clock.now(),
    nextFlushMs: nextFlush(stack.statsd.stats().startedS, world.clock.now()),
    metricsReceived,
    committedPoints,
    collectdConf: collectdConf(),
    counters: [...stack.statsd.tally().counters].map(([key, { sum }]) => [key, sum]),
  };
}

/** Flushes keep the phase of the second in which StatsD started. */
function nextFlush(startedS: number, nowMs: number): number {
  const flushes = Math.floor((nowMs - startedS * 1000) / FLUSH_INTERVAL_MS) + 1;
  return startedS * 1000 + flushes * FLUSH_INTERVAL_MS;
}

function post(message: FromStack): void {
  self.postMessage(message);
}
