// Who may ask. The stack listens on loopback, but every page in the same browser can reach loopback too:
//
//   a page of another site ── fetch ──► http://127.0.0.1:8080     its Origin tells on it
//   a name that its owner points at 127.0.0.1 ─────────────────►  its Host tells on it

import type { MiddlewareHandler } from 'hono';
import { plainAnswer } from './answers.ts';

/** Routes that a page of another origin may read with GET, as Graphite's own users expect. */
const OPEN_TO_READ = /^\/(render|metrics|functions|events|version)(\/|$)/;

/** Loopback, by any of its names. */
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** `names`: further host names under which this server may be asked, without port. */
export function guard(names: readonly string[] = []): MiddlewareHandler {
  const allowed = new Set([...LOOPBACK_NAMES, ...names.map((name) => name.toLowerCase())]);

  return async (context, next) => {
    const request = context.req.raw;
    // In a worker there is no Host header; the address that was asked says the same.
    const host = (request.headers.get('host') ?? new URL(request.url).host).toLowerCase();
    if (!allowed.has(host.replace(/:\d+$/, '')))
      return plainAnswer(
        403,
        `This server does not answer to the name "${shown(host)}". Ask for 127.0.0.1, or start it with --host NAME.`,
      );
    const origin = request.headers.get('origin');
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    const isOpen = isReading && OPEN_TO_READ.test(new URL(request.url).pathname);
    if (origin !== null && !isSameOrigin(origin, host) && !isOpen)
      return plainAnswer(
        403,
        `A page of "${shown(origin)}" may not do this here: only pages of this server may.`,
      );
    return next();
  };
}

function isSameOrigin(origin: string, host: string): boolean {
  return (
    URL.canParse(origin) && new URL(origin).host.toLowerCase() === withoutUsualPort(host, origin)
  );
}

// A browser leaves the usual port out of an origin, and some clients put it into Host.
function withoutUsualPort(host: string, origin: string): string {
  return origin.startsWith('https:') ? host.replace(/:443$/, '') : host.replace(/:80$/, '');
}

const SHOWN_MAX = 100;

function shown(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}
