// The client of Python with workers that only speak when the test says so: who is heard, who is ended, who follows.

import { describe, expect, it } from 'vitest';
import { makeClient, type Python } from '../../src/python/client.ts';
import type { DoneMessage, FromPython, ToPython } from '../../src/python/messages.ts';

interface FakeWorker {
  readonly heard: ToPython[];
  isEnded: boolean;
  say(message: FromPython): void;
}

function makePython(wantSpare: boolean): { python: Python; workers: FakeWorker[] } {
  const workers: FakeWorker[] = [];
  const python = makeClient({
    baseUrl: '/py/',
    sources: null,
    packageFolder: null,
    wantSnapshot: true,
    wantSpare,
    memoryBytesMax: 1,
    open(say) {
      const worker: FakeWorker = { heard: [], isEnded: false, say };
      workers.push(worker);
      return {
        post: (message) => worker.heard.push(message),
        end: () => (worker.isEnded = true),
      };
    },
    // Without shared memory every stop ends the worker.
    sharedBytes: () => null,
    after: () => () => undefined,
    nowMs: () => 0,
  });
  return { python, workers };
}

const READY: FromPython = { kind: 'ready', version: '3.14.2', fromSnapshot: false, tookMs: 1 };

function done(id: number): DoneMessage {
  const ending = { how: 'finished', words: '', line: null, error: null, exitCode: null } as const;
  return { kind: 'done', id, ending, trace: null, stats: { tookMs: 1, lines: 0, characters: 0 } };
}

/** Ready, with a snapshot, after one run. */
async function used(wantSpare: boolean): Promise<{ python: Python; workers: FakeWorker[] }> {
  const made = makePython(wantSpare);
  const ran = made.python.run('1');
  made.workers[0]?.say({ kind: 'snapshot', bytes: new ArrayBuffer(8) });
  made.workers[0]?.say(READY);
  made.workers[0]?.say(done(1));
  await ran;
  return made;
}

describe('A spare Python', () => {
  it('is opened after a run, from the snapshot, where there is memory for it', async () => {
    const { workers } = await used(true);
    expect(workers.length).toBe(2);
    expect(workers[1]?.heard[0]).toMatchObject({ kind: 'load', wantSnapshot: false });
    expect((await used(false)).workers.length).toBe(1);
  });

  it('takes the place of the one that was ended at once, and is followed by another', async () => {
    const { python, workers } = await used(true);
    workers[1]?.say(READY);
    const phases: string[] = [];
    python.subscribe(({ phase }) => phases.push(phase));
    const stopped = python.run('while True: pass');
    python.stop();
    expect((await stopped).ending.how).toBe('stopped');
    expect(workers[0]?.isEnded).toBe(true);
    expect(phases).toEqual(['running', 'ready']);
    expect(workers.length).toBe(3);
    const next = python.run('2');
    expect(workers[1]?.heard.at(-1)).toMatchObject({ kind: 'run', code: '2' });
    workers[1]?.say(done(3));
    expect((await next).ending.how).toBe('finished');
  });

  it('is not waited for when it is not ready yet', async () => {
    const { python, workers } = await used(true);
    const stopped = python.run('while True: pass');
    python.stop();
    await stopped;
    expect(workers[1]?.isEnded).toBe(true);
    expect(python.state().phase).toBe('loading');
    workers[2]?.say(READY);
    expect(python.state().phase).toBe('ready');
  });

  it('that breaks is let go, and the Python that runs hears nothing of it', async () => {
    const { python, workers } = await used(true);
    workers[1]?.say({ kind: 'fatal', why: 'no memory' });
    expect(workers[1]?.isEnded).toBe(true);
    expect(python.state()).toMatchObject({ phase: 'ready', why: null });
  });

  it('is ended with the page', async () => {
    const { python, workers } = await used(true);
    python.close();
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });
});

describe('A program that asks for a line', () => {
  it('gets one answer; a second one, and one after its end, go nowhere', async () => {
    const { python, workers } = await used(false);
    const [worker] = workers;
    const answers: ((line: string | null) => void)[] = [];
    const ran = python.run('input()', { onAsk: (answer) => answers.push(answer) });
    worker?.say({ kind: 'ask', id: 2 });
    answers[0]?.('Ada');
    answers[0]?.('Ben');
    const lines = worker?.heard.filter(({ kind }) => kind === 'line');
    expect(lines).toEqual([{ kind: 'line', line: 'Ada' }]);
    worker?.say({ kind: 'ask', id: 2 });
    worker?.say(done(2));
    await ran;
    answers[1]?.('late');
    expect(worker?.heard.filter(({ kind }) => kind === 'line').length).toBe(1);
  });
});
