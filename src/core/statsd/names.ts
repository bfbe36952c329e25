// Under which names StatsD's numbers stand in Graphite.
//
//               legacy (the default)              legacyNamespace: false
//   counter     stats.KEY, stats_counts.KEY       stats.counters.KEY.rate, stats.counters.KEY.count
//   timer       stats.timers.KEY.mean             the same
//   own         statsd.numStats, stats.statsd...  stats.statsd.numStats, stats.statsd...
//
// The tags of a key ("KEY;site=home") come behind everything, the suffix too.

import type { StatsdConfig } from './config.ts';
import { sanitizeKey } from './packet.ts';

export interface Names {
  rate(key: string): string;
  count(key: string): string;
  /** What stands in front of a statistic and behind it: a timer has many. */
  timer(key: string): readonly [before: string, after: string];
  gauge(key: string): string;
  set(key: string): string;
  numStats: string;
  /** What StatsD tells about itself: "graphiteStats.flush_time" and the like. */
  own(stat: string): string;
}

export function makeNames(config: StatsdConfig): Names {
  const { namespace, prefixStats } = config;
  const suffix = namespace.globalSuffix === '' ? '' : `.${namespace.globalSuffix}`;

  // Keys that were kept raw are made safe here, their tags are not.
  const safe = (name: string): string => (config.keyNameSanitize ? name : sanitizeKey(name));

  function name(prefix: string, key: string, stat: string): string {
    const cut = key.indexOf(';');
    if (cut < 0) return prefix + safe(key) + stat + suffix;
    return prefix + safe(key.slice(0, cut)) + stat + suffix + key.slice(cut);
  }

  const global = namespace.legacy ? ['stats'] : present(namespace.globalPrefix);
  const dotted = (levels: readonly string[]): string => levels.map((level) => `${level}.`).join('');
  const below = (prefix: string): string => dotted([...global, ...present(prefix)]);
  const [counters, rate] = namespace.legacy
    ? ['stats.', '']
    : [below(namespace.prefixCounter), '.rate'];
  const [counts, count] = namespace.legacy ? ['stats_counts.', ''] : [counters, '.count'];
  const timers = namespace.legacy ? 'stats.timers.' : below(namespace.prefixTimer);
  const gauges = namespace.legacy ? 'stats.gauges.' : below(namespace.prefixGauge);
  const sets = namespace.legacy ? 'stats.sets.' : below(namespace.prefixSet);
  return {
    rate: (key) => name(counters, key, rate),
    count: (key) => name(counts, key, count),
    timer(key) {
      const cut = key.indexOf(';');
      return cut < 0
        ? [`${timers}${safe(key)}.`, suffix]
        : [`${timers}${safe(key.slice(0, cut))}.`, suffix + key.slice(cut)];
    },
    gauge: (key) => name(gauges, key, ''),
    set: (key) => name(sets, key, '.count'),
    // In the legacy names it stands outside "stats", which storage-schemas.conf must know.
    numStats: `${namespace.legacy ? '' : dotted(global)}${prefixStats}.numStats${suffix}`,
    own: (stat) => `${dotted(global)}${prefixStats}.${stat}${suffix}`,
  };
}

function present(level: string): string[] {
  return level === '' ? [] : [level];
}
