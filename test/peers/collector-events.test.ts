// Notifications of our collector as events in Debian's graphite-web, and in our own web server.
//
//   a program: PUTNOTIF --> stacklab collector --POST /events/--> graphite-web --> /events/get_data

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eventually, start } from '../node/program.ts';
import { startOurCollector } from './ours.ts';
import { describeBeside, folderForEach, graphiteWeb, PYTHON, startPeer } from './peer.ts';

const SCRIPT = fileURLToPath(new URL('graphite_events.py', import.meta.url));
const SERVER_S_MAX = 60;
const SOMEBODY = userInfo().uid === 0 ? 'nobody' : userInfo().username;

const folder = folderForEach();

interface Event {
  readonly what: string;
  readonly tags: readonly string[];
  readonly data: string;
  readonly when: number;
}

describeBeside([graphiteWeb], "beside graphite-web's events", () => {
  it('they are there with what, tags, data and when', async () => {
    let port = 0;
    const server = await startPeer(PYTHON, [SCRIPT, folder(), String(SERVER_S_MAX)], (printed) => {
      port = Number(/^port (\d+)$/m.exec(printed)?.[1] ?? 0);
      return port > 0;
    });
    await expectThere(`http://127.0.0.1:${port}/events/`);
    await server.stop();
  });

  it('they are in our own web server as well', async () => {
    const [data, config] = ['whisper', 'conf'].map((name) => join(folder(), name));
    for (const each of [data, config]) mkdirSync(each ?? '');
    const args = ['--data', data ?? '', '--config', config ?? '', '--listen', '127.0.0.1:0'];
    const web = await start(['web', ...args]);
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(web.ready)?.[0] ?? '';
    await expectThere(`${address}events/`);
    await web.stop();
  });
});

async function expectThere(url: string): Promise<void> {
  const collector = await startOurCollector(confOf(url));
  const events = await eventually(async () => {
    const answer = await fetch(`${url}get_data?from=-1h`);
    const found = (await answer.json()) as readonly Event[];
    return found.length > 1 ? found : null;
  });
  await collector.stop();
  const shown = events
    .map(({ what, tags, data }) => ({ what, tags, data }))
    .sort((a, b) => (a.data < b.data ? -1 : 1));
  expect(shown).toEqual([
    { what: 'OKAY', tags: ['collectd', 'okay'], data: 'A backup was made.' },
    {
      what: 'FAILURE ward/df-root/df_complex-used',
      tags: ['collectd', 'failure', 'ward', 'df', 'root'],
      data: 'The disk is full.',
    },
  ]);
  for (const { when } of events) expect(Math.abs(when - Date.now() / 1000)).toBeLessThan(60);
}

function confOf(url: string): string {
  chmodSync(folder(), 0o755);
  const program = join(folder(), 'tell.sh');
  writeFileSync(
    program,
    `#!/bin/sh
now="$(date +%s)"
echo "PUTNOTIF severity=failure time=$now host=ward plugin=df plugin_instance=root type=df_complex type_instance=used message=\\"The disk is full.\\""
echo "PUTNOTIF severity=okay time=$now message=\\"A backup was made.\\""
exec sleep 30
`,
  );
  chmodSync(program, 0o755);
  const file = join(folder(), 'collectd.conf');
  writeFileSync(
    file,
    `Interval 1
LoadPlugin exec
LoadPlugin notify_event
<Plugin exec>
  Exec "${SOMEBODY}" "${program}"
</Plugin>
<Plugin notify_event>
  URL "${url}"
  Timeout 5000
</Plugin>
`,
  );
  return file;
}
