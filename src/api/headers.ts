// Headers that every answer carries: what a page of this server may load, and who may embed it.

import type { MiddlewareHandler } from 'hono';

/** For pages: everything from this origin, nothing from elsewhere, no inline scripts. */
export const PAGE_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `worker-src 'self'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ');

/** For the files of workers: as for pages, and Python's WebAssembly may be compiled. */
export const WORKER_POLICY = PAGE_POLICY.replace(
  `script-src 'self'`,
  `script-src 'self' 'wasm-unsafe-eval'`,
);

/** The headers of an answer whose file is `policy`'s. COOP and COEP together let workers share memory. */
export function securityHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

/** Puts them on every answer; `isWorkerFile` tells which paths are the files of workers. */
export function withSecurityHeaders(isWorkerFile: (path: string) => boolean): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const policy = isWorkerFile(context.req.path) ? WORKER_POLICY : PAGE_POLICY;
    for (const [name, value] of Object.entries(securityHeaders(policy)))
      context.res.headers.set(name, value);
  };
}
