// Option values that several commands read.

import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { parsePythonFloat } from '../../core/base/number.ts';
import type { Address } from '../../core/host/net.ts';

const PORT_MAX = 65_535;

/** HOST:PORT, where [::1]:80 is IPv6 and localhost is loopback. */
export function parseAddress(text: string): Address {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const name = bracketed ?? plain ?? '';
  const host = name === 'localhost' ? '127.0.0.1' : name;
  const port = Number(digits);
  if (digits === undefined || port > PORT_MAX || isIP(host) === 0)
    throw new InvalidArgumentError(
      `An address is IP:PORT, like 127.0.0.1:2003, with a port up to ${PORT_MAX}.`,
    );
  return { host, port };
}

export function showAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whole seconds since 1970. */
export function parseEpoch(text: string): number {
  if (!/^[+-]?\d{1,15}$/.test(text))
    throw new InvalidArgumentError('It wants whole seconds since 1970.');
  return Number(text);
}

/** A known part, as Python's float() reads it; whether it is from 0 to 1 is for core to say. */
export function parseFactor(text: string): number {
  const value = parsePythonFloat(text);
  if (value === null) throw new InvalidArgumentError('It wants a number from 0 to 1.');
  return value;
}

/** Where a daemon keeps what is not data: beside the data, never in it. */
export function stateFolder(options: { readonly data: string; readonly state?: string }): string {
  return options.state ?? `${resolve(options.data)}-state`;
}

/** What a strict daemon does as the real program, and what not. */
export function strictHelp(
  option: string,
  changes: readonly string[],
  kept: readonly string[],
): string {
  const list = (sentences: readonly string[]): string =>
    sentences.map((sentence) => `  - ${sentence}\n`).join('');
  return `
With ${option}:
${list(changes)}
Also with ${option}:
${list(kept)}`;
}
