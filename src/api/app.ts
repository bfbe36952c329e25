// The HTTP API as one app. It knows nothing of Node or of a browser: whoever runs it gives it requests.
//
//   /render /metrics /functions /version    Graphite's, so that a real Grafana can point here
//   /stacklab/                              our own

import { Hono } from 'hono';
import type { EventLog } from '../core/events/event-log.ts';
import type { Regex } from '../core/graphite/regex.ts';
import type { Clock } from '../core/host/clock.ts';
import type { TagLog } from '../core/tags/tag-log.ts';
import { invalidParameters, jsonError, plainAnswer } from './answers.ts';
import { answerEvent, answerEventData, answerEvents, answerPostEvent } from './graphite/events.ts';
import { answerExpand, answerFind, answerIndex, answerMetadata } from './graphite/find.ts';
import { answerFunction, answerFunctions } from './graphite/functions.ts';
import type { RenderParts } from './graphite/render-series.ts';
import { answerRender } from './graphite/render.ts';
import { answerWhy } from './graphite/why.ts';
import { addTagRoutes } from './graphite/tags.ts';
import { guard } from './guard.ts';
import { withSecurityHeaders } from './headers.ts';
import { BODY_BYTES_MAX } from './limits.ts';
import { readBody, readParameters, type Parameters } from './parameters.ts';
import { re2Regex } from './re2-regex.ts';
import { makeStacklabRoutes, type StacklabParts } from './stacklab.ts';
import type { Store } from './store.ts';

/** The graphite-web whose answers these are: clients switch features on by it. */
export const GRAPHITE_VERSION = '1.1.10';

export interface AppParts {
  readonly store: Store;
  readonly clock: Clock;
  /** Left out: RE2, safe for patterns from anywhere. */
  readonly regex?: Regex;
  /** Left out: no series are known by their tags, and there are no routes of them. */
  readonly tags?: TagLog;
  /** Left out: there are no events, and no routes of them. */
  readonly events?: EventLog;
  /** Host names beside loopback under which the server may be asked, without port. */
  readonly hosts?: readonly string[];
  /** Left out: there are no routes under /stacklab/. */
  readonly stacklab?: Omit<StacklabParts, 'clock'>;
  /** Tells the files of workers, which may compile WebAssembly. */
  readonly isWorkerFile?: (path: string) => boolean;
}

export function makeApp(parts: AppParts): Hono {
  const { store, clock } = parts;
  const regex = parts.regex ?? re2Regex;
  const nowS = (): number => Math.floor(clock.now() / 1000);
  const app = new Hono({ strict: false });

  app.use(withSecurityHeaders(parts.isWorkerFile ?? (() => false)));
  app.use(guard(parts.hosts));
  app.onError((error) => plainAnswer(500, `The server could not answer: ${error.message}`));
  app.notFound(() => plainAnswer(404, 'There is nothing at this address.'));

  /** A route for GET and POST that reads its parameters from the address and the body. */
  function route(
    path: string,
    answer: (parameters: Parameters) => Promise<Response> | Response,
  ): void {
    app.on(['GET', 'POST'], [path, `${path}/`], async (context) => {
      const parameters = await readParameters(context.req.raw, BODY_BYTES_MAX);
      return parameters.ok ? answer(parameters.value) : invalidParameters(parameters.why);
    });
  }

  const render: RenderParts = {
    store,
    regex,
    nowS,
    tags: parts.tags ?? null,
    events: parts.events ?? null,
    steadyMs: () => clock.steadyMs(),
  };
  route('/render', (parameters) => answerRender(parameters, render));
  route('/stacklab/why', (parameters) => answerWhy(parameters, render));
  route('/metrics', (parameters) => answerFind(parameters, store, nowS()));
  route('/metrics/find', (parameters) => answerFind(parameters, store, nowS()));
  route('/metrics/expand', (parameters) => answerExpand(parameters, store));
  route('/metrics/get-metadata', (parameters) => answerMetadata(parameters));
  route('/metrics/index.json', (parameters) => answerIndex(parameters, store));
  addFunctionRoutes(app);
  if (parts.events) addEventRoutes(app, parts.events, parts.stacklab?.isNear, nowS);
  if (parts.tags) {
    const isNear = parts.stacklab?.isNear ?? (() => true);
    addTagRoutes(app, { tags: parts.tags, regex, isNear });
  }
  app.get('/version', () => html(`${GRAPHITE_VERSION}\n`));
  if (parts.stacklab) app.route('/stacklab', makeStacklabRoutes({ ...parts.stacklab, clock }));
  return app;
}

function addEventRoutes(
  app: Hono,
  events: EventLog,
  isNear: ((request: Request) => boolean) | undefined,
  nowS: () => number,
): void {
  const get = (path: string, answer: (parameters: Parameters) => Response): void => {
    app.get(path, async ({ req }) => {
      const parameters = await readParameters(req.raw, BODY_BYTES_MAX);
      return parameters.ok ? answer(parameters.value) : invalidParameters(parameters.why);
    });
  };
  get('/events', (parameters) => answerEvents(parameters, events, nowS()));
  get('/events/get_data', (parameters) => answerEventData(parameters, events, nowS()));
  app.get('/events/:id', ({ req }) =>
    answerEvent(req.param('id'), req.header('accept') ?? null, events),
  );
  app.post('/events', async ({ req }) => {
    if (isNear && !isNear(req.raw))
      return jsonError(403, 'Only this machine may tell of events here; other machines may read.');
    const body = await readBody(req.raw, BODY_BYTES_MAX);
    if (!body.ok) return jsonError(413, body.why);
    return answerPostEvent(new TextDecoder().decode(body.value), events, nowS());
  });
  app.all('/events', () => new Response('', { status: 405, headers: { allow: 'GET, POST' } }));
}

function addFunctionRoutes(app: Hono): void {
  app.get('/functions', async ({ req }) => {
    const parameters = await readParameters(req.raw, BODY_BYTES_MAX);
    return parameters.ok ? answerFunctions(parameters.value) : invalidParameters(parameters.why);
  });
  app.get('/functions/:name', async ({ req }) => {
    const parameters = await readParameters(req.raw, BODY_BYTES_MAX);
    return parameters.ok
      ? answerFunction(req.param('name'), parameters.value)
      : invalidParameters(parameters.why);
  });
  app.all('/functions', () => new Response('', { status: 405, headers: { allow: 'GET' } }));
  app.all('/functions/:name', () => new Response('', { status: 405, headers: { allow: 'GET' } }));
}

function html(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}
