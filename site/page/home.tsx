// The first page: two stacks side by side, and every chapter and lab that exists.

import { itemId } from '../../src/lesson/lesson-model.ts';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import type { CourseData, LabEntry } from './course-data.ts';
import { lessonPath } from './course-data.ts';
import { TermSearch } from './glossary-list.tsx';
import { HomeFigure } from './home-figure.tsx';
import { Icon } from './icon.tsx';

export function Home({ course }: { course: CourseData }) {
  const chapters = course.lessons.filter(({ isListed }) => isListed);
  const [first] = chapters;
  return (
    <div class="home">
      <section class="hero">
        <div>
          <h1>
            Two stacks,
            <br />
            one lab
          </h1>
          <p class="lead">
            Learn Python functions by watching the call stack work. Learn monitoring by running a
            whole monitoring stack, small enough to read. Both run in this page.
          </p>
          <p class="actions">
            {first && (
              <a class="button primary big" href={firstPage(first)} data-continue>
                {`Start with ${first.title}`}
                <Icon name="arrowRight" />
              </a>
            )}
            <a class="button big" href="dashboards/host/">
              See the live dashboard
            </a>
          </p>
          <ul class="promises">
            <li>
              <Icon name="play" />
              Every example runs real Python 3.14, here, on your device.
            </li>
            <li>
              <Icon name="stepForward" />
              Every picture comes from the run. Step through it, forwards and back.
            </li>
            <li>
              <Icon name="user" />
              No account. Your progress is one file that you can take with you.
            </li>
          </ul>
        </div>
        <HomeFigure />
      </section>
      <div class="two-stacks">
        <section id="course" aria-labelledby="course-head">
          <header>
            <h2 id="course-head">The call stack</h2>
            <span>{count(chapters.length, 'chapter')}</span>
          </header>
          <table class="index">
            <thead>
              <tr>
                <th scope="col" colSpan={2}>
                  Chapter
                </th>
                <th scope="col">Activities</th>
                <th scope="col">Time</th>
              </tr>
            </thead>
            <tbody>
              {chapters.map((lesson) => (
                <LessonRow lesson={lesson} chapters={chapters} />
              ))}
            </tbody>
          </table>
          <TermSearch action="glossary/" label="Find a word of the course" />
        </section>
        <section id="labs" aria-labelledby="labs-head">
          <header>
            <h2 id="labs-head">The monitoring stack</h2>
            <span>{count(course.labs.length, 'lab')}</span>
          </header>
          <table class="index">
            <thead>
              <tr>
                <th scope="col" colSpan={2}>
                  Lab
                </th>
                <th scope="col">{STAGES.join(', ')}</th>
                <th scope="col">Time</th>
              </tr>
            </thead>
            <tbody>
              {course.labs.map((lab) => (
                <LabRow lab={lab} />
              ))}
            </tbody>
          </table>
          <div class="panel run-local">
            <div>
              <h3>Run the same labs on your machine</h3>
              <p>
                Real sockets, real files, your own host. The stack listens on this computer only.
              </p>
            </div>
            <code class="command">npx stacklab up</code>
          </div>
        </section>
      </div>
    </div>
  );
}

const STAGES = ['collect', 'aggregate', 'store', 'render', 'judge'] as const;

function firstPage({ id, pages }: RecordedLesson): string {
  return lessonPath(id, pages[0]?.id ?? '');
}

interface LessonRowProps {
  readonly lesson: RecordedLesson;
  readonly chapters: readonly RecordedLesson[];
}

function LessonRow({ lesson, chapters }: LessonRowProps) {
  const items = lesson.pages.map((page) => itemId(lesson.id, page.id));
  return (
    <tr>
      <td class="number">{lesson.number}</td>
      <th scope="row">
        <a href={firstPage(lesson)}>{lesson.title}</a>
        <Needs lesson={lesson} chapters={chapters} />
      </th>
      <td>
        <span class="slots" aria-hidden="true">
          {items.map((id) => (
            <span class="slot" data-item={id} />
          ))}
        </span>
        <span class="visually-hidden" data-items={items.join(' ')}>
          {`${items.length} activities`}
        </span>
      </td>
      <td class="minutes">{`${lesson.minutes.replace('-', '–')} min`}</td>
    </tr>
  );
}

/** What somebody knows who begins this chapter; another chapter is a link to it. */
function Needs({ lesson, chapters }: LessonRowProps) {
  if (lesson.prerequisites.length === 0) return null;
  return (
    <span class="needs">
      {'after '}
      {lesson.prerequisites.map((name, at) => {
        const chapter = chapters.find(({ id }) => id === name);
        return (
          <>
            {at > 0 && ', '}
            {chapter === undefined ? name : <a href={firstPage(chapter)}>{chapter.title}</a>}
          </>
        );
      })}
    </span>
  );
}

function LabRow({ lab }: { lab: LabEntry }) {
  return (
    <tr>
      <td class="number">{lab.number}</td>
      <th scope="row">
        <a href={`labs/${lab.id}/`}>{lab.title}</a>
      </th>
      <td>
        <span class="stages" aria-hidden="true">
          {STAGES.map((stage) => (
            <span class={lab.stages.includes(stage) ? 'on' : ''} />
          ))}
        </span>
        <span class="visually-hidden">{lab.stages.join(', ')}</span>
      </td>
      <td class="minutes">{`${lab.minutes.replace('-', '–')} min`}</td>
    </tr>
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
