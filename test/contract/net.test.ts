import { setTimeout as wait } from 'node:timers/promises';
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
