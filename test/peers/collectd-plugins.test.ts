// Every plugin that the real collectd and ours have, with the same options on the same machine in the same seconds.

import { appendFileSync, chmodSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { collectBoth, dataIn } from './collectd-pair.ts';
import { collectd, describeBeside, folderForEach } from './peer.ts';
import type { Points } from '../tools/stored-file.ts';
import { fileIn } from './stored.ts';

const OF_THIS_MACHINE = ['cpu', 'memory', 'load', 'df', 'disk', 'interface', 'processes'].concat([
  'swap',
  'uptime',
  'users',
  'tcpconns',
  'contextswitch',
  'entropy',
  'irq',
]);
const OF_OTHERS = ['load', 'apache', 'nginx', 'tail', 'exec'];

/** Neither program runs another as root, and who is not root can run one only as itself. */
const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;

const NGINX = `Active connections: 3
server accepts handled requests
 70 69 212
Reading: 0 Writing: 1 Waiting: 2
`;
const APACHE = `Total Accesses: 12
Total kBytes: 7
Uptime: 10
BusyWorkers: 1
IdleWorkers: 49
Scoreboard: W____KK.SRDCLGI...
`;

const folder = folderForEach();
let server: Server;

beforeEach(async () => {
  server = createServer((request, response) =>
    response.end(request.url === '/nginx' ? NGINX : APACHE),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describeBeside([collectd], 'beside every plugin of the real collectd', () => {
  const options = `
<Plugin cpu>
  ReportNumCpu true
  ReportGuestState true
</Plugin>
<Plugin df>
  MountPoint "/"
  ReportInodes true
  ValuesPercentage true
</Plugin>
<Plugin swap>
  ReportBytes true
</Plugin>
<Plugin processes>
  CollectFileDescriptor true
  CollectContextSwitch true
  CollectMemoryMaps true
  Process "collectd"
  ProcessMatch "ours" "stacklab[.]js carbon "
</Plugin>
<Plugin disk>
  UdevNameAttr "DISKSEQ"
</Plugin>
<Plugin irq>
  Irq "/^[[:alpha:]]+$/"
  Irq "LOC"
</Plugin>
`;

  it.each([
    ['', '', 'HOST/uptime/uptime.wsp'],
    [options, '', 'HOST/processes-collectd/ps_rss.wsp'],
    [
      options,
      'SeparateInstances true\nAlwaysAppendDS true\nDropDuplicateFields true',
      'HOST/cpu/0/idle/value.wsp',
    ],
  ])('has the same names of this machine (%#)', async (blocks, node, one) => {
    const asked = { plugins: OF_THIS_MACHINE, blocks, node };
    const { theirs, ours, carbonPort } = await collectBoth(folder(), asked);
    const lasting = (names: readonly string[]) =>
      names.filter((name) => isLasting(name, carbonPort));
    expect(lasting(ours)).toEqual(lasting(theirs));
    expect(ours).toContain(one);
    expect(ours.join()).toContain(`${carbonPort}`);
  });

  it('has the same values where they do not change from one moment to the next', async () => {
    await collectBoth(folder(), { plugins: OF_THIS_MACHINE, blocks: options });
    for (const name of ['users/users', 'entropy/entropy', 'cpu/count', 'swap/swap-free'])
      expect([name, last('our-host', name)]).toEqual([name, last('real-host', name)]);
    const [theirs, ours] = [
      points('real-host', 'uptime/uptime'),
      points('our-host', 'uptime/uptime'),
    ];
    const apart = [...ours].flatMap(([time, value]) => {
      const other = theirs.get(time);
      return other === undefined ? [] : [Math.abs(value - other)];
    });
    expect(apart).not.toEqual([]);
    // One reads at the beginning of the second, the other may at its end.
    expect(Math.max(...apart)).toBeLessThanOrEqual(2);
    for (const name of ['processes-ours/ps_count/processes', 'processes-ours/ps_code'])
      expect([name, last('our-host', name)]).toEqual([name, last('real-host', name)]);
  });

  it('has the same names and values of web servers, files and programs', async () => {
    const log = join(folder(), 'site.log');
    writeFileSync(log, 'old: took 5 ms\n');
    const { theirs, ours } = await collectBoth(folder(), {
      plugins: OF_OTHERS,
      blocks: others(log),
      node: 'StoreRates false',
      meanwhile: () => appendFileSync(log, 'took 10 ms\ntook 27 ms\nnone\n'),
    });
    expect(ours).toEqual(theirs);
    for (const path of ours.filter((name) => !name.includes('/load/'))) {
      const name = path.replace('HOST/', '').replace('.wsp', '');
      const [theirValues, ourValues] = [points('real-host', name), points('our-host', name)];
      expect([name, [...new Set(ourValues.values())]]).toEqual([
        name,
        [...new Set(theirValues.values())],
      ]);
    }
    expect(last('our-host', 'tail-site/latency-took')).toBe(18.5);
    expect(last('our-host', 'tail-site/latency-spread-50')).toBeCloseTo(10, 1);
    expect(last('our-host', 'tail-site/bucket-latency-spread-100_inf')).toBe(0);
    expect(last('our-host', 'mine-inst/gauge-foo')).toBe(42);
  });

  function others(log: string): string {
    const program = join(folder(), 'mine.sh');
    writeFileSync(
      program,
      `#!/bin/sh
while :; do
  echo "PUTVAL \\"$COLLECTD_HOSTNAME/mine-inst/gauge-foo\\" interval=1 N:42"
  echo "PUTVAL $COLLECTD_HOSTNAME/mine/if_octets-eth9 N:100:200"
  sleep 1
done
`,
    );
    chmodSync(program, 0o755);
    chmodSync(folder(), 0o755);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const match = (dsType: string, type: string, instance: string): string => `  <Match>
    Regex "took ([[:digit:]]+) ms"
    DSType "${dsType}"
    Type "${type}"
    Instance "${instance}"
  </Match>
`;
    return `
<Plugin apache>
  <Instance "web">
    URL "${url}/server-status?auto"
  </Instance>
</Plugin>
<Plugin nginx>
  URL "${url}/nginx"
</Plugin>
<Plugin exec>
  Exec "${SOMEBODY}" "${program}"
</Plugin>
<Plugin tail>
  <File "${log}">
    Instance "site"
${match('GaugeAverage', 'latency', 'took')}
${match('GaugeInc', 'gauge', 'lines')}
  <Match>
    Regex "took ([[:digit:]]+) ms"
    <DSType "Distribution">
      Percentile 50
      Percentile 99.9
      Bucket 100 0
    </DSType>
    Type "latency"
    Instance "spread"
  </Match>
${match('GaugePersist', 'gauge', 'last')}
${match('CounterInc', 'counter', 'lines')}
${match('DeriveAdd', 'derive', 'sum')}
  </File>
</Plugin>
`;
  }

  function points(host: string, name: string): Points {
    return (
      fileIn(dataIn(folder()), `${host}/${name}.wsp`)?.archives[0] ?? new Map<number, number>()
    );
  }

  function last(host: string, name: string): number | undefined {
    return [...points(host, name).values()].at(-1);
  }
});

/**
 * Left out: ports that other programs open and close meanwhile; file systems that come and go; whether a disk had
 * something to do in the very moment of a reading.
 */
function isLasting(name: string, carbonPort: number): boolean {
  if (/\/tcpconns[-/]/.test(name)) return name.includes(String(carbonPort));
  if (/\/df[-/]/.test(name)) return /\/df[-/]root\b/.test(name);
  return !name.includes('pending_operations');
}
