// A stack that runs in this page, in a worker of its own.

import type { FromStack, StackFacts, ToStack } from '../../src/lab/stack-messages.ts';
import StackWorker from '../../src/browser/stack-worker.ts?worker';
import type { Answer, Source } from './source.ts';

export interface PageStack extends Source {
  readonly place: 'page';
  /** The newest facts; `listen` is told whenever they change. */
  facts(): StackFacts;
  onFacts(listen: (facts: StackFacts) => void): () => void;
  setRate(rate: number): void;
  step(stepMs: number): void;
  /** Gives the collector another collectd.conf; the text of the answer says what is wrong with it. */
  configure(collectdConf: string): Promise<Answer>;
  close(): void;
}

export interface PageStackOptions {
  readonly warmUpMinutes: number;
  readonly rate: number;
  readonly collectdConf?: string;
  readonly hostnames?: readonly string[];
  /** Milliseconds since 1970; left out: a lab's usual morning. */
  readonly startMs?: number;
}

export function makePageStack(options: PageStackOptions): Promise<PageStack> {
  const worker = new StackWorker({ name: 'stack' });
  const listeners = new Set<(facts: StackFacts) => void>();
  const waiting = new Map<number, (answer: Answer) => void>();
  let facts: StackFacts | null = null;
  let lastId = 0;
  const post = (message: ToStack): void => worker.postMessage(message);

  function ask(make: (id: number) => ToStack): Promise<Answer> {
    const id = ++lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      post(make(id));
    });
  }

  function stackOf(first: StackFacts): PageStack {
    return {
      place: 'page',
      request: (path) => ask((id) => ({ kind: 'request', id, path })),
      send: (to, packet) => post({ kind: 'send', to, packet }),
      now: () => (facts ?? first).nowMs,
      facts: () => facts ?? first,
      onFacts(listen) {
        listeners.add(listen);
        return () => void listeners.delete(listen);
      },
      setRate: (rate) => post({ kind: 'rate', rate }),
      step: (stepMs) => post({ kind: 'step', stepMs }),
      configure: (collectdConf) => ask((id) => ({ kind: 'configure', id, collectdConf })),
      close: () => worker.terminate(),
    };
  }

  return new Promise((resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.addEventListener('message', ({ data }: MessageEvent<FromStack>) => {
      if (data.kind === 'answer') {
        waiting.get(data.id)?.({ status: data.status, text: data.text });
        waiting.delete(data.id);
        return;
      }
      facts = data.facts;
      if (data.kind === 'ready') resolve(stackOf(data.facts));
      for (const listen of listeners) listen(data.facts);
    });
    post({
      kind: 'start',
      seed: 7,
      startMs: options.startMs ?? 0,
      hostnames: options.hostnames ?? ['web1', 'web2', 'records'],
      collectdConf: options.collectdConf ?? null,
      warmUpMinutes: options.warmUpMinutes,
      rate: options.rate,
    });
  });
}
