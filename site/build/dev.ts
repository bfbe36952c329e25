// `npm run dev`: the built site with the lessons as they are on disk now. A save shows at once in every open page.
//
//   lesson.md saved -> pages rendered anew -> "fresh" -> the browser loads its page again
//                   -> check runs meanwhile -> "findings" -> the bar of the page, and the terminal
//
// Scripts and styles are those of the build; only the pages are rendered anew, by the same code.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createServer, preview, type Plugin, type ViteDevServer } from 'vite';
import { PAGE_POLICY, securityHeaders, WORKER_POLICY } from '../../src/api/headers.ts';
import { coursePlugin } from './course.ts';
import { makeChecker } from './dev-check.ts';
import type { Pages } from './prerender.ts';

export interface DevOptions {
  /** Of the repository, with a slash at the end. */
  readonly root: string;
  /** Folder with lessons/ and labs/, with a slash at the end. */
  readonly content: string;
  /** Whether what is seen goes into recorded.json. */
  readonly record: boolean;
  readonly port: number;
  readonly say: (line: string) => void;
}

export interface Dev {
  readonly url: string;
  close(): Promise<void>;
}

const HTML = 'text/html; charset=utf-8';
const CLIENT = '<script type="module" src="/dev/client.js"></script>';
/** For a lesson that was broken from the start. */
const ONLY_THE_BAR = `<!doctype html><html lang="en"><title>Stacklab</title><link rel="icon" href="/icon.svg">${CLIENT}`;

/** An editor may write a file in several steps. */
const SETTLED_MS = 20;
const WATCH_MS = 10;

export async function startDev({ root, content, record, port, say }: DevOptions): Promise<Dev> {
  const listeners = new Set<ServerResponse>();
  let findings: readonly string[] = [];
  let pages: ReadonlyMap<string, () => string> = new Map();
  const checker = makeChecker({ root, content, record, say, onDone: checked });
  const renderer = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    server: {
      middlewareMode: true,
      hmr: false,
      ws: false,
      watch: { ignored: ['dist', 'site', 'src', 'test'].map((name) => `${root}${name}/**`) },
    },
    optimizeDeps: { noDiscovery: true },
    plugins: [coursePlugin(content, { recordedIn: checker.recordedIn })],
  });
  let saves = 0;
  renderer.watcher.on('all', (_, path) => {
    const saved = /^(lessons|labs)\/([^/]+)\/(?!recorded\.json)/.exec(path.slice(content.length));
    if (saved === null || !path.startsWith(content)) return;
    void save(`${saved[1]}/${saved[2]}`);
  });
  // The address answers when a save is heard and the pages are there.
  await watched(renderer, content);
  await render();
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'silent',
    appType: 'mpa',
    build: { outDir: `${root}dist/site` },
    preview: { host: '127.0.0.1', port },
    plugins: [answers()],
  });
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      checker.close();
      for (const listener of listeners) listener.end();
      await Promise.all([server.close(), renderer.close()]);
    },
  };

  async function save(folder: string): Promise<void> {
    saves += 1;
    const mine = saves;
    await setTimeout(SETTLED_MS);
    if (mine === saves && (await render())) checker.check(folder);
  }

  /** A lesson that does not compile leaves the pages as they were, and says why. */
  async function render(): Promise<boolean> {
    try {
      pages = await pagesNow(renderer);
    } catch (error) {
      tell([error instanceof Error ? error.message : String(error)]);
      return false;
    }
    findings = [];
    send('fresh', []);
    return true;
  }

  function checked(found: readonly string[], isNew: boolean): void {
    if (isNew) void render().then(() => tell(found));
    else tell(found);
  }

  function tell(found: readonly string[]): void {
    for (const line of found) say(line);
    findings = found;
    send('findings', found);
  }

  function send(kind: 'fresh' | 'findings', lines: readonly string[]): void {
    for (const listener of listeners) listener.write(eventText(kind, lines));
  }

  /** What stands before the files of the build. */
  function answers(): Plugin {
    return {
      name: 'stacklab-dev',
      configurePreviewServer({ middlewares }) {
        middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
          const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
          const policy = /worker[^/]*\.m?js$/.test(path) ? WORKER_POLICY : PAGE_POLICY;
          for (const [name, value] of Object.entries(securityHeaders(policy)))
            response.setHeader(name, value);
          if (path === 'dev/events') listen(response);
          else if (path === 'dev/client.js') void answerClient(response);
          else if (pages.has(path)) answerPage(response, path);
          else if (pages.size === 0 && (path === '' || path.endsWith('/')))
            answer(response, HTML, ONLY_THE_BAR);
          else next();
        });
      },
    };
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(eventText('findings', findings));
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

  async function answerClient(response: ServerResponse): Promise<void> {
    const made = await renderer.transformRequest('/site/build/dev-client.ts');
    answer(response, 'text/javascript', made?.code ?? '');
  }

  function answerPage(response: ServerResponse, path: string): void {
    const html = withBuiltFiles(pages.get(path)?.() ?? '', builtPage(root, path));
    answer(response, HTML, html);
  }
}

/** Waits until the watcher knows every folder: a save before that would not be heard. */
async function watched({ watcher }: ViteDevServer, content: string): Promise<void> {
  const places = ['lessons', 'labs'].map((name) => content + name);
  watcher.add(places);
  const folders = places.flatMap((place) =>
    readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(place, name)),
  );
  while (!folders.every((folder) => watcher.getWatched()[folder]?.length))
    await setTimeout(WATCH_MS);
}

function answer(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text);
}

function eventText(kind: string, lines: readonly string[]): string {
  return `event: ${kind}\ndata: ${JSON.stringify(lines)}\n\n`;
}

async function pagesNow(renderer: ViteDevServer): Promise<ReadonlyMap<string, () => string>> {
  const graph = renderer.environments.ssr.moduleGraph;
  const course = graph.getModuleById('\0virtual:course');
  if (course !== undefined) graph.invalidateModule(course);
  const pages = graph.getModuleById(`${renderer.config.root}/site/page/pages.tsx`);
  if (pages !== undefined) graph.invalidateModule(pages);
  const module = (await renderer.ssrLoadModule('/site/page/pages.tsx')) as unknown as Pages;
  return new Map(module.allPages().map(({ path, html }) => [path, html]));
}

/** A page that the build does not know yet takes the files of another one of its kind. */
function builtPage(root: string, path: string): string {
  const built = (each: string): string => `${root}dist/site/${each}index.html`;
  const known = existsSync(built(path)) ? path : 'lessons/closures/makes/';
  return readFileSync(built(known), 'utf8');
}

const SOURCE_FILE =
  /<(?:link|script)[^>]*(?:href|src)="\/(?:site|node_modules)\/[^>]*>(?:<\/script>)?/g;
const BUILT_FILE = /<(?:link|script)[^>]*assets\/[^>]*>(?:<\/script>)?/g;

function withBuiltFiles(html: string, built: string): string {
  const files = built.match(BUILT_FILE) ?? [];
  return html.replace(SOURCE_FILE, '').replace('</head>', `${files.join('')}${CLIENT}</head>`);
}
