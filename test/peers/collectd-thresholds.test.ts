// What a program hears from the real collectd and from ours when a value crosses its thresholds.

import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventually } from '../node/program.ts';
import { startOurCollector } from './ours.ts';
import { collectdHead } from './collectd-head.ts';
import { COLLECTD, collectd, describeBeside, folderForEach, startPeer } from './peer.ts';

const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;
const HOSTS = ['real-host', 'our-host'];
/** What is told of each, below. */
const VALUES = [20, 55, 120, 95, 85, 45, 39];
const TOLD = ['NaN OKAY', '55 WARNING', '120 FAILURE', '85 WARNING', '39 OKAY'];

const folder = folderForEach();

describeBeside([collectd], 'beside the thresholds of the real collectd', () => {
  it('tells the same states of the same values, in the same head', async () => {
    const log = join(folder(), 'values.log');
    writeFileSync(log, '');
    const confs = HOSTS.map((host) => confOf(host, log));
    const isUp = (printed: string): boolean => printed.includes('entering read-loop');
    const peer = await startPeer(COLLECTD, ['-f', '-C', confs[0] ?? ''], isUp);
    const collector = await startOurCollector(confs[1] ?? '');
    for (const host of HOSTS) await eventually(() => (heard(host).length > 0 ? true : null));
    for (const value of VALUES) {
      appendFileSync(log, `v=${value}\n`);
      for (const host of HOSTS) await eventually(() => (hasRead(host, value) ? true : null));
    }
    await peer.stop();
    await collector.stop();
    for (const host of HOSTS) expect([host, states(host)]).toEqual([host, TOLD]);
    const [theirs, ours] = HOSTS.map((host) => heads(host));
    expect(ours).toEqual(theirs);
  });
});

/** Both tell of each reading what it saw (gauge-seen), so that each value is seen before the next one comes. */
function hasRead(host: string, value: number): boolean {
  return heard(host).some((text) => text.includes('seen') && currentOf(text) === value);
}

/** "55 WARNING" and so on; the first state was told before there was a value. */
function states(host: string): readonly string[] {
  return heard(host)
    .filter((text) => text.includes('TypeInstance: hy\n'))
    .map((text) => `${currentOf(text)} ${/^Severity: (.*)$/m.exec(text)?.[1]}`);
}

function currentOf(text: string): number {
  const value = /^CurrentValue: (.*)$/m.exec(text)?.[1];
  return value === undefined || value === 'nan' ? NaN : Number(value);
}

/** The names of the head lines of the first failure. */
function heads(host: string): readonly string[] {
  const failure = heard(host).find((text) => text.startsWith('Severity: FAILURE')) ?? '';
  const [head = ''] = failure.split('\n\n');
  return head.split('\n').map((line) => line.split(':')[0] ?? '');
}

function heard(host: string): readonly string[] {
  try {
    return readFileSync(join(folder(), host, 'heard'), 'utf8')
      .split('====\n')
      .slice(0, -1);
  } catch {
    return [];
  }
}

function confOf(host: string, log: string): string {
  const own = join(folder(), host);
  mkdirSync(own);
  chmodSync(folder(), 0o755);
  chmodSync(own, 0o777);
  const program = join(own, 'hear.sh');
  // One at a time: several may run at once.
  writeFileSync(
    program,
    `#!/bin/sh\ntext="$(cat; echo ====)"\nprintf '%s\\n' "$text" >> "${own}/heard"\n`,
  );
  chmodSync(program, 0o755);
  const match = (instance: string): string => `<Match>
      Regex "v=([0-9]+)"
      DSType "GaugePersist"
      Type "gauge"
      Instance "${instance}"
    </Match>`;
  const file = join(own, 'collectd.conf');
  writeFileSync(
    file,
    `${collectdHead(host, own)}LoadPlugin tail
LoadPlugin exec
LoadPlugin threshold
<Plugin exec>
  NotificationExec "${SOMEBODY}" "${program}"
</Plugin>
<Plugin tail>
  <File "${log}">
    ${match('hy')}
    ${match('seen')}
  </File>
</Plugin>
<Plugin threshold>
  <Plugin "tail">
    <Type "gauge">
      Instance "hy"
      WarningMax 50
      FailureMax 100
      Hysteresis 10
    </Type>
    <Type "gauge">
      Instance "seen"
      WarningMin 1000
      Persist true
    </Type>
  </Plugin>
</Plugin>
`,
  );
  return file;
}
