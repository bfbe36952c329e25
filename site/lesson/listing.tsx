// A program that is only read.

import { colorLines } from '../../src/lesson/colors.ts';

export function Listing({ text, isNumbered = false }: { text: string; isNumbered?: boolean }) {
  return (
    <pre class="code-lines">
      {colorLines(text.trimEnd()).map((words, at) => (
        <span class="line" {...(isNumbered && { 'data-number': at + 1 })}>
          {words.map(({ kind, text: part }) =>
            kind === 'plain' ? part : <span class={`w-${kind}`}>{part}</span>,
          )}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
