// The pages of the reference, as HTML. They depend on no lesson: `npm run dev` leaves them as they were built.

import {
  FunctionList,
  FunctionPage,
  functionPath,
  FUNCTIONS,
  type Entry,
} from './function-pages.tsx';
import { page, type Page } from './html-page.tsx';

export function allPages(): readonly Page[] {
  return [functionListPage(), ...FUNCTIONS.map(functionPage)];
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
