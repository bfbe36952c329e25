// One talk with the management port of npm's StatsD and with ours: the answers are the same to the byte.

import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { talk } from '../node/manager.ts';
import { eventually } from '../node/program.ts';
import { startOurStatsd } from './ours.ts';
import { describeBeside, folderForEach } from './peer.ts';
import { npmStatsd, startRealStatsd } from './real-statsd.ts';
import { sendPackets } from './send.ts';

const PACKETS = [
  'a.b:1|c\na.c:2|c\nz:3|c\n10:1|c',
  `a.t:1|ms:2|ms\nlong:${Array.from({ length: 120 }, (_, i) => `${i}|ms`).join(':')}`,
  "g.x:1.5|g\ng.y:-2|g\nit's:1|g\nbad\nq:x|c",
];
const COMMANDS = [
  'help',
  'counters',
  'timers',
  'gauges',
  'delcounters a.* nothing z',
  'deltimers a.t  long.*',
  'delgauges g.*',
  'counters',
  'timers',
  'gauges',
  'health',
  'health DOWN',
  'health sideways',
  'health up now',
  'sets',
  'HELP',
  ' health ',
  'config',
  'stats',
];
const CONFIG = {
  flushInterval: 600_000,
  prefixStats: 'own',
  percentThreshold: [90, 50],
  graphite: { legacyNamespace: false, globalPrefix: 'x' },
};
/** What differs by the ports, and by the second in which each was started. */
const OF_PLACE = /^(?:port|address|mgmt_\w+|automaticConfigReload|uptime|\S+last_\w+): .*\n/gm;

const folder = folderForEach();

describeBeside([npmStatsd], "beside npm's statsd", () => {
  it('the management port answers as the real one', async () => {
    const [theirs, ours] = await Promise.all([
      talkWith(startRealStatsd, 'theirs'),
      talkWith(startOurStatsd, 'ours'),
    ]);
    expect(ours).toEqual(theirs);
    expect(theirs[COMMANDS.indexOf('delgauges g.*')]).toBe('deleted: g.x\ndeleted: g.y\nEND\n\n');
  });
});

type StartStatsd = typeof startOurStatsd;

async function talkWith(startStatsd: StartStatsd, name: string): Promise<readonly string[]> {
  const statsd = await startStatsd(join(folder(), `${name}.json`), CONFIG);
  const socket = connect(statsd.managementPort, '127.0.0.1');
  await sendPackets(statsd.port, PACKETS);
  await eventually(async () =>
    /packets_received': 3,/.test(await talk(socket, 'counters')) ? true : null,
  );
  const answers: string[] = [];
  for (const command of COMMANDS) answers.push(await talk(socket, command));
  const ended = new Promise((resolve) => {
    socket.on('close', resolve);
  });
  socket.write('quit\r\n');
  await ended;
  await statsd.stop();
  return answers.map((answer) => answer.replaceAll(OF_PLACE, ''));
}
