// Bytes beyond ASCII over TCP, to npm's StatsD and to a strict one of ours: both drop the high bit of each, newlines among them.

import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { talk } from '../node/manager.ts';
import { eventually } from '../node/program.ts';
import { timesInTier } from '../tools/tier.ts';
import { startOurStatsd } from './ours.ts';
import { describeBeside, folderForEach } from './peer.ts';
import { npmStatsd, startRealStatsd } from './real-statsd.ts';

const SEED = 8128;
const LINES = timesInTier(4000);
const CONFIG = { server: './servers/tcp', flushInterval: 600_000, strict: true };
const TEXTS = [
  'clinic.visits:1|c',
  'ward.beds:12|g',
  'lab.wait:320|ms',
  'staff:anna|s',
  'a:1|c:x|c',
];

const folder = folderForEach();

describeBeside([npmStatsd], "beside npm's statsd", () => {
  it(`${LINES} lines with high bits by dice are counted alike over TCP (seed ${SEED})`, async () => {
    const random = makeRandom(SEED);
    const lines = Array.from({ length: LINES }, (_, i) =>
      Buffer.from(`${TEXTS[i % TEXTS.length]}\n`).map((byte) =>
        random.chance(0.2) ? byte | 0x80 : byte,
      ),
    );
    const bytes = Buffer.concat([...lines, Buffer.from('last:1|c\n')]);
    const answers: string[] = [];
    for (const startStatsd of [startRealStatsd, startOurStatsd]) {
      const statsd = await startStatsd(join(folder(), 'statsd.json'), CONFIG);
      connect(statsd.port, '127.0.0.1').end(bytes);
      const manager = connect(statsd.managementPort, '127.0.0.1');
      const counters = await eventually(async () => {
        const text = await talk(manager, 'counters');
        return text.includes('last: 1') ? text : null;
      });
      answers.push(counters.replace(/'statsd\.packets_received': \d+/, ''));
      manager.destroy();
      await statsd.stop();
    }
    expect(answers[1]).toBe(answers[0]);
    expect(answers[0]).toContain(`'clinic.visits': ${Math.ceil(LINES / TEXTS.length)}`);
    expect(answers[0]).toContain(`'statsd.metrics_received': ${LINES + 1}`);
  });
});
