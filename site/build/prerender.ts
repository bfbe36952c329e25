// Gives Vite HTML files that exist on no disk: the pages, rendered once from site/page/pages.tsx and reference-pages.tsx.

import { runnerImport, type Plugin } from 'vite';
import { coursePlugin } from './course.ts';

/** As much of those as the build knows. */
export interface Pages {
  allPages(): readonly {
    /** "" or "lessons/closures/counters/". */
    readonly path: string;
    readonly html: () => string;
  }[];
}

export function prerenderPlugin(root: string): Plugin {
  const pages = new Map<string, string>();
  return {
    name: 'stacklab-pages',
    enforce: 'pre',
    async config() {
      for (const name of ['pages.tsx', 'reference-pages.tsx']) {
        const { module } = await runnerImport<Pages>(`${root}site/page/${name}`, {
          root,
          configFile: false,
          plugins: [coursePlugin(root)],
        });
        for (const page of module.allPages())
          pages.set(`${root}${page.path}index.html`, page.html());
      }
      return { build: { rolldownOptions: { input: [...pages.keys()] } } };
    },
    resolveId: (id) => (pages.has(id) ? id : null),
    load: (id) => pages.get(id) ?? null,
  };
}
