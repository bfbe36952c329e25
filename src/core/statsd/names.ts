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

  function around(
    levels: readonly string[],
    key: string,
  ): readonly [before: string, after: string] {
    const cut = key.indexOf(';');
    const name = cut < 0 ? key : key.slice(0, cut);
    const tags = cut < 0 ? '' : key.slice(cut);
    // Keys that were kept raw are made safe here, their tags are not.
    const safe = config.keyNameSanitize ? name : sanitizeKey(name);
    return [[...levels, safe].join('.'), suffix + tags];
  }

  function name(levels: readonly string[], key: string, stat = ''): string {
    const [before, after] = around(levels, key);
    return before + (stat === '' ? '' : `.${stat}`) + after;
  }

  const global = namespace.legacy ? ['stats'] : present(namespace.globalPrefix);
  const below = (prefix: string): string[] => [...global, ...present(prefix)];
  const counters = namespace.legacy ? global : below(namespace.prefixCounter);
  const timers = namespace.legacy ? ['stats', 'timers'] : below(namespace.prefixTimer);
  const gauges = namespace.legacy ? ['stats', 'gauges'] : below(namespace.prefixGauge);
  const sets = namespace.legacy ? ['stats', 'sets'] : below(namespace.prefixSet);
  return {
    rate: (key) => (namespace.legacy ? name(counters, key) : name(counters, key, 'rate')),
    count: (key) => (namespace.legacy ? name(['stats_counts'], key) : name(counters, key, 'count')),
    timer: (key) => around(timers, key),
    gauge: (key) => name(gauges, key),
    set: (key) => name(sets, key, 'count'),
    // In the legacy names it stands outside "stats", which storage-schemas.conf must know.
    numStats: [...(namespace.legacy ? [] : global), prefixStats, 'numStats'].join('.') + suffix,
    own: (stat) => [...global, prefixStats, stat].join('.') + suffix,
  };
}

function present(level: string): string[] {
  return level === '' ? [] : [level];
}
