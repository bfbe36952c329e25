// The ports of one Carbon.
//
//   2003 line    2003/udp    2004 pickle --> receivers.ts
//   7002 query                           --> query-port.ts

import { bad, good, type Result } from '../base/result.ts';
import type { Address, Listener, Net } from '../host/net.ts';
import type { CarbonConfig } from './config.ts';
import { acceptQueries, type QueryParts } from './query-port.ts';
import { acceptLines, acceptPickles, takePacket, type ReceiverParts } from './receivers.ts';

export interface CarbonAddresses {
  readonly line: Address | null;
  readonly udp: Address | null;
  readonly pickle: Address | null;
  readonly query: Address | null;
}

/** Opens what is configured, and calls `opened` when the last of them has answered. */
export function listen(
  net: Net,
  config: CarbonConfig,
  receivers: ReceiverParts,
  queries: QueryParts,
  opened: (result: Result<CarbonAddresses>) => void,
): Listener[] {
  const addresses: { -readonly [Name in keyof CarbonAddresses]: Address | null } = {
    line: null,
    udp: null,
    pickle: null,
    query: null,
  };
  const wanted = (['line', 'udp', 'pickle', 'query'] as const).filter(
    (name) => config[name] !== null,
  );
  let whyNot: string | null = null;
  let answers = 0;

  function answered(name: keyof CarbonAddresses, result: Result<Address>): void {
    if (result.ok) addresses[name] = result.value;
    else whyNot ??= result.why;
    if (++answers === wanted.length) opened(whyNot === null ? good(addresses) : bad(whyNot));
  }

  function open(name: keyof CarbonAddresses, at: Address): Listener {
    const answer = (result: Result<Address>): void => answered(name, result);
    if (name === 'udp')
      return net.listenUdp(at, (packet, from) => takePacket(receivers, packet, from), answer);
    if (name === 'line')
      return net.listenTcp(at, (connection) => acceptLines(receivers, connection), answer);
    if (name === 'query')
      return net.listenTcp(at, (connection) => acceptQueries(queries, connection), answer);
    const bytesMax = config.pickleFrameBytesMax;
    return net.listenTcp(at, (sender) => acceptPickles(receivers, sender, bytesMax), answer);
  }

  if (wanted.length === 0) opened(good(addresses));
  return wanted.flatMap((name) => {
    const at = config[name];
    return at === null ? [] : [open(name, at)];
  });
}
