// Every page of the site but those of the reference, as HTML. Runs when the site is built, and with `npm run dev` at each save.

import course from 'virtual:course';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import { lessonPath, paperPath, type LabEntry } from './course-data.ts';
import { DataBlock } from './data-block.tsx';
import { rootOf } from './document.tsx';
import { page, type Page } from './html-page.tsx';
import { Glossary } from './glossary-list.tsx';
import { Home } from './home.tsx';
import { LessonFrame } from './lesson-frame.tsx';
import { ChapterOnPaper } from '../paper/chapter.tsx';

export function allPages(): readonly Page[] {
  return [
    homePage(),
    glossaryPage(),
    wherePage(),
    ...course.lessons.flatMap(lessonPages),
    ...course.lessons.filter(({ isListed }) => isListed).flatMap(paperPages),
    ...course.labs.map(labPage),
    ...course.dashboards.map(dashboardPage),
  ];
}

function homePage(): Page {
  return page(
    {
      path: '',
      title: 'Stacklab: two stacks, one lab',
      description:
        'Learn Python functions by watching the call stack work, and monitoring by running a whole monitoring stack.',
      section: null,
      scripts: [],
      styles: ['home.css'],
    },
    <Home course={course} />,
  );
}

function glossaryPage(): Page {
  return page(
    {
      path: 'glossary/',
      title: 'Words of the course - Stacklab',
      description: 'What each word of the course means, and the pages that show it.',
      section: 'glossary',
      scripts: ['glossary.ts'],
      styles: ['glossary.css'],
    },
    <Glossary course={course} />,
  );
}

function wherePage(): Page {
  return page(
    {
      path: 'where/',
      title: 'Where did my point go? - Stacklab',
      description:
        'What became of the points of a metric, from the socket to the slot in its file.',
      section: 'dashboard',
      scripts: ['where.tsx'],
      styles: ['where.css'],
    },
    <div class="where-page">
      <h1>Where did my point go?</h1>
      <p class="about">
        From the socket to the slot in its file: what came of a metric, what waits, what is stored
        and where, and what is lost and why.
      </p>
      <form class="metric-form" action="./">
        <label>
          Name of the metric
          <input id="metric" name="metric" autocomplete="off" spellcheck={false} />
        </label>
        <button class="button primary" type="submit">
          Look
        </button>
      </form>
      <p id="steps-say" role="status" />
      <div id="steps">
        <noscript>This page asks the stack, and needs JavaScript for it.</noscript>
      </div>
    </div>,
  );
}

const LESSON_STYLES = [
  'code.css',
  'cell.css',
  'lesson.css',
  'figure.css',
  'figure-names.css',
  'pictures.css',
  'print.css',
];

function lessonPages(lesson: RecordedLesson): readonly Page[] {
  const next = course.lessons.find(({ isListed, number }) => isListed && number > lesson.number);
  return lesson.pages.map((each, index) =>
    page(
      {
        path: lessonPath(lesson.id, each.id),
        title: `${each.title} - ${lesson.title} - Stacklab`,
        description: `Chapter ${lesson.number}, ${lesson.title}, page ${index + 1}: ${each.title}`,
        section: 'course',
        scripts: ['lesson.tsx'],
        styles: LESSON_STYLES,
      },
      <LessonFrame lesson={lesson} index={index} next={next ?? null} />,
    ),
  );
}

/** The chapter to hand out, and the same with its answers. */
function paperPages(lesson: RecordedLesson): readonly Page[] {
  return (['learners', 'teachers'] as const).map((audience) =>
    page(
      {
        path: paperPath(lesson.id, audience),
        title: `${lesson.title}, to print - Stacklab`,
        description: `Chapter ${lesson.number}, ${lesson.title}, as a whole.`,
        section: 'course',
        scripts: [],
        styles: [...LESSON_STYLES, 'paper.css'],
      },
      <ChapterOnPaper lesson={lesson} beliefs={course.beliefs} audience={audience} />,
    ),
  );
}

function dashboardPage(dashboard: { uid: string; title: string; text: string }): Page {
  return page(
    {
      path: `dashboards/${dashboard.uid}/`,
      title: `${dashboard.title} - Stacklab`,
      description: 'CPU, memory, disk space, processes and timers, live.',
      section: 'dashboard',
      scripts: ['dashboard.tsx'],
      styles: ['dashboard.css'],
      usualTheme: 'dark',
    },
    <div class="dashboard-page">
      <div class="dashboard-title">
        <h1>{dashboard.title}</h1>
        <span class="dashboard-place" id="dashboard-place" />
        <a href={`${rootOf(`dashboards/${dashboard.uid}/`)}where/`}>Where did my point go?</a>
        <a href={`${rootOf(`dashboards/${dashboard.uid}/`)}reference/functions/`}>Functions</a>
      </div>
      <div id="dashboard">
        <noscript>This page draws live values and needs JavaScript for it.</noscript>
      </div>
      <DataBlock id="dashboard-model" text={dashboard.text} />
    </div>,
  );
}

function labPage(lab: LabEntry): Page {
  return page(
    {
      path: `labs/${lab.id}/`,
      title: `${lab.title} - Stacklab`,
      description: `Lab ${lab.number}: ${lab.title}`,
      section: 'labs',
      scripts: ['lab.tsx'],
      styles: ['lab.css', 'code.css', 'cell.css'],
    },
    <div class="lab-page">
      <p class="kind">{`Lab ${lab.number}, ${lab.minutes.replace('-', '–')} min`}</p>
      <h1>{lab.title}</h1>
      <div class="lab-intro" dangerouslySetInnerHTML={{ __html: lab.introHtml }} />
      <div id="lab">
        <noscript>
          <p>The lab itself needs JavaScript. These are its tasks:</p>
          <ol>
            {lab.tasks.map((task) => (
              <li>{task.title}</li>
            ))}
          </ol>
        </noscript>
      </div>
      <DataBlock id="lab-model" text={JSON.stringify(lab)} />
    </div>,
  );
}
