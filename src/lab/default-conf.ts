// The configuration files of a new stack, in the words of the real programs. `up` puts them into
// <home>/conf on the first start; the stack in the page starts from the same.

export const STORAGE_SCHEMAS_CONF = `# How long points are kept, and how fine. The first section whose pattern is found
# in a metric's name decides, once, when the metric is new.
#
#   retentions = seconds per point : how long, ... (finest first)

[carbon]
pattern = ^carbon\\.
retentions = 60s:90d

[default]
pattern = .*
retentions = 10s:6h,1m:7d,10m:90d
`;

export const STORAGE_AGGREGATION_CONF = `# How fine points become one coarse point. xFilesFactor is the part of them that must
# be known; the method is average, sum, last, max or min. The first pattern that is found decides.

[min]
pattern = \\.lower$
xFilesFactor = 0.1
aggregationMethod = min

[max]
pattern = \\.upper(_\\d+)?$
xFilesFactor = 0.1
aggregationMethod = max

# A counter's count is an amount: amounts are added, and an empty interval is no reason to forget the others.
[count]
pattern = \\.(count|sum)$
xFilesFactor = 0
aggregationMethod = sum

[default]
pattern = .*
xFilesFactor = 0.3
aggregationMethod = average
`;

export const COLLECTD_CONF = `# What the collector reads, and where it sends it. A plugin works once LoadPlugin names it.

Interval 10

LoadPlugin cpu
LoadPlugin memory
LoadPlugin df
LoadPlugin interface
LoadPlugin load
LoadPlugin processes
LoadPlugin swap
LoadPlugin write_graphite

<Plugin cpu>
  # One set of values for the whole machine, in percent.
  ReportByCpu false
  ValuesPercentage true
</Plugin>

<Plugin df>
  # Everything but what lives in memory.
  FSType "tmpfs"
  FSType "devtmpfs"
  FSType "ramfs"
  FSType "squashfs"
  IgnoreSelected true
  ValuesPercentage true
</Plugin>

<Plugin interface>
  ReportInactive false
</Plugin>

<Plugin write_graphite>
  <Node "carbon">
    Host "127.0.0.1"
    Port "2003"
    Prefix "collectd."
  </Node>
</Plugin>
`;

/** StatsD's file is a JavaScript object; here without code. */
export const STATSD_CONF = `// Milliseconds between two flushes: the same as the finest retention, so that each flush has its slot.
{
  port: 8125,
  address: '127.0.0.1',
  flushInterval: 10000,
  graphiteHost: '127.0.0.1',
  graphitePort: 2003,
  percentThreshold: [90],
  graphite: { legacyNamespace: false },
}
`;
