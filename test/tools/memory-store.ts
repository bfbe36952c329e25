// The port Store over a table of metrics, for tests of the API.

import { good } from '../../src/core/base/result.ts';
import { parseGlob } from '../../src/core/whisper/glob.ts';
import type { FoundNode, Store } from '../../src/api/store.ts';
import { readSlots, type RecordedMetric } from './recorded-metrics.ts';

export function makeMemoryStore(metrics: Readonly<Record<string, RecordedMetric>>): Store {
  const nodes = new Map<string, FoundNode>();
  for (const path of Object.keys(metrics)) {
    const parts = path.split('.');
    for (let length = 1; length <= parts.length; length++) {
      const node = parts.slice(0, length).join('.');
      const isLeaf = length === parts.length;
      nodes.set(`${node} ${isLeaf}`, { path: node, isLeaf, name: parts[length - 1] ?? '' });
    }
  }
  const sorted = [...nodes.values()].sort((left, right) => (left.path < right.path ? -1 : 1));

  return {
    find(pattern) {
      const patterns = pattern.split('.');
      return Promise.resolve(sorted.filter((node) => matches(patterns, node.path.split('.'))));
    },
    read({ paths, fromS, untilS }) {
      const read = paths.map((path) => {
        const metric = metrics[path];
        const slots = metric ? readSlots(metric, fromS, untilS) : null;
        return slots ? { path, ...slots } : null;
      });
      return Promise.resolve(read);
    },
    reach: (paths, nowS) =>
      Promise.resolve(paths.map(() => ({ startS: nowS - 86_400, endS: nowS }))),
    why: () => Promise.resolve([]),
    append: () => Promise.resolve(good(null)),
    missing: (path) => Promise.resolve(!(path in metrics)),
  };
}

function matches(patterns: readonly string[], parts: readonly string[]): boolean {
  const [first, ...rest] = patterns;
  if (first === undefined) return parts.length === 0;
  if (first === '**' && rest.length === 0) return parts.length > 0;
  if (first === '**') return parts.some((_, index) => matches(rest, parts.slice(index)));
  const [part, ...others] = parts;
  return part !== undefined && parseGlob(first).matches(part) && matches(rest, others);
}
