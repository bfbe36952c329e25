// What this process costs its machine, behind the port of core/host/usage.ts.

import type { Usage } from '../core/host/usage.ts';

export function makeNodeUsage(): Usage {
  return {
    cpuMs() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    memoryBytes: () => process.memoryUsage.rss(),
    elapsedMs: () => performance.now(),
  };
}
