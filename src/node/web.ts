// The web server: the API and the files of the built site, on one port.

import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { serve, type ServerType } from '@hono/node-server';
import { makeApp, type AppParts } from '../api/app.ts';
import { bad, good, type Result } from '../core/base/result.ts';
import type { Address } from '../core/host/net.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ipynb': 'application/x-ipynb+json',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.py': 'text/x-python; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.zip': 'application/zip',
};

/** Files under assets/ carry a hash of their content in their name: they never change. */
const FOREVER = 'public, max-age=31536000, immutable';

export interface WebServer {
  readonly address: Address;
  close(): void;
}

/** Starts to listen; `siteFolder` null serves the API alone. */
export function startWeb(
  parts: AppParts & { readonly told: (route: string, tookMs: number) => void },
  siteFolder: string | null,
  at: Address,
): Promise<Result<WebServer>> {
  const app = makeApp({ ...parts, isWorkerFile: (path) => /worker[^/]*\.m?js$/.test(path) });
  if (siteFolder !== null)
    app.get('*', (context) => {
      const asked = new URL(context.req.url);
      // Another name is another origin to a browser, which keeps a reader's progress apart for it.
      if (asked.hostname === 'localhost' && at.host === '127.0.0.1') {
        asked.hostname = at.host;
        return context.redirect(asked.href);
      }
      return fileAnswer(siteFolder, asked.pathname);
    });

  const timed: typeof app.fetch = async (request, ...rest) => {
    const beganMs = performance.now();
    const answer = await app.fetch(request, ...rest);
    parts.told(new URL(request.url).pathname.split('/')[1] ?? '', performance.now() - beganMs);
    return answer;
  };

  return new Promise((resolve) => {
    const server: ServerType = serve({ fetch: timed, hostname: at.host, port: at.port }, (info) =>
      resolve(good({ address: { host: at.host, port: info.port }, close })),
    );
    server.once('error', (error) => resolve(bad(`The web server: ${error.message}.`)));

    function close(): void {
      server.close();
      // Keep-alive connections of an open page would hold the process for minutes.
      if ('closeAllConnections' in server) server.closeAllConnections();
    }
  });
}

function fileAnswer(folder: string, path: string): Response {
  const wanted = normalize(join(folder, decodeSafe(path)));
  const inside =
    wanted === folder || wanted.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  if (!inside) return notFound(folder);
  if (existsSync(wanted) && statSync(wanted).isDirectory()) {
    // Relative links need the slash at the end.
    if (!path.endsWith('/'))
      return new Response(null, {
        status: 301,
        headers: { location: `${path}/` },
      });
    return pageAnswer(join(wanted, 'index.html')) ?? notFound(folder);
  }
  if (!existsSync(wanted)) return notFound(folder);
  if (wanted.endsWith('.html')) return pageAnswer(wanted) ?? notFound(folder);
  const size = statSync(wanted).size;
  const body = Readable.toWeb(createReadStream(wanted)) as ReadableStream<Uint8Array>;
  return new Response(body, {
    headers: {
      'content-type': TYPES[extname(wanted)] ?? 'application/octet-stream',
      'content-length': String(size),
      'cache-control': path.includes('/assets/') ? FOREVER : 'no-cache',
    },
  });
}

/** A page learns from this mark that a stack serves it; a copy on a static host has none. */
function pageAnswer(path: string): Response | null {
  if (!existsSync(path)) return null;
  const html = readFileSync(path, 'utf8').replace('<html ', '<html data-served-by="stack" ');
  return new Response(html, {
    headers: { 'content-type': TYPES['.html'] ?? '', 'cache-control': 'no-cache' },
  });
}

function notFound(folder: string): Response {
  const page = pageAnswer(join(folder, '404.html'));
  if (page !== null) return new Response(page.body, { status: 404, headers: page.headers });
  return new Response('There is nothing at this address.\n', { status: 404 });
}

function decodeSafe(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '/';
  }
}
