import { expect, test } from 'vitest';
import { NODES_MAX, readProxyConfig } from '../../src/node/statsd-proxy-config.ts';

const NODE = "{ host: '127.0.0.1', port: 8127, adminport: 8128 }";

test('reads the file of the real proxy as it is', () => {
  const read = readProxyConfig(`{
    nodes: [${NODE}, { host: 'count2', port: 8129, adminport: 8130 }], // the second by its name
    server: './servers/udp', host: '0.0.0.0', port: 8125, udp_version: 'udp4',
    mgmt_port: 8126, forkCount: 0, checkInterval: 1000, cacheSize: 20000
  }`);
  expect(read).toMatchObject({
    ok: true,
    value: {
      config: {
        servers: [{ protocol: 'udp', address: { host: '0.0.0.0', port: 8125 } }],
        management: { host: '127.0.0.1', port: 8126 },
        healthStatus: 'up',
        nodes: [
          { host: '127.0.0.1', port: 8127, adminPort: 8128 },
          { host: 'count2', port: 8129, adminPort: 8130 },
        ],
        checkIntervalMs: 1000,
        cacheSize: 20_000,
      },
      warnings: ['"forkCount" has no effect here.'],
    },
  });
});

test('listens to this machine alone where the file does not say otherwise', () => {
  const read = readProxyConfig(`{ nodes: [${NODE}], udp_version: 'udp6' }`);
  expect(read.ok && read.value.config.servers).toEqual([
    { protocol: 'udp', address: { host: '::1', port: 8125 } },
  ]);
});

test.each([
  ['{}', 'A proxy wants its StatsDs'],
  ['{ nodes: [] }', 'A proxy wants its StatsDs'],
  ['{ nodes: [{ host: 1, port: 8127, adminport: 8128 }] }', 'received {"host":1,'],
  ["{ nodes: [{ host: 'a', port: 70000, adminport: 8128 }] }", 'A node wants a host, a port and'],
  [
    `{ nodes: [${NODE}], checkInterval: 5 }`,
    'checkInterval wants 100 milliseconds at least, received 5.',
  ],
  [`{ nodes: [${NODE}], server: './servers/http' }`, 'There is no server "./servers/http"'],
  [`{ nodes: [${Array.from({ length: NODES_MAX + 1 }, () => NODE).join()}] }`, 'at most 1000'],
])('refuses %.60s, and says what it wants', (text, why) => {
  const read = readProxyConfig(text);
  expect(read.ok ? '' : read.why).toContain(why);
});
