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
  it.each([
    ['as they are', {}],
    ['that forget idle keys but for gauges', { deleteIdleStats: true, deleteGauges: false }],
    ['with a file that says nothing of Graphite', { backends: ['./backends/console'] }],
  ])('the port answers as the real one after flushes %s', async (_, config) => {
    const [theirs, ours] = await Promise.all([
      talkAfterFlushes(startRealStatsd, 'theirs', config),
      talkAfterFlushes(startOurStatsd, 'ours', config),
    ]);
    expect(ours).toEqual(theirs);
    expect(theirs[LATER.indexOf('config')]).toContain('deleteGauges: false\n');
  });

  it('the management port answers as the real one', async () => {
    const [theirs, ours] = await Promise.all([
      talkWith(startRealStatsd, 'theirs'),
      talkWith(startOurStatsd, 'ours'),
    ]);
    expect(ours).toEqual(theirs);
    expect(theirs[COMMANDS.indexOf('delgauges g.*')]).toBe('deleted: g.x\ndeleted: g.y\nEND\n\n');
  });
});

/** What may be asked of each flush but how late it was. */
const LATER = ['counters', 'timers', 'gauges', 'config', 'delcounters a.b', 'stats'];

type StartStatsd = typeof startOurStatsd;

async function talkAfterFlushes(
  startStatsd: StartStatsd,
  name: string,
  config: object,
): Promise<readonly string[]> {
  const changes = { flushInterval: 300, strict: true, ...config };
  const statsd = await startStatsd(join(folder(), `${name}.json`), { ...CONFIG, ...changes });
  const socket = connect(statsd.managementPort, '127.0.0.1');
  await sendPackets(statsd.port, PACKETS);
  // The second flush brings this gauge, and no counter has anything any more.
  await eventually(async () =>
    (await talk(socket, 'gauges')).includes('timestamp_lag') &&
    !/packets_received': [1-9]/.test(await talk(socket, 'counters'))
      ? true
      : null,
  );
  const answers: string[] = [];
  for (const command of LATER) answers.push(await talk(socket, command));
  socket.destroy();
  await statsd.stop();
  return answers.map((answer) =>
    answer
      .replaceAll(OF_PLACE, '')
      .replace(/(timestamp_lag': )-?[\d.]+/, '$1LAG')
      .replaceAll(/(console\.last\w+|graphite\.flush_\w+): \d+/g, '$1'),
  );
}

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
