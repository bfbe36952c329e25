// carbon.conf of the real program, as it is read here.

import { readFileSync, existsSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { readCarbonConf, type CarbonConf } from '../../src/node/carbon-conf.ts';
import { nearestWord } from '../../src/core/base/nearest-word.ts';

const DEBIANS_FILE = '/etc/carbon/carbon.conf';

function read(lines: string, instance = 'a'): { conf: CarbonConf; warnings: readonly string[] } {
  const conf = readCarbonConf(`[cache]\n${lines}\n`, instance);
  if (!conf.ok) throw new Error(conf.why);
  return { conf: conf.value.config, warnings: conf.value.warnings };
}

describe('carbon.conf', () => {
  test.each([
    ['MAX_CACHE_SIZE = inf', { cacheSizeMax: Infinity }],
    ['max_cache_size = 2e6', { cacheSizeMax: 2_000_000 }],
    ['MAX_UPDATES_PER_SECOND = 500', { updatesPerSecondMax: 500 }],
    ['MAX_UPDATES_PER_SECOND_ON_SHUTDOWN = 1000', { updatesPerSecondAtEnd: 1000 }],
    ['MAX_CREATES_PER_MINUTE = 50', { createsPerMinuteMax: 50 }],
    ['MIN_TIMESTAMP_RESOLUTION = 0', { resolutionS: 0 }],
    ['MIN_TIMESTAMP_LAG = 60', { lagS: 60 }],
    ['PICKLE_RECEIVER_MAX_LENGTH = 2097152', { pickleFrameBytesMax: 2_097_152 }],
    ['MAX_RECEIVER_CONNECTIONS = 8', { connectionsMax: 8 }],
    ['MAX_RECEIVER_CONNECTIONS = inf', { connectionsMax: Infinity }],
    ['METRIC_CLIENT_IDLE_TIMEOUT = 2.5', { idleS: 2.5 }],
    ['METRIC_CLIENT_IDLE_TIMEOUT = None', { idleS: Infinity }],
    ['USE_FLOW_CONTROL = off', { slowsSenders: false }],
    ['CACHE_WRITE_STRATEGY = timesorted', { strategy: 'timesorted' }],
    ['LOG_CREATES = No', { logsCreates: false }],
    ['LOG_UPDATES = YES', { logsUpdates: true }],
    ['LOG_LISTENER_CONN_SUCCESS = 1', { logsConnections: true }],
    ['LOG_LISTENER_CONN_LOST = False', { logsLost: false }],
    ['CARBON_METRIC_PREFIX = own.carbon', { metricPrefix: 'own.carbon' }],
    ['CARBON_METRIC_INTERVAL = 10', { ownMetricsIntervalS: 10 }],
    ['TAG_HASH_FILENAMES = False', { paths: { hashesTags: false, skipsEmptyParts: false } }],
  ])('%s is %j', (line, config) => {
    expect(read(line)).toMatchObject({ conf: { config }, warnings: [] });
  });

  it('is its section [cache], and over it the section of the instance', () => {
    const text =
      '[cache]\nMAX_CACHE_SIZE = 5\nLINE_RECEIVER_PORT = 1\n[cache:b]\nline_receiver_port = 2\n[relay]\nMAX_CACHE_SIZE = x\n';
    const a = readCarbonConf(text, 'a');
    const b = readCarbonConf(text, 'b');
    expect(a.ok && a.value.config.listen.line?.port).toBe(1);
    expect(b.ok && b.value.config).toMatchObject({
      config: { cacheSizeMax: 5 },
      listen: { line: { host: '127.0.0.1', port: 2 } },
    });
  });

  test.each<[string, CarbonConf['listen']]>([
    ['', {}],
    ['LINE_RECEIVER_PORT = 2103', { line: { host: '127.0.0.1', port: 2103 } }],
    ['LINE_RECEIVER_INTERFACE = 0.0.0.0', { line: { host: '0.0.0.0', port: 2003 } }],
    ['PICKLE_RECEIVER_PORT = 0', { pickle: null }],
    ['CACHE_QUERY_INTERFACE = ::1', { query: { host: '::1', port: 7002 } }],
    ['UDP_RECEIVER_PORT = 2003', { udp: null }],
    ['ENABLE_UDP_LISTENER = True', { udp: { host: '127.0.0.1', port: 2003 } }],
    ['ENABLE_UDP_LISTENER = True\nUDP_RECEIVER_PORT = 9', { udp: { host: '127.0.0.1', port: 9 } }],
    ['ENABLE_UDP_LISTENER = True\nUDP_RECEIVER_PORT = 0', { udp: null }],
  ])('with %j listens to %j', (lines, listen) => {
    expect(read(lines).conf.listen).toEqual(listen);
  });

  test.each([
    ['', null],
    ['STORAGE_DIR = /srv/graphite', '/srv/graphite/whisper'],
    ['STORAGE_DIR = /srv\nLOCAL_DATA_DIR = /data/whisper/', '/data/whisper/'],
  ])('with %j has its data in %j', (lines, folder) => {
    expect(read(lines).conf.dataFolder).toBe(folder);
  });

  test.each([
    ['MAX_CACHE_SIZE = many', 'MAX_CACHE_SIZE wants a number from 0 on, or inf, received "many"'],
    ['MAX_CACHE_SIZE = nan', 'MAX_CACHE_SIZE wants a number from 0 on, or inf, received "nan"'],
    ['MAX_CACHE_SIZE =', 'MAX_CACHE_SIZE wants a number from 0 on, or inf, received ""'],
    ['MIN_TIMESTAMP_RESOLUTION = 0.5', 'wants whole seconds from 0 on, received "0.5"'],
    [
      'MAX_UPDATES_PER_SECOND_ON_SHUTDOWN = 0',
      'wants a whole number from 1 on, or inf, received "0"',
    ],
    ['MAX_RECEIVER_CONNECTIONS = 0', 'wants a whole number from 1 on, or inf, received "0"'],
    ['METRIC_CLIENT_IDLE_TIMEOUT = -1', 'wants seconds, or None, received "-1"'],
    ['USE_FLOW_CONTROL = perhaps', 'wants True or False, received "perhaps"'],
    ['LINE_RECEIVER_PORT = 70000', 'wants a port up to 65535, or 0 for none, received "70000"'],
    ['LINE_RECEIVER_INTERFACE = eth0', 'wants an IP address, like 127.0.0.1, received "eth0"'],
    ['DATABASE = ceres', 'wants whisper, received "ceres"'],
    ['CARBON_METRIC_PREFIX = a..b', 'wants the beginning of a name, like carbon, received "a..b"'],
    [
      'CACHE_WRITE_STRATEGY = best',
      'wants one of sorted, timesorted, max, bucketmax, naive, random, received "best"',
    ],
  ])('refuses "%s" with file, line, key, what came and what it wants', (line, why) => {
    const conf = readCarbonConf(`[cache]\n# a comment\n${line}\n`, 'a');
    expect(conf.ok ? '' : conf.why).toMatch(/^carbon\.conf line 3: [A-Z_]+ wants /);
    expect(conf.ok ? '' : conf.why).toContain(why);
  });

  it('tells all bad values at once, each on a line of its own', () => {
    const conf = readCarbonConf('[cache]\nLOG_CREATES = x\nLOG_UPDATES = y\n', 'a');
    expect(conf.ok ? [] : conf.why.split('\n')).toHaveLength(2);
  });

  it('names keys without effect in one warning, and unknown ones in another', () => {
    const { warnings } = read('USER = carbon\nMAX_CACHE_SISE = 5\nLOG_DIR = x\nFAVOURITE = 7');
    expect(warnings).toEqual([
      'carbon.conf: known to Carbon, without effect here: USER, LOG_DIR.',
      'carbon.conf: unknown: MAX_CACHE_SISE (did you mean MAX_CACHE_SIZE?), FAVOURITE.',
    ]);
  });

  test.each([
    ['', 'a', []],
    ['[cache]\n', 'a', []],
    ['[relay]\nUSER = x\n', 'a', ['carbon.conf has no section [cache].']],
    ['[cache]\n', 'b', ['carbon.conf has no section [cache:b].']],
    ['[cache]\n[cache:b]\n', 'b', []],
  ])('%j for the instance %s misses %j', (text, instance, warnings) => {
    const conf = readCarbonConf(text, instance);
    expect(conf.ok && conf.value.warnings).toEqual(warnings);
  });

  test.each([
    ['WHISPER_AUTOFLUSH = True', 'the journal'],
    ['WHISPER_FALLOCATE_CREATE = True', 'sparse'],
    ['WHISPER_SPARSE_CREATE = False', 'sparse'],
    ['USE_INSECURE_UNPICKLER = True', 'the safe way'],
  ])('says of %s what is done instead', (line, how) => {
    const { warnings } = read(line);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(how);
  });

  test.each(['WHISPER_AUTOFLUSH = False', 'WHISPER_SPARSE_CREATE = True', 'ENABLE_TAGS = False'])(
    'has nothing to say of %s',
    (line) => {
      expect(read(line).warnings).toEqual([]);
    },
  );

  // Skipped where Debian's package is not installed: CI installs it.
  it.skipIf(!existsSync(DEBIANS_FILE))("has no unknown key and no fault in Debian's file", () => {
    const conf = readCarbonConf(readFileSync(DEBIANS_FILE, 'utf8'), 'a');
    if (!conf.ok) throw new Error(conf.why);
    expect(conf.value.warnings.join()).not.toContain('unknown');
    expect(conf.value.config).toMatchObject({
      dataFolder: '/var/lib/graphite/whisper/',
      listen: { line: { host: '0.0.0.0', port: 2003 }, udp: null },
    });
  });
});

test('the nearest word is few letters away, or there is none', () => {
  const known = ['MAX_CACHE_SIZE', 'LOG_CREATES', 'USER'];
  expect(nearestWord('MAX_CACHE_SIZ', known)).toBe('MAX_CACHE_SIZE');
  expect(nearestWord('LOGCREATE', known)).toBe('LOG_CREATES');
  expect(nearestWord('COMPLETELY_OTHER', known)).toBe(null);
});
