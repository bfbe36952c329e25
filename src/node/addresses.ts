// Names of hosts and interfaces become IP addresses.

import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { bad, good, type Result } from '../core/base/result.ts';
import { messageOf } from './files.ts';

/** At least one, those of both families; at once when it is an address already. */
export function addressesOf(
  host: string,
  done: (addresses: Result<readonly string[]>) => void,
): void {
  if (isIP(host) !== 0) return done(good([host]));
  lookup(host, { all: true }, (error, found) => {
    const addresses = [...new Set((found ?? []).map(({ address }) => address))];
    if (error !== null || addresses.length === 0)
      done(bad(`the name "${host}" has no address${error ? ` (${messageOf(error)})` : ''}`));
    else done(good(addresses));
  });
}

/** Whether it is one of multicast. */
export function isGroup(address: string): boolean {
  if (address.includes(':')) return /^ff/i.test(address);
  const first = Number(address.split('.')[0]);
  return first >= 224 && first <= 239;
}

/** The first address of an interface in the family of `address`; "" when there is none. */
export function interfaceAddress(
  { interface: name }: { readonly interface: string },
  address: string,
): string {
  const family = address.includes(':') ? 'IPv6' : 'IPv4';
  const found = networkInterfaces()[name]?.find((one) => one.family === family);
  if (found === undefined) return '';
  return found.scopeid ? `${found.address}%${name}` : found.address;
}

/** What Node calls the interface of a group; undefined leaves the choice to the system. */
export function groupInterface(
  place: { readonly interface: string },
  group: string,
): string | undefined {
  const address = interfaceAddress(place, group);
  if (address === '') return undefined;
  return group.includes(':') ? `::%${place.interface}` : address;
}

/**
 * Node cannot tie a socket to an interface. Who listens to every address of the machine, and names one, listens to the
 * addresses of that one instead.
 */
export function boundAddresses(
  hosts: readonly string[],
  interfaceName: string,
): Result<readonly string[]> {
  if (interfaceName === '') return good(hosts);
  const own = networkInterfaces()[interfaceName];
  if (own === undefined)
    return bad(
      `there is no interface "${interfaceName}"; here are: ${Object.keys(networkInterfaces()).join(', ')}`,
    );
  const all = own.map(({ address, scopeid }) =>
    scopeid ? `${address}%${interfaceName}` : address,
  );
  const bound = hosts.flatMap((host) => {
    if (host === '::') return all;
    return host === '0.0.0.0' ? all.filter((address) => !address.includes(':')) : [host];
  });
  return good([...new Set(bound)]);
}
