// Checks one lab by doing it in a simulated world: every solution must satisfy its own task.

import { makeApp } from '../../api/app.ts';
import { makeStackStore } from '../../api/stack-store.ts';
import { encodeUtf8 } from '../../core/base/text.ts';
import { runCheck, type AskSeries } from '../../lab/check.ts';
import { makePageWorld, PAGE_DEFAULTS, type PageWorld } from '../../lab/page-world.ts';
import { fullWindow, withSolution } from '../../lab/solution.ts';
import type { CompiledLab, LabTask } from '../../lesson/lab.ts';
import type { Reporter } from './report.ts';

const HOST = 'web1';
/** After a solution is put in, the world runs this long: six intervals and six flushes. */
const SETTLE_MS = 120_000;

export async function checkLab(lab: CompiledLab, conf: string, reporter: Reporter): Promise<void> {
  const page = makePageWorld({ ...PAGE_DEFAULTS, hostnames: [HOST], collectdConf: conf });
  const { clock } = page.world;
  const ask = asker(page);
  for (const task of lab.tasks) {
    const { id } = task;
    clock.run(clock.now() + SETTLE_MS);
    const before = await verdict(task, '', ask);
    reporter.expect(!before, id, 'it is done before anybody has done anything. Ask for more');
    const answer = task.solution.replaceAll('$host', HOST);
    putIn(page, task, conf, answer);
    clock.run(clock.now() + SETTLE_MS);
    const isAnswered = task.check.kind === 'path' || task.check.kind === 'count';
    reporter.ran({ kind: 'task', by: id, text: '' });
    reporter.expect(
      await verdict(task, isAnswered ? answer : '', ask),
      id,
      `the solution ${answer} does not satisfy the task. Change one of them`,
    );
  }
}

async function verdict(task: LabTask, answer: string, ask: AskSeries): Promise<boolean> {
  const { check, near, done } = task;
  return (await runCheck({ check, near, done, answer, host: HOST, ask })).done;
}

function putIn(page: PageWorld, task: LabTask, conf: string, solution: string): void {
  if (task.check.kind === 'families') page.configure(withSolution(conf, solution) ?? conf);
  else if (task.check.kind === 'sum')
    page.world.net.send({ host: '127.0.0.1', port: 8125 }, encodeUtf8(solution));
}

function asker(page: PageWorld): AskSeries {
  const { clock } = page.world;
  const app = makeApp({ store: makeStackStore(page.stack), clock, tags: page.tags });
  return async (target, overS) => {
    const { fromS, untilS } = fullWindow(clock.now(), overS);
    const query = new URLSearchParams({
      target,
      format: 'json',
      from: String(fromS),
      until: String(untilS),
    });
    const response = await app.fetch(new Request(`http://localhost/render?${query.toString()}`));
    return response.ok ? ((await response.json()) as Awaited<ReturnType<AskSeries>>) : [];
  };
}
