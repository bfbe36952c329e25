// The configuration file of StatsD's proxy: like that of StatsD an object of JavaScript without code.

import { bad, good, type Result } from '../core/base/result.ts';
import type { ProxyConfig, ProxyNode } from '../core/statsd/proxy.ts';
import {
  isObject,
  readObject,
  toServers,
  unknownServer,
  type FileValues,
} from './statsd-config.ts';

const KINDS = {
  nodes: 'list',
  servers: 'list',
  server: 'string',
  address: 'string',
  host: 'string',
  address_ipv6: 'boolean',
  udp_version: 'string',
  socket: 'string',
  socket_mod: 'string',
  port: 'number',
  mgmt_address: 'string',
  mgmt_port: 'number',
  healthStatus: 'string',
  checkInterval: 'number',
  cacheSize: 'number',
} as const;

const CHECK_INTERVAL_MS = 10_000;
/** A shorter time would ask a node again before it can have answered. */
const CHECK_INTERVAL_MS_MIN = 100;
const CACHE_SIZE = 10_000;
/** A ring of more points takes long to make, and nobody has so many StatsDs. */
export const NODES_MAX = 1000;
const PORT_MAX = 65_535;

export interface ReadProxyConfig {
  readonly config: ProxyConfig;
  readonly warnings: readonly string[];
}

export function readProxyConfig(text: string): Result<ReadProxyConfig> {
  const read = readObject(text, KINDS);
  if (!read.ok) return read;
  const { file, warnings } = read.value;
  const whyNot = unknownServer(file) ?? badNodes(file['nodes']) ?? badTime(file['checkInterval']);
  if (whyNot !== null) return bad(whyNot);
  const get = <T>(name: keyof typeof KINDS, usual: T): T => (file[name] as T | undefined) ?? usual;
  // The real program's example says `host`, and its servers read `address`.
  const address = get<string | undefined>('address', get('host', undefined));
  const isIpv6 = get('address_ipv6', get<string>('udp_version', 'udp4') === 'udp6');
  const server = { ...file, address_ipv6: isIpv6, ...(address === undefined ? {} : { address }) };
  return good({
    config: {
      servers: toServers(server),
      management: { host: get('mgmt_address', '127.0.0.1'), port: get('mgmt_port', 8126) },
      healthStatus: get<string>('healthStatus', 'up') === 'down' ? 'down' : 'up',
      nodes: get<readonly FileValues[]>('nodes', []).map(toNode),
      checkIntervalMs: get('checkInterval', CHECK_INTERVAL_MS),
      cacheSize: get('cacheSize', CACHE_SIZE),
      file,
    },
    warnings,
  });
}

function badNodes(nodes: unknown): string | null {
  if (!Array.isArray(nodes) || nodes.length === 0)
    return "A proxy wants its StatsDs: nodes: [{ host: '127.0.0.1', port: 8127, adminport: 8128 }].";
  if (nodes.length > NODES_MAX) return `There are ${nodes.length} nodes, at most ${NODES_MAX}.`;
  const isPort = (port: unknown): boolean =>
    Number.isInteger(port) && Number(port) > 0 && Number(port) <= PORT_MAX;
  const wrong = nodes.find(
    (node) =>
      !isObject(node) ||
      typeof node['host'] !== 'string' ||
      !isPort(node['port']) ||
      !isPort(node['adminport']),
  );
  if (wrong === undefined) return null;
  return `A node wants a host, a port and an adminport, received ${JSON.stringify(wrong)}.`;
}

function badTime(checkInterval: unknown): string | null {
  if (checkInterval === undefined || Number(checkInterval) >= CHECK_INTERVAL_MS_MIN) return null;
  return `checkInterval wants ${CHECK_INTERVAL_MS_MIN} milliseconds at least, received ${Number(checkInterval)}.`;
}

function toNode({ host, port, adminport }: FileValues): ProxyNode {
  return { host: String(host), port: Number(port), adminPort: Number(adminport) };
}
