// What Carbon tells about itself, as points in its own cache: carbon.agents.<host>-<instance>.<name>, under the names
// of the real program, so that its dashboards work.

import type { CarbonStats } from './stats.ts';

/** What was measured at one moment; null where the host cannot tell. */
export interface OwnReading {
  /** By the steady clock. */
  readonly steadyMs: number;
  readonly stats: CarbonStats;
  readonly usage: OwnUsage | null;
}

export interface OwnUsage {
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** Time that the writer worked so far. */
  readonly writingMs: number;
}

/** Changes between two readings, and the state at the second, by name. */
export function ownMetrics(before: OwnReading, now: OwnReading): ReadonlyMap<string, number> {
  const since = (name: keyof CarbonStats): number => now.stats[name] - before.stats[name];
  const updates = since('updateOperations');
  const points = since('committedPoints');
  const bulkQueries = since('cacheBulkQueries');
  const metrics = new Map([
    ['cache.size', now.stats.cacheSize],
    ['cache.queues', now.stats.cacheQueues],
    ['updateOperations', updates],
    ['committedPoints', points],
    ['creates', since('creates')],
    // The real program drops what it may not create; here those points wait.
    ['droppedCreates', 0],
    ['errors', since('errors')],
    ['cache.queries', since('cacheQueries')],
    ['cache.bulk_queries', bulkQueries],
    ['cache.overflow', since('overflow')],
    ['activeConnections', now.stats.activeConnections],
    ['metricsReceived', since('metricsReceived')],
    ['blacklistMatches', since('blacklistMatches')],
    ['whitelistRejects', since('whitelistRejects')],
  ]);
  if (points > 0) metrics.set('pointsPerUpdate', points / updates);
  if (bulkQueries > 0)
    metrics.set('cache.bulk_queries_average_size', since('cacheBulkMetrics') / bulkQueries);
  if (before.usage && now.usage) {
    const passedMs = Math.max(1, now.steadyMs - before.steadyMs);
    metrics.set('cpuUsage', (100 * (now.usage.cpuMs - before.usage.cpuMs)) / passedMs);
    metrics.set('memUsage', now.usage.memoryBytes);
    const writingMs = now.usage.writingMs - before.usage.writingMs;
    if (updates > 0) metrics.set('avgUpdateTime', writingMs / 1000 / updates);
  }
  return metrics;
}

/** Where a reading is kept. Dots in the name of the host would be branches of the tree. */
export function ownMetricPath(
  { metricPrefix, hostName, instance }: OwnNames,
  name: string,
): string {
  return `${metricPrefix}.agents.${hostName.replaceAll('.', '_')}-${instance}.${name}`;
}

export interface OwnNames {
  readonly metricPrefix: string;
  readonly hostName: string;
  readonly instance: string;
}
