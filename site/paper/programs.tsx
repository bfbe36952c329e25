// Programs on paper: whole, with numbered lines, with what they print and the key frames of their picture.

import type { CellBlock } from '../../src/lesson/lesson-model.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import { keyStepOf } from '../../src/lesson/recorded.ts';
import { KeyFrames } from '../figure/paper.tsx';
import { PICTURES } from '../figure/pictures.tsx';
import { Listing } from '../lesson/listing.tsx';

export function cellsIn(lesson: RecordedLesson): readonly CellBlock[] {
  return lesson.pages
    .flatMap(({ blocks }) => blocks)
    .filter((block): block is CellBlock => block.kind === 'cell');
}

interface ProgramProps {
  readonly file: string;
  readonly code: string;
  readonly files?: Readonly<Record<string, string>>;
}

export function PaperProgram({ file, code, files = {} }: ProgramProps) {
  return (
    <>
      {[[file, code] as const, ...Object.entries(files)].map(([name, text]) => (
        <figure class="paper-program">
          <figcaption class="mono">{name}</figcaption>
          <div class="code">
            <Listing text={text} isNumbered />
          </div>
        </figure>
      ))}
    </>
  );
}

export function PaperOutput({ cell, lesson }: { cell: CellBlock; lesson: RecordedLesson }) {
  const run = lesson.recorded.cells[cell.id];
  if (run === undefined) return null;
  return (
    <div class="paper-output">
      <p class="about">{run.error === null ? 'Python prints' : 'Python prints, and stops'}</p>
      <pre>{[run.output.trimEnd(), run.error ?? ''].filter((text) => text !== '').join('\n')}</pre>
    </div>
  );
}

export function PaperPictures({ cell, lesson }: { cell: CellBlock; lesson: RecordedLesson }) {
  const trace = lesson.recorded.cells[cell.id]?.trace ?? null;
  if (cell.view === null || trace === null) return null;
  const picture = PICTURES[cell.view](trace, cell.of, cell.code);
  const chosen = cell.stepsTo === null ? null : keyStepOf(trace, cell.code, cell.stepsTo);
  return <KeyFrames picture={picture} trace={trace} chosen={chosen} />;
}
