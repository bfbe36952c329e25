// Plugins of the real collectd that do not exist here: a file that loads one is still good, and says so in one sentence.

const LOGS = new Set(['syslog', 'logfile', 'log_logstash']);
const WRITES = /^(?:rrdtool|rrdcached|csv|unixsock|mongodb|gmond|write_\w+)$/;
const CHAINS = /^(?:match|target)_/;

/** What is instead, for the plugin `name`. */
export function whyAbsent(name: string): string {
  if (LOGS.has(name))
    return `the plugin "${name}" is left out: this collector logs to standard error.`;
  if (CHAINS.test(name))
    return `the plugin "${name}" is left out: there are no filter chains here.`;
  if (WRITES.test(name))
    return `the plugin "${name}" is left out: this collector sends to Carbon, by write_graphite.`;
  return `the plugin "${name}" does not exist here; it is left out.`;
}
