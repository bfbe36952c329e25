// A page of a lesson round its body: the chapter's list at the side, the head, the way on.

import { signal } from '@preact/signals';
import { downloadPath, type Audience } from '../../src/lesson/download/parts.ts';
import { itemId, type CellBlock, type LessonPage } from '../../src/lesson/lesson-model.ts';
import { stateAsText } from '../figure/step-words.ts';
import { Environment } from '../figure/environment.tsx';
import { makeLessonState, type LessonModel } from '../lesson/lesson-state.ts';
import { LessonView } from '../lesson/lesson-view.tsx';
import type { PagePython } from '../lesson/python.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import { chapterOf } from '../slides/chapter.ts';
import { paperPath } from './course-data.ts';
import { DataBlock } from './data-block.tsx';
import { Icon } from './icon.tsx';

const KIND_WORDS: Readonly<Record<LessonPage['kind'], string>> = {
  run: 'Run and predict',
  predict: 'Predict',
  explore: 'Explore',
  write: 'Write',
  fix: 'Fix',
  refactor: 'Refactor',
};

/** While a page is built nothing runs. */
const NO_PYTHON: PagePython = {
  state: signal(null),
  wake: () => undefined,
  get: () => Promise.reject(new Error('Python runs in the reader’s page.')),
  problems: () => Promise.resolve([]),
};

interface FrameProps {
  readonly lesson: RecordedLesson;
  readonly index: number;
  /** The chapter after this one; null after the last. */
  readonly next: RecordedLesson | null;
}

export function LessonFrame({ lesson, index, next }: FrameProps) {
  const page = lesson.pages[index];
  if (page === undefined) throw new Error(`The lesson "${lesson.id}" has no page ${index}.`);
  const { wrong: signatures, answers } = lesson.recorded;
  const model: LessonModel = { lessonId: lesson.id, page, signatures, answers };
  const state = makeLessonState({
    model,
    python: NO_PYTHON,
    store: { get: () => null, record: () => undefined },
    onPacket: () => undefined,
  });
  return (
    <div class="lesson-layout">
      <ChapterList lesson={lesson} index={index} />
      <article class="lesson">
        <p class="about">{`Chapter ${lesson.number}, page ${index + 1}`}</p>
        <h1>{page.title}</h1>
        <div id="lesson">
          <LessonView state={state} />
        </div>
        <div id="packets" />
        <WithoutScript lesson={lesson} page={page} />
        <NextNav lesson={lesson} index={index} next={next} />
        {lesson.isListed && <TakeAlong lesson={lesson} index={index} />}
        <DataBlock id="lesson-model" text={JSON.stringify(model)} />
        <DataBlock id="chapter-model" text={JSON.stringify(chapterOf(lesson))} />
      </article>
    </div>
  );
}

function ChapterList({ lesson, index }: Omit<FrameProps, 'next'>) {
  const items = lesson.pages.map((each) => itemId(lesson.id, each.id));
  return (
    <aside class="chapter" aria-label="This chapter">
      <details open>
        <summary>
          <span class="about">{`Chapter ${lesson.number}`}</span>
          <span class="chapter-title">{lesson.title}</span>
          <span class="about">
            {`${lesson.minutes.replace('-', '–')} min, `}
            <span data-items={items.join(' ')}>{`${items.length} pages`}</span>
          </span>
          <span class="chapter-bars" aria-hidden="true">
            {items.map((id, at) => (
              <span data-item={id} class={at === index ? 'is-here' : ''} />
            ))}
          </span>
        </summary>
        <nav aria-label="Pages of this chapter">
          <ol>
            {lesson.pages.map((page, at) => (
              <li>
                <a
                  href={`../${page.id}/`}
                  aria-current={at === index ? 'page' : undefined}
                  data-item={items[at]}
                >
                  <span class="page-number">
                    <span>{at + 1}</span>
                    <Icon name="check" />
                  </span>
                  <span>
                    <span class="page-title">{page.title}</span>
                    <span class="about">{KIND_WORDS[page.kind]}</span>
                  </span>
                </a>
              </li>
            ))}
          </ol>
        </nav>
      </details>
    </aside>
  );
}

/** The chapter in other forms: for a class, for paper, for one's own Python. */
function TakeAlong({ lesson: { id, pages }, index }: Omit<FrameProps, 'next'>) {
  return (
    <nav class="take-along" aria-label="This chapter in other forms">
      <ul>
        <li class="about">This chapter as</li>
        <li>
          <a href={`../${pages[index]?.id ?? ''}/?view=slides`}>Slides</a>
        </li>
        <Forms lessonId={id} audience="learners" />
      </ul>
      <ul>
        <li class="about">With its answers, to teach</li>
        <Forms lessonId={id} audience="teachers" />
      </ul>
    </nav>
  );
}

interface FormsProps {
  readonly lessonId: string;
  readonly audience: Audience;
}

function Forms({ lessonId, audience }: FormsProps) {
  return (
    <>
      <li>
        <a href={`../../../${paperPath(lessonId, audience)}`}>Print</a>
      </li>
      <li>
        <a href={`../../../${downloadPath(lessonId, 'ipynb', audience)}`} download>
          Notebook
        </a>
      </li>
      <li>
        <a href={`../../../${downloadPath(lessonId, 'py', audience)}`} download>
          Python file
        </a>
      </li>
    </>
  );
}

/** What a reader without JavaScript sees in place of running: the recorded runs. */
function WithoutScript({ lesson, page }: { lesson: RecordedLesson; page: LessonPage }) {
  const cells = page.blocks.filter((block): block is CellBlock => block.kind === 'cell');
  return (
    <noscript>
      <section class="without-script">
        <h2>What the programs print</h2>
        <p>Running them here needs JavaScript. This was recorded when the page was checked.</p>
        {cells.map((cell) => {
          const run = lesson.recorded.cells[cell.id];
          if (run === undefined) return null;
          const { trace, keyStep } = run;
          return (
            <>
              <h3 class="mono">{cell.file}</h3>
              <pre class="output">{run.error === null ? run.output : run.error}</pre>
              {trace !== null && keyStep !== null && (
                <>
                  <Environment trace={trace} index={keyStep} width={600} />
                  <ul>
                    {stateAsText(trace, keyStep).map((line) => (
                      <li>{line}</li>
                    ))}
                  </ul>
                </>
              )}
            </>
          );
        })}
      </section>
    </noscript>
  );
}

function NextNav({ lesson, index, next: chapter }: FrameProps) {
  const before = lesson.pages[index - 1];
  const next = lesson.pages[index + 1];
  const [first] = chapter?.pages ?? [];
  return (
    <nav class="next-nav" aria-label="Previous and next page">
      {before ? (
        <a href={`../${before.id}/`}>
          <Icon name="arrowLeft" />
          {before.title}
        </a>
      ) : (
        <a href="../../../">
          <Icon name="arrowLeft" />
          All chapters
        </a>
      )}
      <span class="about">Teaching data, not for care</span>
      {next ? (
        <a class="button" href={`../${next.id}/`}>
          {`Next: ${next.title}`}
          <Icon name="arrowRight" />
        </a>
      ) : chapter !== null && first !== undefined ? (
        <a class="button" href={`../../${chapter.id}/${first.id}/`}>
          {`Next chapter: ${chapter.title}`}
          <Icon name="arrowRight" />
        </a>
      ) : (
        <a class="button" href="../../../labs/first-heartbeat/">
          Next: the first lab
          <Icon name="arrowRight" />
        </a>
      )}
    </nav>
  );
}
