// Port 7002: graphite-web asks Carbon for points that are not in the files yet.
//
//   request  frame with the pickle of {'type': 'cache-query', 'metric': 'a.b'}
//   reply    frame with the pickle of {'datapoints': [(1700000000, 1.5)]}
//
// One reply a request, in order, on a connection that stays open. A request that cannot be read ends it, as in
// the real program.

import { bad, good, type Result } from '../base/result.ts';
import type { Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';
import type { Connection, ConnectionEvents } from '../host/net.ts';
import { setRollup } from '../whisper/create.ts';
import type { PathRules } from '../whisper/metric-path.ts';
import { openWhisper } from '../whisper/open.ts';
import type { Cache } from './cache.ts';
import { metricPlace } from './metric-place.ts';
import { frameOf, makeFrameBuffer } from './frame.ts';
import { LINE_BYTES_MAX } from './line.ts';
import { PICKLE_BYTES_MAX, unpickle } from './pickle-in.ts';
import type { PickleValue } from './pickle-machine.ts';
import { pickle, type Pickled, type PickledDict } from './pickle-out.ts';
import type { ReceiveCounts } from './stats.ts';

/** More than one page of a dashboard asks for. */
export const BULK_METRICS_MAX = 100_000;

/** What the port needs of its Carbon. */
export interface QueryParts {
  readonly cache: Cache;
  readonly files: Files;
  readonly counts: ReceiveCounts;
  readonly log: Log;
  readonly paths: PathRules;
  /** Whether times have fractions, and so are floats in Python: with a MIN_TIMESTAMP_RESOLUTION of 0. */
  readonly hasFractions: boolean;
}

export function acceptQueries(parts: QueryParts, connection: Connection): ConnectionEvents {
  const frames = makeFrameBuffer(PICKLE_BYTES_MAX);
  let isOpen = true;

  function end(why: string): void {
    isOpen = false;
    parts.log.say('warning', 'Closed a connection: its query cannot be read.', { why });
    connection.close();
  }

  function answerFrame(frame: Uint8Array): void {
    if (!isOpen) return;
    const request = unpickle(frame);
    const reply = request.ok ? answerQuery(parts, request.value) : request;
    if (reply.ok) connection.write(frameOf(pickle(reply.value)));
    else end(reply.why);
  }

  return {
    received(bytes) {
      if (!isOpen) return;
      const taken = frames.receive(bytes, answerFrame);
      if (!taken.ok) end(taken.why);
    },
    closed: () => undefined,
  };
}

/** The reply to one request; names in it are canonical already. */
export function answerQuery(parts: QueryParts, request: PickleValue): Result<PickledDict> {
  const { counts } = parts;
  if (!(request instanceof Map)) return bad('The request is no dict.');
  const type = request.get('type');
  if (type === undefined) return bad('The request has no "type".');
  const metric = request.get('metric');
  const metrics = request.get('metrics');
  if (type === 'cache-query') {
    if (typeof metric !== 'string') return bad('The request has no "metric".');
    counts.cacheQueries++;
    return good(new Map([['datapoints', datapoints(parts, metric)]]));
  }
  if (type === 'cache-query-bulk') {
    if (!Array.isArray(metrics)) return bad('The request has no list "metrics".');
    const names = namesIn(metrics);
    if (!names.ok) return names;
    counts.cacheBulkQueries++;
    counts.cacheBulkMetrics += metrics.length;
    const byMetric = new Map([...names.value].map((name) => [name, datapoints(parts, name)]));
    return good(new Map([['datapointsByMetric', byMetric]]));
  }
  if (type !== 'get-metadata' && type !== 'set-metadata')
    return good(new Map([['error', `Invalid request type "${textOf(type)}"`]]));
  if (typeof metric !== 'string') return bad('The request has no "metric".');
  const isChange = type === 'set-metadata';
  const value = request.get('value');
  if (isChange && typeof value !== 'string') return bad('The request has no "value".');
  return good(metadata(parts, metric, request.get('key'), isChange ? textOf(value) : null));
}

// Each name once: a pickle of a few bytes can name a metric a thousand times, and two long names that are equal take
// long to compare.
function namesIn(metrics: readonly PickleValue[]): Result<ReadonlySet<string>> {
  if (metrics.length > BULK_METRICS_MAX)
    return bad(`The request has ${metrics.length} metrics; ${BULK_METRICS_MAX} are allowed.`);
  const names = new Set<string>();
  for (const name of metrics) {
    if (typeof name !== 'string') continue;
    if (name.length > LINE_BYTES_MAX)
      return bad(
        `A metric of the request has ${name.length} characters; ${LINE_BYTES_MAX} are allowed.`,
      );
    names.add(name);
  }
  return good(names);
}

function datapoints({ cache, hasFractions }: QueryParts, metric: string): readonly Pickled[] {
  const pickledTime = (time: number): Pickled => (hasFractions ? time : BigInt(time));
  return cache.query(metric).map(({ time, value }) => ({ tuple: [pickledTime(time), value] }));
}

/** Reads the method of aggregation in the header of a file, or with `value` changes it. */
function metadata(
  { files, paths }: QueryParts,
  metric: string,
  key: PickleValue | undefined,
  value: string | null,
): PickledDict {
  const error = (why: string): PickledDict => new Map([['error', why]]);
  if (key !== 'aggregationMethod') return error(`Unsupported metadata key "${textOf(key)}"`);
  const path = metricPlace(files, metric, paths);
  if (!path.ok) return error(path.why);
  const opened = openWhisper(files, path.value);
  if (!opened.ok) return error(opened.why);
  const whisper = opened.value;
  if (!whisper) return error(`There is no file for "${metric}".`);
  const { method } = whisper.header;
  const changed =
    value === null ? good(null) : setRollup(whisper, { xFilesFactor: null, method: value });
  whisper.file.close();
  if (!changed.ok) return error(changed.why);
  if (value === null) return new Map([['value', method]]);
  return new Map([
    ['old_value', method],
    ['new_value', value],
  ]);
}

function textOf(value: PickleValue | undefined): string {
  return typeof value === 'string' ? value : typeof value;
}
