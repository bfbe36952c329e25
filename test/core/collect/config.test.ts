import { describe, expect, it } from 'vitest';
import { readCollectorConfig } from '../../../src/core/collect/config.ts';
import { NETWORK_DEFAULTS } from '../../../src/core/collect/network/network-config.ts';

function read(text: string) {
  const config = readCollectorConfig(text);
  if (!config.ok) throw new Error(config.why);
  return config.value;
}

function whyNot(text: string): string {
  const config = readCollectorConfig(text);
  return config.ok ? 'it can be read' : config.why;
}

const block = (plugin: string, options: string): string =>
  `LoadPlugin ${plugin}\n<Plugin ${plugin}>\n${options}\n</Plugin>\n`;

describe('the options of collectd.conf', () => {
  it('compares keys without regard to case', () => {
    const { config } = read(
      'interval 5\nLOADPLUGIN memory\n<plugin memory>\nvaluesABSOLUTE false\n</plugin>',
    );
    expect(config).toMatchObject({ intervalS: 5, plugins: { memory: { valuesAbsolute: false } } });
  });

  it('gives a plugin an interval of its own', () => {
    const { config } = read('LoadPlugin cpu\n<LoadPlugin df>\n  Interval 60\n</LoadPlugin>\n');
    expect(config.intervals).toEqual({ df: 60 });
    expect(Object.keys(config.plugins)).toEqual(['cpu', 'df']);
  });

  it('takes a truth in quotes, as the real program still does', () => {
    const { config } = read(block('load', 'ReportRelative "True"'));
    expect(config.plugins.load).toEqual({ reportRelative: true });
  });

  it('collects the values of an option that comes again', () => {
    const { config } = read(block('irq', 'Irq 24\nIrq "/^P/"\nIgnoreSelected true'));
    expect(config.plugins.irq).toEqual({ irq: ['24', '/^P/'], ignoreSelected: true });
  });

  it('takes the options of the whole program that have a meaning here', () => {
    const { config, warnings } = read(
      'CollectInternalStats "true"\nWriteQueueLimitHigh 50\nWriteQueueLimitLow 20\nReadThreads 9\nWriteThreads 2\n',
    );
    expect(config).toMatchObject({ collectsInternalStats: true, linesWaitingMax: 50 });
    expect(warnings).toEqual([]);
    expect(read('WriteQueueLimitHigh 0\n').config.linesWaitingMax).toBe(21_600);
  });

  it('takes a LoadPlugin with all its options, and names the one that it does not know', () => {
    const { config, warnings } = read(
      '<LoadPlugin df>\nGlobals true\nFlushInterval 10\nFlushTimeout 5\nInterval 60\nColour 1\n</LoadPlugin>\n',
    );
    expect(config.intervals).toEqual({ df: 60 });
    expect(warnings).toEqual(['Line 6: LoadPlugin has no option "Colour"; it has no effect.']);
  });

  it('says once of each plugin that it does not have what is instead', () => {
    const text = ['syslog', 'rrdtool', 'match_regex', 'battery'].map(
      (name) => `LoadPlugin ${name}\n<Plugin ${name}>\n  Foo 1\n</Plugin>\n`,
    );
    expect(read(text.join('')).warnings).toEqual([
      'Line 1: the plugin "syslog" is left out: this collector logs to standard error.',
      'Line 5: the plugin "rrdtool" is left out: this collector sends to Carbon, by write_graphite.',
      'Line 9: the plugin "match_regex" is left out: there are no filter chains here.',
      'Line 13: the plugin "battery" does not exist here; it is left out.',
    ]);
    expect(read('<Chain "PostCache">\nTarget "stop"\n</Chain>\n').warnings).toEqual([
      'Line 1: "Chain" is left out: there are no filter chains here, and all values are sent.',
    ]);
  });

  it('says which option is taken and has no effect', () => {
    expect(read(block('disk', 'UseBSDName true')).warnings).toEqual([
      'Line 2: UseBSDName has no effect: the disks keep the names of the system.',
    ]);
    const own = '<Process "sshd">\nCollectDelayAccounting true\n</Process>';
    expect(read(block('processes', own)).warnings.join()).toContain(
      'Line 2: CollectDelayAccounting has no effect',
    );
    expect(read(block('processes', 'CollectDelayAccounting false')).warnings).toEqual([]);
  });

  it('loads a plugin by its block when AutoLoadPlugin says so, and warns otherwise', () => {
    const text = '<Plugin load>\nReportRelative true\n</Plugin>\n';
    expect(read(`AutoLoadPlugin true\n${text}`).config.plugins.load).toEqual({
      reportRelative: true,
    });
    expect(read(text).config.plugins).toEqual({});
    expect(read(text).warnings.join()).toContain('"load" has options but no LoadPlugin line');
  });

  it('takes servers and listeners of the network as lines and as blocks, and adds a second block', () => {
    const { config, warnings } = read(`<LoadPlugin network>
  Interval 60
  FlushInterval 5
</LoadPlugin>
<Plugin network>
  Server 10.0.0.2
  <Server "there.example.org" "26000">
    SecurityLevel SIGN
    Username "web1"
    Password "open sesame"
    ResolveInterval 300
  </Server>
  TimeToLive 3
</Plugin>
<Plugin "network">
  Listen "ff18::efc0:4a42"
  Forward true
</Plugin>
TypesDB "/etc/types.db" "/etc/more.db"
`);
    expect(warnings).toEqual([]);
    expect(config.typesDb).toEqual(['/etc/types.db', '/etc/more.db']);
    const { servers, listens, ...options } = config.network ?? NETWORK_DEFAULTS;
    expect(servers).toMatchObject([
      { host: '10.0.0.2', port: 25826, level: 'none', interface: '', resolveInterval: 0 },
      {
        host: 'there.example.org',
        port: 26000,
        level: 'sign',
        username: 'web1',
        resolveInterval: 300,
      },
    ]);
    expect(listens).toEqual([
      { host: 'ff18::efc0:4a42', port: 25826, level: 'none', authFile: '', interface: '' },
    ]);
    expect(options).toEqual({
      intervalS: 60,
      flushIntervalS: 5,
      timeToLive: 3,
      maxPacketSize: 1452,
      forward: true,
      reportStats: false,
    });
  });

  it('listens to nothing because of a block alone', () => {
    const { config, warnings } = read('<Plugin network>\nListen "::"\n</Plugin>\n');
    expect(config.network).toBe(null);
    expect(warnings.join()).toContain('"network" has options but no LoadPlugin line');
  });

  it.each([
    ['CollectInternalStats maybe\n', 'Line 1: CollectInternalStats wants true or false'],
    ['WriteQueueLimitHigh -1\n', 'Line 1: WriteQueueLimitHigh wants a number above 0'],
    [
      '<Plugin write_graphite>\n<Node a>\nSpool "s"\nProtocol "udp"\n</Node>\n</Plugin>\n',
      'Line 2: Spool wants Protocol "tcp"',
    ],
    [
      '<Plugin write_graphite>\n<Node a>\nSpool "s"\n</Node>\n<Node b>\nSpool "s"\n</Node>\n</Plugin>\n',
      'Line 5: two nodes cannot share the Spool "s".',
    ],
    [
      block(
        'tail',
        '<File "a">\n<Match>\nRegex "a"\n<DSType "Distribution">\n</DSType>\nType "gauge"\n</Match>\n</File>',
      ),
      'Line 6: a Distribution wants a Percentile or a Bucket in its block.',
    ],
    [
      block(
        'tail',
        '<File "a">\n<Match>\n<DSType "Distribution">\nPercentile 100\n</DSType>\n</Match>\n</File>',
      ),
      'Line 6: Percentile wants a number between 0 and 100, received 100.',
    ],
    [
      block(
        'tail',
        '<File "a">\n<Match>\n<DSType "Distribution">\nBucket 3 2\n</DSType>\n</Match>\n</File>',
      ),
      'Line 6: Bucket wants a lower and an upper bound, each 0 for none, received 3 2.',
    ],
    ['Interval 0\n', 'Line 1: Interval wants seconds above 0, received 0.'],
    [block('load', 'ReportRelative maybe'), 'Line 3: ReportRelative wants true or false'],
    [block('load', 'Relative true'), 'Line 3: the plugin load has no option "Relative". It has:'],
    [block('tcpconns', 'LocalPort 70000'), 'Line 3: LocalPort wants a port from 1 to 65535'],
    [block('disk', 'Disk "/sd[/"'), 'Line 3: Disk wants a regular expression, received "sd["'],
    [block('processes', 'ProcessMatch "a"'), 'Line 3: ProcessMatch wants 2 values'],
    [block('processes', 'ProcessMatch "a" "("'), 'Line 3: ProcessMatch wants a regular expression'],
    [block('apache', '<Instance "a">\n</Instance>'), 'Line 3: <Instance "a"> has no URL.'],
    [block('exec', 'Exec "root" "/bin/true"'), 'Line 3: Exec runs no program as root'],
    [block('tail', '<File "a">\n</File>'), 'Line 3: <File> wants a path and at least one <Match>'],
    [
      block(
        'tail',
        '<File "a">\n<Match>\nRegex "b"\nDSType "Sum"\nType "gauge"\n</Match>\n</File>',
      ),
      'Line 4: <Match> wants a DSType of',
    ],
    [block('network', 'MaxPacketSize 100'), 'Line 2: MaxPacketSize wants 1024 to 65535 bytes'],
    [block('network', 'TimeToLive 256'), 'Line 2: TimeToLive wants 1 to 255 routers, received 256'],
    [block('network', 'Server "a" "collectd"'), 'Line 3: Server wants a host and perhaps a port'],
    [block('network', 'Server "a" 0'), 'a port from 1 to 65535, received "a" 0'],
    [block('network', '<Server "a">\nSecurityLevel Secret\n</Server>'), 'None, Sign or Encrypt'],
    [
      block('network', '<Server "a">\nSecurityLevel Sign\n</Server>'),
      'Line 3: Sign wants a Username and a Password.',
    ],
    [
      block('network', '<Listen "a">\nSecurityLevel Encrypt\n</Listen>'),
      'Line 3: Encrypt wants an AuthFile',
    ],
    [
      block('network', '<Listen "a">\nUsername "x"\n</Listen>'),
      'Line 4: the block <Listen> has no',
    ],
    [
      block('network', `<Server "a">\nUsername "${'x'.repeat(65)}"\n</Server>`),
      'a Username has at most 64 bytes',
    ],
    [
      'LoadPlugin network\n<LoadPlugin network>\nFlushInterval x\n</LoadPlugin>',
      'Line 3: FlushInterval wants',
    ],
  ])('says with its line what is wrong in %j', (text, sentence) => {
    expect(whyNot(text)).toContain(sentence);
  });
});
