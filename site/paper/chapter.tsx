// A whole chapter on paper, as HTML that needs no script: to hand out, or with all answers for those who teach.

import type { Beliefs } from '../page/course-data.ts';
import type { Audience } from '../../src/lesson/download/parts.ts';
import type { CompiledLesson, LessonPage } from '../../src/lesson/lesson-model.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import { PaperBlock } from './blocks.tsx';
import { cellsIn, PaperPictures } from './programs.tsx';

interface ChapterProps {
  readonly lesson: RecordedLesson;
  readonly beliefs: Beliefs;
  readonly audience: Audience;
}

export function ChapterOnPaper({ lesson, beliefs, audience }: ChapterProps) {
  const isTeachers = audience === 'teachers';
  const predicted = new Set(
    lesson.pages.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'predict' ? [block.cellId] : [])),
    ),
  );
  return (
    <article class="paper lesson">
      <p class="about">
        {`Stacklab, chapter ${lesson.number}, ${lesson.minutes.replace('-', '–')} min. Teaching data, not for care.`}
        {isTeachers && ' This copy holds the answers.'}
      </p>
      <h1>{lesson.title}</h1>
      <p class="screen-only">
        Print this page from the menu of your browser. <a href="../">Back to the chapter</a>
      </p>
      {isTeachers && <Plan lesson={lesson} beliefs={beliefs} />}
      {lesson.pages.map((page, at) => (
        <section class="paper-page">
          <h2>{`${at + 1} ${page.title}`}</h2>
          {page.blocks.map((block) => (
            <PaperBlock
              block={block}
              lesson={lesson}
              isTeachers={isTeachers}
              predicted={predicted}
            />
          ))}
        </section>
      ))}
      {!isTeachers && <Afterwards lesson={lesson} predicted={predicted} />}
    </article>
  );
}

/** What somebody who teaches wants to know before the lesson. */
function Plan({ lesson, beliefs }: Pick<ChapterProps, 'lesson' | 'beliefs'>) {
  return (
    <section class="paper-plan">
      <h2>Plan</h2>
      <p>{`Needed before: ${neededWords(lesson)}.`}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Page</th>
            <th scope="col">What is done</th>
            <th scope="col">Minutes</th>
          </tr>
        </thead>
        <tbody>
          {lesson.pages.map((page, at) => (
            <tr>
              <th scope="row">{`${at + 1} ${page.title}`}</th>
              <td>{doneWords(page)}</td>
              <td>{page.minutes === null ? '' : `${page.minutes.min}–${page.minutes.max}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lesson.misconceptions.length > 0 && (
        <>
          <h3>What learners may believe, and where it comes out</h3>
          <ul>
            {lesson.misconceptions.map(({ name, blockId }) => (
              <li>{`${beliefs[name] ?? name} ${placeWords(lesson, blockId)}`}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function neededWords({ prerequisites }: CompiledLesson): string {
  return prerequisites.length === 0 ? 'nothing' : prerequisites.join(', ');
}

const DONE: Readonly<Record<string, string>> = {
  predict: 'predict',
  explore: 'explore',
  exercise: 'write',
  question: 'check',
};

function doneWords({ blocks }: LessonPage): string {
  return blocks.flatMap(({ kind }) => DONE[kind] ?? []).join(', ');
}

function placeWords({ pages }: CompiledLesson, blockId: string): string {
  const at = pages.findIndex(({ blocks }) =>
    blocks.some((block) => 'id' in block && block.id === blockId),
  );
  return `(page ${at + 1})`;
}

/** What was asked about before: its pictures come last, so that nobody reads an answer by turning a page. */
function Afterwards({
  lesson,
  predicted,
}: {
  readonly lesson: RecordedLesson;
  readonly predicted: ReadonlySet<string>;
}) {
  const cells = cellsIn(lesson).filter(({ id, view }) => view !== null && predicted.has(id));
  if (cells.length === 0) return null;
  return (
    <section class="paper-page">
      <h2>Afterwards: what Python did</h2>
      <p>Look here when you have run the programs.</p>
      {cells.map((cell) => (
        <>
          <h3 class="mono">{cell.file}</h3>
          <PaperPictures cell={cell} lesson={lesson} />
        </>
      ))}
    </section>
  );
}
