// The HTTP API as one app. It knows nothing of Node or of a browser: whoever runs it gives it requests.

import { Hono } from 'hono';
import type { Clock } from '../core/host/clock.ts';
import type { Regex } from '../core/graphite/regex.ts';
import { answerRender } from './graphite/render.ts';
import { invalidParameters } from './answers.ts';
import { BODY_BYTES_MAX } from './limits.ts';
import { readParameters, type Parameters } from './parameters.ts';
import { re2Regex } from './re2-regex.ts';
import type { Store } from './store.ts';

export interface AppParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Left out: RE2, safe for patterns from anywhere. */
  readonly regex?: Regex;
}

export function makeApp(parts: AppParts): Hono {
  const app = new Hono({ strict: false });
  const regex = parts.regex ?? re2Regex;
  const nowS = (): number => Math.floor(parts.clock.now() / 1000);

  /** A route for GET and POST, with or without a slash at the end, that reads its parameters. */
  function route(path: string, answer: (parameters: Parameters) => Promise<Response>): void {
    app.on(['GET', 'POST'], path, async (context) => {
      const parameters = await readParameters(context.req.raw, BODY_BYTES_MAX);
      return parameters.ok ? answer(parameters.value) : invalidParameters(parameters.why);
    });
  }

  route('/render', (parameters) => answerRender(parameters, { store: parts.store, regex, nowS }));
  return app;
}
