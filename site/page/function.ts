// The script of a function's page: runs the target that a reader typed.

import type { showExample } from './run-example.tsx';

const form = document.getElementById('try');
const field = document.getElementById('target');
const said = document.getElementById('said');
const run = document.getElementById('run');
const back = document.getElementById('back');

if (form && field instanceof HTMLInputElement && said && back) {
  run?.removeAttribute('disabled');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void show(field.value, said);
  });
  back.addEventListener('click', () => {
    field.value = field.dataset['example'] ?? '';
    back.hidden = true;
    field.focus();
    void show(field.value, said);
  });
  field.addEventListener('input', () => {
    back.hidden = field.value === field.dataset['example'];
  });
}

/** The evaluator is as large as all else of the page: it comes when it is needed. */
const load = (): Promise<{ readonly showExample: typeof showExample }> =>
  import('./run-example.tsx');

async function show(target: string, said: HTMLElement): Promise<void> {
  said.textContent = 'Computing …';
  try {
    const loaded = await load();
    said.textContent =
      loaded.showExample(target) ?? 'The picture and the table show this target now.';
  } catch {
    said.textContent = 'A part of this page did not load. Try again, or load the page anew.';
  }
}
