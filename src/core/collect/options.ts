// The options of a block, put into their defaults: the kind of each default says what fits.

import { bad, good, type Result } from '../base/result.ts';
import type { ConfItem } from './conf.ts';
import type { Argument } from './conf-tokens.ts';
import { regexOf } from './regex.ts';

/** Options that take more than one value, or a block: how each changes the options. Keys in lower case. */
export type SpecialOptions<T> = Readonly<Record<string, (options: T, item: ConfItem) => Result<T>>>;

export function readOptions<T extends object>(
  items: readonly ConfItem[],
  defaults: T,
  where: string,
  special: SpecialOptions<T> = {},
): Result<T> {
  let options: T = { ...defaults };
  for (const item of items) {
    const key = item.key.toLowerCase();
    const own = special[key];
    const read = own ? own(options, item) : readOption(options, item, where, Object.keys(special));
    if (!read.ok) return read;
    options = read.value;
  }
  return good(options);
}

function readOption<T extends object>(
  options: T,
  item: ConfItem,
  where: string,
  others: readonly string[],
): Result<T> {
  const own = Object.keys(options);
  const name = own.find((key) => key.toLowerCase() === item.key.toLowerCase());
  const before = (options as Record<string, unknown>)[name ?? ''];
  // What only a special option can fill has no words of its own.
  if (name === undefined || isMadeOfBlocks(before)) {
    const plain = own.filter((key) => !isMadeOfBlocks((options as Record<string, unknown>)[key]));
    const known = [...new Set([...plain, ...others].map(capital))].join(', ') || 'none';
    return bad(`Line ${item.line}: the ${where} has no option "${item.key}". It has: ${known}.`);
  }
  const value = fitting(item.args[0], before);
  if (value === null || (item.children !== null && item.args.length === 0))
    return bad(`Line ${item.line}: ${item.key} wants ${kindOf(before)}, received ${show(item)}.`);
  const pattern = Array.isArray(before) ? patternOf(String(value)) : null;
  const regex = pattern === null ? good(null) : regexOf(pattern, item);
  if (!regex.ok) return regex;
  return good({
    ...options,
    [name]: Array.isArray(before) ? [...(before as string[]), value] : value,
  });
}

/** What stands between the slashes of a name that is a pattern; null for a plain name. */
export function patternOf(name: string): string | null {
  return /^\/(.*)\/$/.exec(name)?.[1] ?? null;
}

function isMadeOfBlocks(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as the default's kind; null when it does not fit. */
function fitting(value: Argument | undefined, before: unknown): Argument | null {
  if (value === undefined) return null;
  if (typeof before === 'boolean') return booleanOf(value);
  if (typeof before === 'number') {
    const isNumber = typeof value === 'number' || /^[+-]?\d*\.?\d+$/.test(String(value));
    return isNumber ? Number(value) : null;
  }
  // A word that looks like a number or a truth may be a name: Host 1234, Interface on.
  if (Array.isArray(before)) return String(value);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

/** collectd takes a truth in quotes too, in any case. Null when it is none. */
export function booleanOf(value: Argument): boolean | null {
  if (typeof value === 'boolean') return value;
  if (/^(?:true|yes|on)$/i.test(String(value))) return true;
  return /^(?:false|no|off)$/i.test(String(value)) ? false : null;
}

/** All values of an option as texts; bad unless there are `least` to `most` of them. */
export function texts(item: ConfItem, least: number, most: number): Result<readonly string[]> {
  const count = item.args.length;
  if (count >= least && count <= most) return good(item.args.map(String));
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  return bad(`Line ${item.line}: ${item.key} wants ${wanted} values, received ${show(item)}.`);
}

export function show(item: ConfItem): string {
  return item.args.map((arg) => JSON.stringify(arg)).join(' ') || 'nothing';
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function kindOf(value: unknown): string {
  if (typeof value === 'boolean') return 'true or false';
  return typeof value === 'number' ? 'a number' : 'a text';
}
