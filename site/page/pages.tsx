// Every page of the site, as HTML. Runs when the site is built.

import course from 'virtual:course';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { LabEntry } from './course-data.ts';
import { Document, type DocumentProps } from './document.tsx';
import { Home } from './home.tsx';

interface RenderedPage {
  readonly path: string;
  readonly html: string;
}

export function renderPages(): readonly RenderedPage[] {
  return [homePage(), ...course.labs.map(labPage), ...course.dashboards.map(dashboardPage)];
}

function page(props: Omit<DocumentProps, 'children'>, children: ComponentChildren): RenderedPage {
  const html = renderToString(<Document {...props}>{children}</Document>);
  return { path: props.path, html: `<!doctype html>\n${html}` };
}

function homePage(): RenderedPage {
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

function dashboardPage(dashboard: { uid: string; title: string; text: string }): RenderedPage {
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
      </div>
      <div id="dashboard">
        <noscript>This page draws live values and needs JavaScript for it.</noscript>
      </div>
      <DataBlock id="dashboard-model" text={dashboard.text} />
    </div>,
  );
}

function labPage(lab: LabEntry): RenderedPage {
  return page(
    {
      path: `labs/${lab.id}/`,
      title: `${lab.title} - Stacklab`,
      description: `Lab ${lab.number}: ${lab.title}`,
      section: 'labs',
      scripts: ['lab.tsx'],
      styles: ['lab.css'],
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

/** JSON for the page's own script. A data block is not run, so the policy allows it. */
function DataBlock({ id, text }: { id: string; text: string }) {
  return (
    <script
      type="application/json"
      id={id}
      // "</script" inside the JSON would end the block.
      dangerouslySetInnerHTML={{ __html: text.replaceAll('<', '\\u003c') }}
    />
  );
}
