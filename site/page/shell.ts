// What every page does: theme, state of the stack, progress marks, export and import.

import { parseProgress } from '../../src/lab/progress.ts';
import { servedByStack, siteRoot } from './place.ts';
import { isKept, onProgress, progress, syncWithStack, takeIn } from './progress.ts';

const STATUS_EVERY_MS = 5000;

const themeButton = element('theme');
themeButton.hidden = false;
themeButton.addEventListener('click', () => {
  const root = document.documentElement;
  const isDark = getComputedStyle(root).colorScheme === 'dark' || systemIsDark(root);
  root.dataset['theme'] = isDark ? 'light' : 'dark';
  try {
    localStorage.setItem('stacklab.theme', root.dataset['theme']);
  } catch {
    // Storage is blocked: the choice lasts as long as this page.
  }
  // Charts draw in colours they have read: they read them again.
  window.dispatchEvent(new Event('stacklab:theme'));
});

function systemIsDark(root: HTMLElement): boolean {
  return !root.dataset['theme'] && matchMedia('(prefers-color-scheme: dark)').matches;
}

markProgress();
onProgress(markProgress);
syncWithStack().catch(() => undefined);

/** Fills the activity slots of the lists of chapters and labs. */
function markProgress(): void {
  for (const slot of document.querySelectorAll<HTMLElement>('[data-item]')) {
    const state = progress().items[slot.dataset['item'] ?? '']?.state ?? '';
    slot.dataset['state'] = state;
  }
  for (const words of document.querySelectorAll<HTMLElement>('[data-items]')) {
    const ids = (words.dataset['items'] ?? '').split(' ');
    const done = ids.filter((id) => progress().items[id]?.state === 'done').length;
    words.textContent = `${done} of ${ids.length} done`;
  }
}

element('progress').hidden = false;
element('progress-export').addEventListener('click', () => {
  const file = new Blob([JSON.stringify(progress(), null, 1)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `stacklab-progress-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  say('Your progress is in your downloads, as one file.');
});

element('progress-import').addEventListener('click', () => {
  const chooser = document.createElement('input');
  chooser.type = 'file';
  chooser.accept = 'application/json,.json';
  chooser.addEventListener('change', () => {
    const file = chooser.files?.[0];
    if (file) file.text().then(importText, () => say('This file could not be read.'));
  });
  chooser.click();
});

function importText(text: string): void {
  const parsed = parseProgress(text);
  if (!parsed.ok) return say(parsed.why);
  takeIn(parsed.value);
  say(`${Object.keys(parsed.value.items).length} entries taken in beside your own.`);
}

function say(words: string): void {
  element('progress-message').textContent = words;
}

if (!isKept) say('This browser keeps nothing. Export your progress before you leave.');

if (servedByStack) {
  void showStatus();
  setInterval(() => void showStatus(), STATUS_EVERY_MS);
}

async function showStatus(): Promise<void> {
  const status = element('stack-status');
  try {
    const answer = await fetch(`${siteRoot}stacklab/status`);
    const { pointsPerSecond } = (await answer.json()) as { pointsPerSecond: number };
    const rate = pointsPerSecond < 10 ? pointsPerSecond.toFixed(1) : pointsPerSecond.toFixed(0);
    setText(status, `Stack on this machine, ${rate} points/s`);
    status.dataset['state'] = 'running';
  } catch {
    setText(status, 'The stack on this machine has stopped');
    status.dataset['state'] = 'stopped';
  }
}

// A screen reader speaks a status whenever it is set: only set what changed.
function setText(place: HTMLElement, words: string): void {
  if (place.textContent !== words) place.textContent = words;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no element "${id}".`);
  return found;
}
