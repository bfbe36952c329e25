// <Plugin write_graphite>: where lines go, and how their names look.

import { bad, good, type Result } from '../base/result.ts';
import type { ConfItem } from './conf.ts';
import { NAME_DEFAULTS, type NameOptions } from './graphite-name.ts';
import { readOptions } from './options.ts';

export interface WriteGraphiteNode {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Seconds after which a connection is made anew, so that a balancer may choose again; 0 never. */
  readonly reconnectInterval: number;
  readonly logSendErrors: boolean;
  readonly storeRates: boolean;
  /** The folder where lines are until Carbon has them; "" is memory. The real collectd has none. */
  readonly spool: string;
  readonly names: NameOptions;
}

const NODE_DEFAULTS = {
  host: 'localhost',
  port: 2003,
  protocol: 'tcp',
  storeRates: true,
  logSendErrors: true,
  reconnectInterval: 0,
  spool: '',
  ...NAME_DEFAULTS,
};

export function readWriteGraphite(
  blocks: readonly ConfItem[],
): Result<readonly WriteGraphiteNode[]> {
  const nodes: WriteGraphiteNode[] = [];
  for (const block of blocks) {
    const node = readNode(block);
    if (!node.ok) return node;
    const { spool } = node.value;
    if (spool !== '' && nodes.some((other) => other.spool === spool))
      return bad(`Line ${block.line}: two nodes cannot share the Spool "${spool}".`);
    nodes.push(node.value);
  }
  return good(nodes);
}

function readNode(block: ConfItem): Result<WriteGraphiteNode> {
  if (block.key.toLowerCase() !== 'node' || block.children === null)
    return bad(`Line ${block.line}: write_graphite holds <Node> blocks, received ${block.key}.`);
  const read = readOptions(block.children, NODE_DEFAULTS, 'block <Node>');
  if (!read.ok) return read;
  const { host, port, protocol, storeRates, logSendErrors, reconnectInterval, spool, ...names } =
    read.value;
  if (protocol !== 'tcp' && protocol !== 'udp')
    return bad(`Line ${block.line}: Protocol is "tcp" or "udp", received "${protocol}".`);
  if (spool !== '' && protocol === 'udp')
    return bad(
      `Line ${block.line}: Spool wants Protocol "tcp", since nobody is told whether a UDP packet arrived.`,
    );
  return good({
    name: String(block.args[0] ?? 'default'),
    host: host === 'localhost' ? '127.0.0.1' : host,
    port,
    protocol,
    reconnectInterval,
    logSendErrors,
    storeRates,
    spool,
    names,
  });
}
