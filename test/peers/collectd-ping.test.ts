// collectd's ping and ours, which is the system's own program, to the same hosts in the same seconds.

import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { collectBoth, dataIn } from './collectd-pair.ts';
import { collectd, describeBeside, folderForEach, opingOfCollectd, ping } from './peer.ts';
import { fileIn } from './stored.ts';

/** Nobody has it (RFC 5737), and through the loopback device it does not leave the machine. */
const SILENT = '192.0.2.1';
/** Some containers have no IPv6. */
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const BLOCK = `<Plugin ping>
  Host "127.0.0.1"
  ${hasIpv6 ? 'Host "::1"' : ''}
  Host "${SILENT}"
  Device "lo"
  Interval 0.2
  Timeout 0.15
</Plugin>
`;
/** No answer of this machine to itself takes so long, however busy it is. */
const LATENCY_MS_MAX = 50;

const folder = folderForEach();

describeBeside([collectd, opingOfCollectd, ping], "beside collectd's ping", () => {
  it('has the same names, no latency of who is silent, and plausible ones of the others', async () => {
    const { theirs, ours } = await collectBoth(folder(), {
      plugins: ['load', 'ping'],
      blocks: BLOCK,
    });
    expect(ours).toEqual(theirs);
    expect(ours).toContain('HOST/ping/ping-127_0_0_1.wsp');
    if (hasIpv6) expect(ours).toContain('HOST/ping/ping_stddev-__1.wsp');
    expect(ours).not.toContain('HOST/ping/ping-192_0_2_1.wsp');
    for (const host of ['real-host', 'our-host']) {
      expect(values(host, 'ping_droprate-192_0_2_1').every((part) => part === 1)).toBe(true);
      for (const name of hasIpv6 ? ['127_0_0_1', '__1'] : ['127_0_0_1']) {
        // A packet on its way when it was read may count as lost in one reading of few.
        expect(values(host, `ping_droprate-${name}`)).toContain(0);
        for (const latency of values(host, `ping-${name}`)) {
          expect(latency).toBeGreaterThan(0);
          expect(latency).toBeLessThan(LATENCY_MS_MAX);
        }
      }
    }
  });
});

function values(host: string, name: string): readonly number[] {
  const points = fileIn(dataIn(folder()), `${host}/ping/${name}.wsp`)?.archives[0];
  if (!points) throw new Error(`${host} told no ${name}.`);
  return [...points.values()];
}
