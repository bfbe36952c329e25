// The module "virtual:course": all lessons, labs and dashboards, compiled, for the pages to be rendered from.

import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const ID = 'virtual:course';

export function coursePlugin(root: string): Plugin {
  return {
    name: 'stacklab-course',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const course = { lessons: [], labs: [], dashboards: readDashboards(root) };
      return { code: `export default ${JSON.stringify(course)}`, moduleType: 'js' };
    },
  };
}

/** Every dashboard file of every lab, as text, by its uid. */
function readDashboards(root: string): readonly { uid: string; title: string; text: string }[] {
  return readdirSync(`${root}labs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) =>
      readdirSync(`${root}labs/${folder.name}`)
        .filter((name) => name.endsWith('.dashboard.json'))
        .map((name) => {
          const text = readFileSync(`${root}labs/${folder.name}/${name}`, 'utf8');
          const { uid, title } = JSON.parse(text) as { uid: string; title: string };
          return { uid, title, text };
        }),
    );
}
