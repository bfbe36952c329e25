// The module "virtual:course": all lessons, labs and dashboards, compiled, for the pages to be rendered from.

import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { compileLab } from '../../src/lesson/lab.ts';

const ID = 'virtual:course';

export function coursePlugin(root: string): Plugin {
  return {
    name: 'stacklab-course',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const course = { lessons: [], labs: readLabs(root), dashboards: readDashboards(root) };
      return { code: `export default ${JSON.stringify(course)}`, moduleType: 'js' };
    },
  };
}

/** Every lab with the file its page starts from. */
function readLabs(root: string): readonly object[] {
  return readdirSync(`${root}labs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((folder) => {
      const file = `labs/${folder.name}/lab.md`;
      const lab = compileLab(readFileSync(root + file, 'utf8'), file);
      if (!lab.ok) throw new Error(lab.why);
      const conf = readFileSync(`${root}labs/${folder.name}/${lab.value.conf}`, 'utf8');
      return { ...lab.value, confText: conf };
    });
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
