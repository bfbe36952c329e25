// What a program hears from the real collectd and from ours of the notifications that another program prints.

import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../node/program.ts';
import { startOurCollector } from './ours.ts';
import { collectdHead } from './collectd-head.ts';
import { COLLECTD, collectd, describeBeside, folderForEach, startPeer } from './peer.ts';

const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;

const TAKEN = [
  'PUTNOTIF severity=warning time=1000.5 message="hello \\"world\\"" host=ward plugin=p plugin_instance=pi type=gauge type_instance=ti',
  'putnotif Severity=OKAY time=1 message=one',
  'PUTNOTIF message="of no type" type=nosuch s:key=value time=2 severity=Failure',
];
const REFUSED = [
  'PUTNOTIF message=m severity=failure',
  'PUTNOTIF message=m time=3',
  'PUTNOTIF severity=okay time=3',
  'PUTNOTIF severity=odd message=m time=3',
  'PUTNOTIF severity=okay message=m time=N',
  'PUTNOTIF severity=okay message=m time=3 foo=bar',
  'PUTNOTIF severity=okay message=m time=3 d:num=1.5',
  'FLUSH',
];
/** After it all others have been read. */
const LAST = 'PUTNOTIF severity=okay time=4 message=last host="$COLLECTD_HOSTNAME"';

const folder = folderForEach();

describeBeside([collectd], 'beside the PUTNOTIF of the real collectd', () => {
  it('takes and refuses the same lines, and hands on the same texts', async () => {
    const isUp = (printed: string): boolean => printed.includes('entering read-loop');
    const peer = await startPeer(COLLECTD, ['-f', '-C', confOf('a-host')], isUp);
    const collector = await startOurCollector(confOf('b-host'));
    for (const host of ['a-host', 'b-host'])
      await eventually(() => heard(host).length > TAKEN.length || null);
    await peer.stop();
    await collector.stop();
    expect(heard('a-host')).toHaveLength(TAKEN.length + 1);
    expect(heard('b-host')).toEqual(
      heard('a-host').map((text) => text.replaceAll('a-host', 'b-host')),
    );
  });
});

/** Each runs by itself, in any order. */
function heard(host: string): readonly string[] {
  const own = join(folder(), host, 'heard');
  return readdirSync(own)
    .filter((name) => name.endsWith('.whole'))
    .map((name) => readFileSync(join(own, name), 'utf8'))
    .sort();
}

function confOf(host: string): string {
  const own = join(folder(), host);
  const into = join(own, 'heard');
  mkdirSync(into, { recursive: true });
  for (const [place, mode] of [
    [folder(), 0o755],
    [own, 0o777],
    [into, 0o777],
  ] as const)
    chmodSync(place, mode);
  const lines = [...TAKEN, ...REFUSED].map((line) => `cat <<'END'\n${line}\nEND\n`);
  const tell = script(
    join(own, 'tell.sh'),
    `${lines.join('')}echo ${JSON.stringify(LAST)}\nexec sleep 30\n`,
  );
  const hear = script(
    join(own, 'hear.sh'),
    `{ echo "$COLLECTD_HOSTNAME $COLLECTD_INTERVAL"; cat; } > "${into}/$$"\nmv "${into}/$$" "${into}/$$.whole"\n`,
  );
  const file = join(own, 'collectd.conf');
  writeFileSync(
    file,
    `${collectdHead(host, own)}LoadPlugin exec
<Plugin exec>
  Exec "${SOMEBODY}" "${tell}"
  NotificationExec "${SOMEBODY}" "${hear}"
</Plugin>
`,
  );
  return file;
}

function script(path: string, text: string): string {
  writeFileSync(path, `#!/bin/sh\n${text}`);
  chmodSync(path, 0o755);
  return path;
}
