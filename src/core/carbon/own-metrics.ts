// What Carbon tells about itself, as points in its own cache: carbon.agents.<host>-a.<name>, under the names of
// the real program, so that its dashboards work.

import type { CarbonStats } from './stats.ts';

/** Changes between two readings, and the state at the second, by name. */
export function ownMetrics(before: CarbonStats, now: CarbonStats): ReadonlyMap<string, number> {
  const since = (name: keyof CarbonStats): number => now[name] - before[name];
  const updates = since('updateOperations');
  const points = since('committedPoints');
  const metrics = new Map([
    ['cache.size', now.cacheSize],
    ['cache.queues', now.cacheQueues],
    ['updateOperations', updates],
    ['committedPoints', points],
    ['creates', since('creates')],
    // The real program drops what it may not create; here those points wait.
    ['droppedCreates', 0],
    ['errors', since('errors')],
    ['cache.queries', since('cacheQueries')],
    ['cache.bulk_queries', since('cacheBulkQueries')],
    ['cache.overflow', since('overflow')],
    ['activeConnections', now.activeConnections],
    ['metricsReceived', since('metricsReceived')],
    ['blacklistMatches', 0],
    ['whitelistRejects', 0],
  ]);
  if (points > 0) metrics.set('pointsPerUpdate', points / updates);
  return metrics;
}

/** Dots in the name of the host would be branches of the tree. */
export function ownMetricPath(hostName: string, name: string): string {
  return `carbon.agents.${hostName.replaceAll('.', '_')}-a.${name}`;
}
