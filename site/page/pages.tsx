// Every page of the site, as HTML. Runs when the site is built.

import course from 'virtual:course';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { RecordedLesson } from '../../src/lesson/recorded.ts';
import { lessonPath, paperPath, type LabEntry } from './course-data.ts';
import { DataBlock } from './data-block.tsx';
import { Document, rootOf, type DocumentProps } from './document.tsx';
import {
  FunctionList,
  FunctionPage,
  functionPath,
  FUNCTIONS,
  type Entry,
} from './function-pages.tsx';
import { Glossary } from './glossary-list.tsx';
import { Home } from './home.tsx';
import { LessonFrame } from './lesson-frame.tsx';
import { ChapterOnPaper } from '../paper/chapter.tsx';

interface Page {
  readonly path: string;
  /** Rendered when it is asked for: an author looks at one of many. */
  readonly html: () => string;
}

export function allPages(): readonly Page[] {
  return [
    homePage(),
    glossaryPage(),
    wherePage(),
    functionListPage(),
    ...FUNCTIONS.map(functionPage),
    ...course.lessons.flatMap(lessonPages),
    ...course.lessons.filter(({ isListed }) => isListed).flatMap(paperPages),
    ...course.labs.map(labPage),
    ...course.dashboards.map(dashboardPage),
  ];
}

function page(props: Omit<DocumentProps, 'children'>, children: ComponentChildren): Page {
  const html = (): string =>
    `<!doctype html>\n${renderToString(<Document {...props}>{children}</Document>)}`;
  return { path: props.path, html };
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

function functionListPage(): Page {
  return page(
    {
      path: 'reference/functions/',
      title: 'Functions of Graphite - Stacklab',
      description: 'Every function of a Graphite target, in plain words and with a picture.',
      section: 'dashboard',
      scripts: ['glossary.ts'],
      styles: ['glossary.css', 'reference.css'],
    },
    <FunctionList />,
  );
}

function functionPage(entry: Entry): Page {
  return page(
    {
      path: functionPath(entry.name),
      title: `${entry.name} - Stacklab`,
      description: entry.definition.description,
      section: 'dashboard',
      scripts: ['function.ts'],
      styles: ['where.css', 'reference.css'],
    },
    <FunctionPage {...entry} />,
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
