// Files of collectd that ours reads too: Debian's own configuration, and files inside of files.

import { appendFileSync, chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../node/program.ts';
import { collectBoth } from './collectd-pair.ts';
import { collectd, describeBeside, folderForEach } from './peer.ts';

/** The same as /etc/collectd/collectd.conf of the package collectd. */
const DEBIAN_CONF = '/usr/share/doc/collectd-core/examples/collectd.conf';
/** The folder that it includes comes with the package collectd. */
const DEBIAN_CONF_FOLDER = '/etc/collectd/collectd.conf.d';

/** Root runs no program as itself, and who is not root can run one only as itself. */
const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;

const folder = folderForEach();

describeBeside([collectd], "beside collectd's files", () => {
  // Skipped where the system was told to leave out the documentation of packages, which is where the file is.
  it.skipIf(!existsSync(DEBIAN_CONF))("reads Debian's collectd.conf as it is", async () => {
    const { code, out, err } = await run(['collector', '-t', '-C', DEBIAN_CONF]);
    expect([code, out]).toEqual([
      0,
      `${DEBIAN_CONF}: it can be read. Plugins: cpu, df, disk, entropy, interface, irq, load, memory, processes, swap, users.\n`,
    ]);
    const told = err.split('\n').filter((line) => line !== '');
    const absent = ['"syslog"', '"battery"', '"rrdtool"'];
    const included = existsSync(DEBIAN_CONF_FOLDER) ? [] : [`"${DEBIAN_CONF_FOLDER}"`];
    expect(told).toEqual(
      [...included, ...absent].map((name) => expect.stringContaining(name) as string),
    );
  });

  it('has the same names of types in several files of TypesDB, of which the later wins', async () => {
    const [types, more] = ['types', 'more'].map((name) => join(folder(), `${name}.db`));
    writeFileSync(
      types ?? '',
      '# Our own.\npair\tleft:GAUGE:0:10,  right:GAUGE:U:U\nodd value:DERIVE:0:U\nonce value:GAUGE:0:U\n',
    );
    // The later file wins. Limits say which rates are believed, and leave gauges as they are.
    writeFileSync(more ?? '', 'users value:GAUGE:-5:-1\nonce first:GAUGE:0:50\n');
    const program = join(folder(), 'tell.sh');
    writeFileSync(
      program,
      `#!/bin/sh
while echo "PUTVAL $COLLECTD_HOSTNAME/own/pair-a interval=1 N:11:12"; do
  echo "PUTVAL $COLLECTD_HOSTNAME/own/odd N:7"
  sleep 1
done
`,
    );
    chmodSync(program, 0o755);
    chmodSync(folder(), 0o755);
    const log = join(folder(), 'log');
    writeFileSync(log, '');
    const match = (instance: string): string => `<Match>
      Regex "${instance}=([0-9]+)"
      DSType "GaugeLast"
      Type "once"
      Instance "${instance}"
    </Match>`;
    const { theirs, ours } = await collectBoth(folder(), {
      plugins: ['load', 'users', 'exec', 'tail'],
      blocks: `TypesDB "${types}" "${more}"
<Plugin exec>
  Exec "${SOMEBODY}" "${program}"
</Plugin>
<Plugin tail>
  <File "${log}">
    ${match('low')}
    ${match('high')}
  </File>
</Plugin>
`,
      node: 'StoreRates true\nAlwaysAppendDS true',
      meanwhile: () => appendFileSync(log, 'low=5\nhigh=51\n'),
    });
    expect(ours).toEqual(theirs);
    const own = ours.filter((name) => !name.includes('/load/'));
    expect(own).toEqual([
      'HOST/own/odd/value.wsp',
      'HOST/own/pair-a/left.wsp',
      'HOST/own/pair-a/right.wsp',
      'HOST/tail/once-high/first.wsp',
      'HOST/tail/once-low/first.wsp',
      'HOST/users/users/value.wsp',
    ]);
  });

  it('has the same names by Include with a Filter, and of CollectInternalStats', async () => {
    const conf = join(folder(), 'conf.d');
    mkdirSync(join(conf, 'more'), { recursive: true });
    const files = {
      'b.conf': 'LoadPlugin users\n',
      'more/a.conf': `<LoadPlugin "uptime">
  Globals false
  FlushInterval 10
  FlushTimeout 5
  Interval 1
</LoadPlugin>
`,
      'c.txt': 'LoadPlugin entropy\n',
      '.d.conf': 'LoadPlugin entropy\n',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(conf, name), text);
    const { theirs, ours } = await collectBoth(folder(), {
      plugins: ['load'],
      blocks: `CollectInternalStats true
WriteQueueLimitHigh 100000
WriteQueueLimitLow 50000
ReadThreads 2
WriteThreads 1
<Include "${conf}">
  Filter "*.conf"
</Include>
`,
    });
    expect(ours).toEqual(theirs);
    for (const name of ['users/users', 'uptime/uptime', 'collectd-cache/cache_size'])
      expect(ours).toContain(`HOST/${name}.wsp`);
    expect(ours.join()).not.toContain('entropy');
  });
});
