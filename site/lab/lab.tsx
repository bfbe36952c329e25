// A lab: the stages at work, the tasks, and what the stack stored.

import { useComputed, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { runCheck } from '../../src/lab/check.ts';
import { followPacket, followReading, type Followed } from '../../src/lab/follow.ts';
import { fullWindow, withSolution } from '../../src/lab/solution.ts';
import type { LabTask } from '../../src/lesson/lab.ts';
import type { LabEntry } from '../page/course-data.ts';
import { Icon } from '../page/icon.tsx';
import { progress, recordItem } from '../page/progress.ts';
import { findChoices, renderTargets } from '../dashboard/render.ts';
import { Clock } from './clock.tsx';
import { LabPanel } from './lab-panel.tsx';
import { Names } from './names.tsx';
import type { PageStack } from './page-stack.ts';
import { PythonCell } from './python-cell.tsx';
import type { Source } from './source.ts';
import { Stages } from './stages.tsx';
import type { PagePython } from '../lesson/python.ts';

export interface LabProps {
  readonly lab: LabEntry;
  /** Null where no stack serves the page: then the lab runs in the page only. */
  readonly machine: Source | null;
  /** Starts a stack in the page, with the collectd.conf of the lab. */
  readonly startPage: (collectdConf: string) => Promise<PageStack>;
  readonly python: PagePython;
}

type Place = 'page' | 'machine';

/** Where the reader's collectd.conf is kept: `code` is the file in use, `answer` the text being written. */
const confId = (lab: LabEntry): string => `lab:${lab.id}/conf`;

export function LabView({ lab, machine, startPage, python }: LabProps) {
  const place = useSignal<Place>('page');
  const page = useSignal<PageStack | null>(null);
  const round = useSignal(0);

  useSignalEffect(() => {
    void round.value;
    let started: PageStack | null = null;
    let isOver = false;
    void startPage(progress().items[confId(lab)]?.code ?? lab.confText).then((stack) => {
      if (isOver) return stack.close();
      started = stack;
      page.value = stack;
    });
    return () => {
      isOver = true;
      started?.close();
      page.value = null;
    };
  });

  const source = place.value === 'machine' ? machine : page.value;
  return (
    <>
      <div class="lab-head">
        <div class="switch" role="group" aria-label="Where the lab runs">
          <button
            type="button"
            aria-pressed={place.value === 'page'}
            onClick={() => (place.value = 'page')}
          >
            <Icon name="panelTop" />
            In this page
          </button>
          <button
            type="button"
            aria-pressed={place.value === 'machine'}
            onClick={() => (place.value = 'machine')}
          >
            <Icon name="laptop" />
            On this machine
          </button>
        </div>
      </div>
      {source === null ? (
        place.value === 'machine' ? (
          <p class="panel lab-note">
            No stack answers on this machine. Start it with <code>npx stacklab up</code>, or stay in
            this page.
          </p>
        ) : (
          <p class="panel lab-note">The stack in this page starts.</p>
        )
      ) : (
        <Bench
          key={`${place.value} ${round.value}`}
          lab={lab}
          source={source}
          python={python}
          page={place.value === 'page' ? page.value : null}
          reset={() => {
            recordItem(confId(lab), { code: null, answer: null });
            round.value++;
          }}
        />
      )}
    </>
  );
}

interface BenchProps {
  readonly lab: LabEntry;
  readonly source: Source;
  readonly python: PagePython;
  readonly page: PageStack | null;
  readonly reset: () => void;
}

function Bench({ lab, source, python, page, reset }: BenchProps) {
  const conf = useSignal(progress().items[confId(lab)]?.answer ?? page?.facts().collectdConf ?? '');
  const confSays = useSignal('');
  const packet = useSignal('');
  const host = useSignal('web1');
  const sent = useSignal<Followed | null>(null);
  const followed = useComputed(() => sent.value ?? followReading(host.value));
  const facts = useSignal(page?.facts() ?? null);
  useEffect(() => page?.onFacts((next) => (facts.value = next)), [page]);

  useEffect(() => {
    if (page !== null) return;
    const look = (): void =>
      void findChoices(source, 'collectd.*').then((names) => {
        if (names[0] !== undefined) host.value = names[0];
      });
    look();
    const timer = setInterval(look, 5000);
    return () => clearInterval(timer);
  }, [source]);

  // The same one at each drawing, or Python's cell would begin anew.
  const watched = useMemo((): Source => ({ ...source, send }), [source]);
  return (
    <>
      <section class="panel stages-panel" aria-label="The stages">
        <header>
          <h2>Follow one point</h2>
          <code class="packet-chip">{followed.value.packet?.text ?? followed.value.metric}</code>
          {page !== null && facts.value !== null && <Clock page={page} facts={facts.value} />}
        </header>
        <div class="bench">
          <Stages source={source} followed={followed} facts={facts.value} />
        </div>
      </section>
      <div class="lab-columns">
        <Tasks lab={lab} source={source} host={host} solve={solve} reset={reset} />
        <div class="lab-right">
          {page !== null && (
            <section class="panel lab-box" aria-label="collectd.conf">
              <header>
                <h2>collectd.conf</h2>
                <button type="button" class="button" onClick={() => void useConf()}>
                  Use this file
                </button>
              </header>
              <textarea
                class="conf mono"
                aria-label="Text of collectd.conf"
                spellcheck={false}
                rows={14}
                value={conf.value}
                onInput={(event) => {
                  conf.value = event.currentTarget.value;
                  recordItem(confId(lab), { answer: conf.value });
                }}
              />
              <p role="status" class="says">
                {confSays.value}
              </p>
            </section>
          )}
          <section class="panel lab-box" aria-label="Send a packet">
            <header>
              <h2>Send a packet to StatsD</h2>
            </header>
            <form
              class="packet"
              onSubmit={(event) => {
                event.preventDefault();
                send('statsd', new TextEncoder().encode(packet.value));
              }}
            >
              <input
                class="mono"
                aria-label="Packet"
                placeholder="name:number|type"
                value={packet.value}
                onInput={(event) => (packet.value = event.currentTarget.value)}
              />
              <button type="submit" class="button">
                Send
              </button>
            </form>
            <LabPanel source={source} />
          </section>
          <section class="panel lab-box" aria-label="Send it from Python">
            <header>
              <h2>Send it from Python</h2>
              <span class="about">The same packet, from a program</span>
            </header>
            <PythonCell id={`lab:${lab.id}/send`} python={python} source={watched} />
          </section>
          <Names source={source} host={host} />
        </div>
      </div>
    </>
  );

  /** What the reader sends is what the stages follow from then on. */
  function send(to: 'statsd' | 'carbon', bytes: Uint8Array): void {
    source.send(to, bytes);
    if (to === 'statsd') sent.value = followPacket(new TextDecoder().decode(bytes)) ?? sent.peek();
  }

  async function useConf(): Promise<void> {
    if (page === null) return;
    const answer = await page.configure(conf.value);
    const result = JSON.parse(answer.text) as { ok: boolean; why?: string; value?: string[] };
    if (!result.ok) confSays.value = result.why ?? '';
    else if (result.value && result.value.length > 0) confSays.value = result.value.join(' ');
    else confSays.value = 'The collector reads by this file now.';
    if (result.ok) recordItem(confId(lab), { code: conf.peek(), answer: conf.peek() });
  }

  /** Puts the solution where the learner would put it. */
  function solve(task: LabTask, setAnswer: (text: string) => void): void {
    const text = task.solution.replaceAll('$host', host.peek());
    if (task.check.kind === 'families') {
      conf.value = withSolution(conf.value, text) ?? withSolution(lab.confText, text) ?? conf.value;
      void useConf();
    } else if (task.check.kind === 'sum') {
      packet.value = text;
      send('statsd', new TextEncoder().encode(text));
    } else setAnswer(text);
  }
}

interface TasksProps {
  readonly lab: LabEntry;
  readonly source: Source;
  readonly host: Signal<string>;
  readonly solve: (task: LabTask, setAnswer: (text: string) => void) => void;
  readonly reset: () => void;
}

function Tasks({ lab, source, host, solve, reset }: TasksProps) {
  return (
    <section class="panel tasks" aria-label="Tasks">
      <header>
        <h2>Tasks</h2>
        <button type="button" class="button quiet" onClick={reset}>
          <Icon name="reset" />
          Reset lab
        </button>
      </header>
      <ol>
        {lab.tasks.map((task) => (
          <Task
            key={task.id}
            id={`lab:${lab.id}/${task.id}`}
            task={task}
            source={source}
            host={host}
            solve={solve}
          />
        ))}
      </ol>
    </section>
  );
}

interface TaskProps {
  readonly id: string;
  readonly task: LabTask;
  readonly source: Source;
  readonly host: Signal<string>;
  readonly solve: TasksProps['solve'];
}

function Task({ id, task, source, host, solve }: TaskProps) {
  const kept = progress().items[id];
  const state = useSignal(kept?.state ?? 'seen');
  const answer = useSignal(kept?.answer ?? '');
  const words = useSignal('');
  const hints = useSignal(0);
  const fieldId = useId();
  const label = 'label' in task.check ? task.check.label : null;
  const isDone = state.value === 'done';

  return (
    <li class="task" data-state={state.value}>
      <span class="mark" aria-hidden="true">
        {isDone && <Icon name="check" />}
      </span>
      <div>
        <h3>
          {task.title}
          {isDone && <span class="visually-hidden">, done</span>}
        </h3>
        <div class="prose" dangerouslySetInnerHTML={{ __html: task.html }} />
        {label !== null && (
          <p class="answer">
            <label for={fieldId}>{label}</label>
            <input
              id={fieldId}
              class="mono"
              value={answer.value}
              onInput={(event) => {
                answer.value = event.currentTarget.value;
                recordItem(id, { answer: answer.value });
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter') void check();
              }}
            />
          </p>
        )}
        <p class="task-actions">
          <button type="button" class="button" onClick={() => void check()}>
            Check
          </button>
          {hints.value < task.hints.length && (
            <button type="button" class="button quiet" onClick={() => hints.value++}>
              <Icon name="lightbulb" />
              {`Hint ${hints.value + 1} of ${task.hints.length}`}
            </button>
          )}
          <button type="button" class="button quiet" onClick={showSolution}>
            Solve this one for me
          </button>
        </p>
        {task.hints.slice(0, hints.value).map((hint, index) => (
          <p
            class="hint"
            // Compiled from lab.md with HTML switched off.
            dangerouslySetInnerHTML={{ __html: `Hint ${index + 1}: ${hint}` }}
          />
        ))}
        <p role="status" class="says">
          {words.value}
        </p>
      </div>
    </li>
  );

  function showSolution(): void {
    solve(task, (text) => (answer.value = text));
    recordItem(id, { state: 'shown', answer: answer.value });
    words.value = 'The solution is put in. Check it when the data had time to arrive.';
  }

  async function check(): Promise<void> {
    const verdict = await runCheck({
      check: task.check,
      near: task.near,
      done: task.done,
      answer: answer.value,
      host: host.peek(),
      ask: async (target, overS) => {
        const result = await renderTargets(
          source,
          [target],
          fullWindow(source.now(), overS),
          overS,
        );
        return result.ok ? result.value : [];
      },
    });
    words.value = verdict.words;
    state.value = verdict.done ? 'done' : state.value === 'done' ? 'done' : 'tried';
    const tries = (progress().items[id]?.tries ?? 0) + 1;
    recordItem(id, { state: state.value, tries, answer: answer.value });
  }
}
