// What the benches share: the middle of several runs, and the machine they ran on.

import { cpus } from 'node:os';

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

/** "Node 20.20.2, 2 cores, linux x64". */
export function machine() {
  return `Node ${process.versions.node}, ${cpus().length} cores, ${process.platform} ${process.arch}`;
}
