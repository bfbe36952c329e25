// A chapter as a Jupyter notebook (nbformat 4.5). The same chapter gives the same bytes.

import type { RecordedLesson } from '../recorded.ts';
import { partsOf, type Audience } from './parts.ts';

export function chapterNotebook(lesson: RecordedLesson, audience: Audience): string {
  const cells = partsOf(lesson, audience).flatMap((part, at) => {
    // Ids are unique in a notebook, and at most 64 characters of these kinds.
    const id = `${at}-${part.id}`.slice(0, 64);
    if (part.kind === 'text')
      return [{ cell_type: 'markdown', id, metadata: {}, source: linesOf(part.markdown) }];
    // Jupyter runs on after a cell with this tag.
    const metadata = part.mayFail ? { tags: ['raises-exception'] } : {};
    // By its last line a test finds the program that it runs again.
    const code = part.isTask ? `${part.code}\n\n# ${part.id}` : part.code;
    const program = codeCell(id, metadata, code);
    if (part.before.length === 0) return [program];
    const hidden = { jupyter: { source_hidden: true } };
    return [codeCell(`before-${id}`.slice(0, 64), hidden, part.before.join('\n')), program];
  });
  const notebook = {
    cells,
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python', version: lesson.recorded.python },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

function codeCell(id: string, metadata: object, code: string): object {
  return {
    cell_type: 'code',
    execution_count: null,
    id,
    metadata,
    outputs: [],
    source: linesOf(code),
  };
}

/** Each line with its end, as notebooks keep them. */
function linesOf(text: string): readonly string[] {
  return text.split(/(?<=\n)/);
}
