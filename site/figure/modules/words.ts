// Imports in words: the sentence of a step, and the whole picture.

import type { ShelfStep } from '../../../src/python/module-shelf.ts';
import type { TraceImport, TraceImports } from '../../../src/python/trace.ts';
import type { Words } from '../step-words.ts';

export function shelfSentence({ kind, event }: ShelfStep): Words {
  if (event === null) return ['Nothing has been imported yet.'];
  const name = { strong: event.name };
  if (kind === 'ask') {
    const asks = `Line ${event.line} of ${event.asks} asks for `;
    if (event.isHalf) return [asks, name, ', which is still running: it gets it as far as it is.'];
    if (event.onShelf) return [asks, name, ', which stands on the shelf: nothing runs.'];
    return [asks, name, `: ${foundWords(event)}.`];
  }
  if (event.error !== null) return [name, `: ${event.error.type}, ${event.error.message}`];
  if (event.onShelf) return [name, ' was taken from the shelf.'];
  return [name, ' has run, and stands on the shelf.'];
}

function foundWords({ tried }: TraceImport): string {
  const found = tried.find((each) => each.found);
  return found === undefined ? 'no place has it' : `found in ${found.place}`;
}

export function shelfAsText(imports: TraceImports, step: ShelfStep): readonly string[] {
  const { event, running, shelf } = step;
  return [
    `Search path: built into Python, frozen into Python, ${imports.path.join(', ')}.`,
    ...(event === null
      ? []
      : event.tried.map((each) => `${event.name}, ${each.place}: ${triedWords(each)}.`)),
    running.length === 0 ? 'No module runs now.' : `Running now: ${running.join(', then ')}.`,
    ...shelf.map(
      ({ name, file, asked, isHalf }) =>
        `On the shelf: ${name}${file === null || file === '' ? '' : `, ${file}`}, asked for ${times(asked)}${isHalf ? ', not run to its end' : ''}.`,
    ),
    `On the shelf before: ${imports.loadedBefore} modules of Python’s own.`,
  ];
}

export function triedWords({ found, hidden }: TraceImport['tried'][number]): string {
  if (hidden === true) return 'has it too, and is never looked at';
  return found ? 'found' : 'not there';
}

export function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`;
}
