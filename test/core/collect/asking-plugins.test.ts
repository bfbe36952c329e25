// Plugins that ask somebody else: a web server, a program, a file that grows.

import { describe, expect, it } from 'vitest';
import { bad, good } from '../../../src/core/base/result.ts';
import { readServerStatus } from '../../../src/core/collect/plugins/apache.ts';
import { readStubStatus } from '../../../src/core/collect/plugins/nginx.ts';
import { makeValueCache } from '../../../src/core/collect/value-cache.ts';
import { identifierOf } from '../../../src/core/collect/value-list.ts';
import { type PingEvents } from '../../../src/core/host/outside.ts';
import { pluginOf, shown, names } from './plugin-host.ts';

describe('web servers', () => {
  const status = `Total Accesses: 12\r\nTotal kBytes: 7\r\nBusyWorkers: 1\r\nIdleWorkers: 49\r\nScoreboard: W__K..\r\n`;

  it('apache counts the letters of the score board', () => {
    const values = shown(readServerStatus(status, 'web', 'apache'));
    expect(values).toMatchObject({
      'apache-web/apache_requests': [12],
      'apache-web/apache_bytes': [7168],
      'apache-web/apache_connections': [1],
      'apache-web/apache_idle_workers': [49],
      'apache-web/apache_scoreboard-waiting': [2],
      'apache-web/apache_scoreboard-open': [2],
      'apache-web/apache_scoreboard-closing': [0],
    });
    expect(names(readServerStatus(status, '', 'lighttpd'))).toContain(
      'apache/apache_scoreboard-hard_error',
    );
  });

  it('nginx tells what it took and did not handle', () => {
    const page =
      'Active connections: 3 \nserver accepts handled requests\n 70 69 212 \nReading: 0 Writing: 1 Waiting: 2 \n';
    expect(shown(readStubStatus(page))).toEqual({
      'nginx/nginx_connections-active': [3],
      'nginx/connections-accepted': [70],
      'nginx/connections-handled': [69],
      'nginx/connections-failed': [1],
      'nginx/nginx_requests': [212],
      'nginx/nginx_connections-reading': [0],
      'nginx/nginx_connections-writing': [1],
      'nginx/nginx_connections-waiting': [2],
    });
  });

  it('a page of something else is no status', () => {
    expect(readStubStatus('<html>')).toMatchObject({ ok: false });
    expect(readServerStatus('<html>', '', 'apache')).toMatchObject({ ok: false });
  });

  it('one that fails does not hide another', () => {
    const options =
      '<Instance "a">\nURL "good"\n</Instance>\n<Instance "b">\nURL "gone"\n</Instance>';
    const { answerTo, logged } = pluginOf('apache', options, {
      fetchPage: ({ url }, done) => done(url === 'good' ? good(status) : bad('gone: refused')),
    });
    expect(names(answerTo())).toContain('apache-a/apache_requests');
    expect(logged).toEqual(['The plugin apache: gone: refused.']);
  });
});

describe('ping', () => {
  it('tells the mean, the spread and the part that was lost since the last reading', () => {
    let events: PingEvents | null = null;
    const { answerTo } = pluginOf('ping', 'Host "example.org"', {
      ping(_, given) {
        events = given;
        return { stop() {} };
      },
    });
    const seen = (): PingEvents => events as unknown as PingEvents;
    expect(names(answerTo())).toEqual([]);
    for (const latency of [10, 14, 12]) seen().answered(latency);
    seen().lost();
    expect(shown(answerTo())).toEqual({
      'ping/ping-example.org': [12],
      'ping/ping_stddev-example.org': [2],
      'ping/ping_droprate-example.org': [0.25],
    });
    seen().lost();
    const lost = shown(answerTo());
    expect(lost['ping/ping_droprate-example.org']).toEqual([1]);
    expect(lost['ping/ping-example.org']).toEqual([NaN]);
  });

  it('says why it cannot, and tries again', () => {
    let tries = 0;
    const { answerTo } = pluginOf('ping', 'Host "nowhere"', {
      ping(_, events) {
        tries++;
        events.ended('ping nowhere: unknown host');
        return { stop() {} };
      },
    });
    expect(answerTo()).toEqual(bad('ping nowhere: unknown host'));
    answerTo();
    expect(tries).toBe(3);
  });
});

describe('tail', () => {
  function tailOf(match: string, ...turns: readonly (readonly string[])[]) {
    let turn = 0;
    const options = `<File "/var/log/site">\nInstance "site"\n<Match>\n${match}\n</Match>\n</File>`;
    const { answerTo } = pluginOf('tail', options, {
      follow: () => ({ lines: () => good(turns[turn++] ?? []), close() {} }),
    });
    return turns.map(() => Object.values(shown(answerTo()))[0]?.[0]);
  }
  const turns = [[], ['took 10 ms', 'took 27 ms', 'none'], [], ['took 31 ms']];

  // Seen with the real program.
  it.each([
    ['GaugeAverage', 'gauge', [NaN, 18.5, NaN, 31]],
    ['GaugeMin', 'gauge', [NaN, 10, NaN, 31]],
    ['GaugeMax', 'gauge', [NaN, 27, NaN, 31]],
    ['GaugeLast', 'gauge', [NaN, 27, NaN, 31]],
    ['GaugePersist', 'gauge', [NaN, 27, 27, 31]],
    ['GaugeAdd', 'gauge', [NaN, 37, NaN, 31]],
    ['GaugeInc', 'gauge', [NaN, 2, NaN, 1]],
    ['CounterInc', 'counter', [0, 2, 2, 3]],
    ['DeriveAdd', 'derive', [0, 37, 37, 68]],
    ['DeriveSet', 'derive', [0, 27, 27, 31]],
    ['AbsoluteSet', 'absolute', [0, 27, 27, 31]],
  ])('%s keeps of the lines what its name says', (dsType, type, expected) => {
    const match = `Regex "took ([[:digit:]]+) ms"\nDSType "${dsType}"\nType "${type}"`;
    expect(tailOf(match, ...turns)).toEqual(expected);
  });

  // Seen with the real program, but for the time that passed there, which was not quite a second.
  it('Distribution tells percentiles, and how many a second were in a range', () => {
    const readings = [[0.2, 0.15, 0.7, 300], [0.2], []];
    const block = `Percentile 99.9\nBucket 0.1 0.25\nBucket 0.3333333 1000\nBucket 0 0`;
    const options = `<File "/log">\n<Match>\nRegex "v=([0-9.]+)"\n<DSType "Distribution">\n${block}\n</DSType>\nType "latency"\nInstance "foo"\n</Match>\n</File>`;
    const { answerTo, clock } = pluginOf('tail', options, {
      follow: () => ({
        lines: () => good((readings.shift() ?? []).map((value) => `v=${value}`)),
        close() {},
      }),
    });
    const told = [1, 2, 3].map(() => {
      const values = shown(answerTo());
      clock.run(clock.now() + 1000);
      return values;
    });
    expect(Object.keys(told[0] ?? {})).toEqual([
      'tail/latency-foo-99.9',
      'tail/bucket-latency-foo-0.1_0.25',
      'tail/bucket-latency-foo-0.333333_1000',
      'tail/bucket-latency-foo-0_inf',
    ]);
    const rounded = told.map((values) =>
      Object.values(values).map(([value = NaN]) => Number(value.toFixed(3))),
    );
    // No time has passed before the first reading of this test.
    expect(rounded[0]?.[0]).toBe(299.998);
    expect(rounded.slice(1)).toEqual([
      [0.5, 0.3, 0.333, 0],
      [NaN, NaN, NaN, NaN],
    ]);
  });

  it('passes over lines that ExcludeRegex finds', () => {
    const match = 'Regex "took ([0-9]+)"\nExcludeRegex "7"\nDSType "GaugeMax"\nType "gauge"';
    expect(tailOf(match, ...turns)).toEqual([NaN, 10, NaN, 31]);
  });
});

describe('exec', () => {
  const start = (lines: readonly string[], why: string | null = null) => {
    const plugin = pluginOf('exec', 'Exec "nobody" "/bin/mine" "a b"', {
      runProgram({ args, user, environment }, events) {
        expect({ args, user, environment }).toEqual({
          args: ['a b'],
          user: 'nobody',
          environment: { COLLECTD_HOSTNAME: 'web', COLLECTD_INTERVAL: '10.000' },
        });
        for (const line of lines) events.printed(line);
        if (why !== null) events.ended(why);
        return { stop() {} };
      },
    });
    return plugin;
  };

  it('gives lines that come at once a time each, so that none is refused', () => {
    const { answerTo, dispatched } = start(['PUTVAL a/b/gauge N:1', 'PUTVAL a/b/gauge N:2']);
    answerTo();
    const cache = makeValueCache();
    expect(dispatched.map((value) => cache.update(value, 1_000_000))).toEqual([[1], [2]]);
  });

  it('takes each line PUTVAL for a value', () => {
    const { answerTo, dispatched } = start([
      '# a comment',
      'PUTVAL "other host/app-one/gauge-foo" interval=5 N:42',
      'PUTVAL web/app/if_octets-eth9 1000.5:100:U 1001:1:2',
    ]);
    answerTo();
    expect(
      dispatched.map(({ host, timeS, intervalS, list }) => [
        host,
        identifierOf(list),
        timeS,
        intervalS,
        list.values,
      ]),
    ).toEqual([
      ['other host', 'app-one/gauge-foo', 1_000_000, 5, [42]],
      ['web', 'app/if_octets-eth9', 1000.5, 10, [100, NaN]],
      ['web', 'app/if_octets-eth9', 1001, 10, [1, 2]],
    ]);
  });

  it.each([
    ['PUTVAL a/b/nosuch N:1', 'the type "nosuch" does not exist here'],
    ['PUTVAL a/b/gauge N:1:2', 'the type "gauge" has 1 values, received "N:1:2"'],
    ['PUTVAL a/b/gauge N:x', 'a value is TIME:NUMBER, received "N:x"'],
    ['PUTVAL a/b/gauge', 'there is no value behind a/b/gauge'],
    ['PUTVAL "a/b/gauge N:1', 'a quote has no end'],
    ['HELLO', 'a line begins with PUTVAL'],
  ])('says what is wrong with %j', (line, sentence) => {
    const { answerTo, logged } = start([line]);
    answerTo();
    expect(logged.join()).toContain(sentence);
  });

  it('takes each line PUTNOTIF for a notification', () => {
    const { answerTo, notified } = start([
      'PUTNOTIF severity=warning time=1000.5 message="hello \\"there\\"" host=ward plugin=p plugin_instance=pi type=nosuch type_instance=ti',
      'putnotif Severity=OKAY time=1 message=one s:key=value',
    ]);
    answerTo();
    expect(notified).toEqual([
      {
        severity: 'WARNING',
        timeS: 1000.5,
        host: 'ward',
        list: { plugin: 'p', pluginInstance: 'pi', type: 'nosuch', typeInstance: 'ti' },
        facts: [],
        message: 'hello "there"',
      },
      {
        severity: 'OKAY',
        timeS: 1,
        host: '',
        list: { plugin: '', pluginInstance: '', type: '', typeInstance: '' },
        facts: [['key', 'value']],
        message: 'one',
      },
    ]);
  });

  it.each([
    ['PUTNOTIF message=m severity=failure', 'PUTNOTIF wants time=...'],
    ['PUTNOTIF message=m time=1', 'PUTNOTIF wants severity=...'],
    ['PUTNOTIF severity=okay time=1', 'PUTNOTIF wants message=...'],
    ['PUTNOTIF severity=odd message=m time=1', 'okay, warning or failure, received "odd"'],
    ['PUTNOTIF severity=okay message=m time=N', 'in seconds since 1970, received "N"'],
    ['PUTNOTIF severity=okay message=m foo=bar time=1', 'received "foo=bar"'],
    ['PUTNOTIF severity=okay message=m d:num=1 time=1', 'received "d:num=1"'],
    ['PUTNOTIF severity=okay message=hello world time=1', 'received "world"'],
    ['PUTNOTIF message="m', 'a quote has no end'],
  ])('says what is wrong with %j, and tells nobody else', (line, sentence) => {
    const { answerTo, logged, notified } = start([line]);
    answerTo();
    expect(logged.join()).toContain(sentence);
    expect(notified).toEqual([]);
  });

  it('starts a program that ended anew, and fails when it ended badly', () => {
    const { answerTo } = start([], 'ended with code 3');
    expect(answerTo()).toEqual(good([]));
    expect(answerTo()).toEqual(bad('/bin/mine ended with code 3'));
  });
});
