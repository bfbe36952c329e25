// Our own routes, all under /stacklab/: what runs here, packets from the page, progress, dashboards.

import { Hono } from 'hono';
import { bad, good, type Result } from '../core/base/result.ts';
import type { Clock } from '../core/host/clock.ts';
import type { Address } from '../core/host/net.ts';
import type { Step } from '../core/trace/step.ts';
import { jsonError } from './answers.ts';
import { readBody } from './parameters.ts';
import { makeTokenBucket } from './token-bucket.ts';

/** Largest packet a page may send: more than any UDP datagram of StatsD should have. */
export const SEND_BYTES_MAX = 8192;

/** Packets a second from pages, all together. */
export const SEND_PER_SECOND_MAX = 200;

/** Largest file of progress: the whole course with all code is far below. */
export const PROGRESS_BYTES_MAX = 1_000_000;

/** What every file of progress says it is. */
export const PROGRESS_FORMAT = 'stacklab.progress.v1';

export type SendTarget = 'statsd' | 'carbon';

/** What this stack is doing. Null: not known, or nothing came yet. */
export interface Status {
  readonly version: string;
  readonly places: Readonly<Record<string, Address>>;
  readonly startedAtS: number;
  readonly pointsPerSecond: number | null;
}

/** Where the copy of a learner's progress is kept. */
export interface Progress {
  /** The text last written, or null. */
  read(): string | null;
  write(text: string): Result<null>;
}

export interface Dashboards {
  list(): readonly DashboardEntry[];
  /** The dashboard as JSON text, or null. */
  read(uid: string): string | null;
}

export interface DashboardEntry {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
}

export interface StacklabParts {
  readonly clock: Clock;
  status(): Status;
  /** What became of the points of a metric; null asks what was lost of all. Fails when no metric can have the name. */
  where(metric: string | null): Result<readonly Step[]>;
  /** Sends one packet to the port of `to` on this machine. */
  send(to: SendTarget, packet: Uint8Array): void;
  readonly progress: Progress;
  readonly dashboards: Dashboards;
  /**
   * True when the other end of the connection is this machine. Left out: it always is, because the
   * server listens on loopback only.
   */
  readonly isNear?: (request: Request) => boolean;
}

export function makeStacklabRoutes(parts: StacklabParts): Hono {
  const app = new Hono();
  const bucket = makeTokenBucket(SEND_PER_SECOND_MAX);

  app.use(async (context, next) => {
    const isReading = context.req.method === 'GET' || context.req.method === 'HEAD';
    if (!isReading && parts.isNear && !parts.isNear(context.req.raw))
      return jsonError(403, 'Only this machine may write here; other machines may read.');
    return next();
  });

  app.get('/status', () => json({ name: 'stacklab', ...parts.status() }));

  app.get('/where', (context) => {
    const metric = context.req.query('metric') || null;
    const steps = parts.where(metric);
    return steps.ok ? json({ metric, steps: steps.value }) : jsonError(400, steps.why);
  });

  app.post('/send', async (context) => {
    const to = context.req.query('to') ?? '';
    if (to !== 'statsd' && to !== 'carbon')
      return jsonError(400, `A packet goes to=statsd or to=carbon, not to "${to.slice(0, 40)}".`);
    if (!bucket.take(parts.clock.steadyMs()))
      return jsonError(
        429,
        `Pages may send ${SEND_PER_SECOND_MAX} packets a second; wait a moment and send again.`,
      );
    const packet = await readBody(context.req.raw, SEND_BYTES_MAX);
    if (!packet.ok) return jsonError(413, packet.why);
    parts.send(to, packet.value);
    return new Response(null, { status: 204 });
  });

  app.get('/progress', () => {
    const text = parts.progress.read();
    return text === null ? new Response(null, { status: 204 }) : jsonText(text);
  });

  app.put('/progress', async (context) => {
    const body = await readBody(context.req.raw, PROGRESS_BYTES_MAX);
    if (!body.ok) return jsonError(400, body.why);
    const text = new TextDecoder().decode(body.value);
    const checked = checkProgress(text);
    if (!checked.ok) return jsonError(400, checked.why);
    const written = parts.progress.write(text);
    return written.ok ? new Response(null, { status: 204 }) : jsonError(500, written.why);
  });

  app.get('/dashboards', () => json(parts.dashboards.list()));

  app.get('/dashboards/:uid', (context) => {
    const uid = context.req.param('uid');
    const text = /^[\w-]{1,64}$/.test(uid) ? parts.dashboards.read(uid) : null;
    return text === null
      ? jsonError(404, `There is no dashboard "${uid.slice(0, 64)}".`)
      : jsonText(text);
  });
  return app;
}

function checkProgress(text: string): Result<null> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad(`Progress must be JSON, and this is not: "${text.slice(0, 40)}".`);
  }
  const format =
    typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
  if (format === PROGRESS_FORMAT) return good(null);
  return bad(`Progress must be an object with "format": "${PROGRESS_FORMAT}".`);
}

function json(value: unknown): Response {
  return jsonText(JSON.stringify(value));
}

function jsonText(text: string): Response {
  return new Response(text, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
