// The script of a lesson page: takes over the body that was rendered at build, or shows it as slides.

import { effect } from '@preact/signals';
import { hydrate } from 'preact';
import type { PythonState } from '../../src/python/client.ts';
import { makeLessonState, type LessonModel } from '../lesson/lesson-state.ts';
import { LessonView } from '../lesson/lesson-view.tsx';
import { makePackets } from '../lesson/packets.ts';
import { makePagePython } from '../lesson/python.ts';
import { wakeNear } from '../lesson/wake-near.ts';
import { siteRoot } from './place.ts';
import { progress, recordItem } from './progress.ts';

const text = document.getElementById('lesson-model')?.textContent ?? '';
const model = JSON.parse(text) as LessonModel;

// Set by theme.js. Whoever only reads does not load what makes slides.
const { view } = document.documentElement.dataset;
if (view === 'slides' || view === 'notes')
  import('../slides/open.tsx').then(({ openShow }) => openShow(view, model), readPage);
else readPage();

function readPage(): void {
  delete document.documentElement.dataset['view'];
  const place = document.getElementById('lesson');
  if (place === null) throw new Error('The page has no place for the lesson.');
  const python = makePagePython(siteRoot);
  const packets = makePackets(document.getElementById('packets'));
  const state = makeLessonState({
    model,
    python,
    store: { get: (id) => progress().items[id] ?? null, record: recordItem },
    onPacket: packets.send,
  });
  hydrate(<LessonView state={state} />, place);
  wakeNear(place.querySelectorAll('.cell'), python);

  // On a narrow screen the chapter's list is folded away.
  if (matchMedia('(max-width: 1023px)').matches)
    document.querySelector('.chapter details')?.removeAttribute('open');

  const status = document.getElementById('python-status');
  effect(() => {
    if (status === null || python.state.value === null) return;
    const words = statusWords(python.state.value);
    if (status.textContent !== words) status.textContent = words;
    status.dataset['state'] = python.state.value.phase === 'failed' ? 'stopped' : 'running';
  });
}

function statusWords({ phase, version }: PythonState): string {
  const name = `Python ${version?.split('.').slice(0, 2).join('.') ?? ''}`.trim();
  if (phase === 'failed') return 'Python did not load';
  if (phase === 'loading' || phase === 'off') return 'Getting Python ready';
  return phase === 'ready' ? `${name} ready` : `${name} runs`;
}
