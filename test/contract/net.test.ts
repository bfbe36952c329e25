import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { makeRandom } from '../../src/core/base/random.ts';
import { makeWorldClock } from '../../src/core/world/clock.ts';
import { makeWorldNet } from '../../src/core/world/net.ts';
import { makeNodeNet } from '../../src/node/net.ts';
import { netContract } from './net.ts';

const WAIT_MS_MAX = 10_000;
const QUIET_MS = 60;
const SEED = 3;

netContract('loopback', () => ({
  net: makeNodeNet(),
  async until(isSo) {
    const endMs = Date.now() + WAIT_MS_MAX;
    while (!isSo()) {
      if (Date.now() > endMs) throw new Error(`It did not happen in ${WAIT_MS_MAX} ms.`);
      await wait(1);
    }
  },
  quiet: () => wait(QUIET_MS),
}));

it('ends a connection of loopback though the other side never ends its own', async () => {
  let port = 0;
  let isClosed = false;
  const listener = makeNodeNet().listenTcp(
    { host: '127.0.0.1', port: 0 },
    (connection) => ({
      received: () => connection.close(),
      closed: () => void (isClosed = true),
    }),
    (opened) => {
      port = opened.ok ? opened.value.port : -1;
    },
  );
  await expect.poll(() => port).toBeGreaterThan(0);
  const stubborn = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  stubborn.resume().on('error', () => undefined);
  stubborn.write('x');
  await expect.poll(() => isClosed).toBe(true);
  stubborn.destroy();
  listener.close();
});

netContract('the simulated network', () => {
  const clock = makeWorldClock(0);
  const pass = (ms: number): void => void clock.run(clock.now() + ms);
  return {
    net: makeWorldNet(clock, makeRandom(SEED)),
    async until(isSo) {
      for (let ms = 0; !isSo(); ms++) {
        if (ms > WAIT_MS_MAX) throw new Error(`It did not happen in ${WAIT_MS_MAX} ms.`);
        pass(1);
      }
    },
    quiet: async () => pass(QUIET_MS),
  };
});
