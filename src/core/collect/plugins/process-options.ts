// Process "name", ProcessMatch "name" "regex": which processes have values of their own.

import { bad, good, type Result } from '../../base/result.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions, texts } from '../options.ts';
import { regexOf } from '../regex.ts';
import type { ProcessesOptions } from './processes.ts';

export interface ProcessGroup {
  /** Searched in the command line; "" wants exactly the name of the program. */
  readonly pattern: string;
  readonly collectFileDescriptor: boolean;
  readonly collectContextSwitch: boolean;
  readonly collectMemoryMaps: boolean;
  /** Has no effect. */
  readonly collectDelayAccounting: boolean;
}

type Read = Result<ProcessesOptions>;

export function readProcess(options: ProcessesOptions, item: ConfItem): Read {
  const words = texts(item, 1, 1);
  return words.ok ? withGroup(options, item, words.value[0] ?? '', '') : words;
}

export function readProcessMatch(options: ProcessesOptions, item: ConfItem): Read {
  const words = texts(item, 2, 2);
  if (!words.ok) return words;
  const [name = '', pattern = ''] = words.value;
  if (pattern === '')
    return bad(`Line ${item.line}: ${item.key} wants a pattern that is not empty.`);
  const regex = regexOf(pattern, item);
  return regex.ok ? withGroup(options, item, name, pattern) : regex;
}

/** A block may choose for its own processes what is collected. */
function withGroup(options: ProcessesOptions, item: ConfItem, name: string, pattern: string): Read {
  const { collectFileDescriptor, collectContextSwitch, collectMemoryMaps, collectDelayAccounting } =
    options;
  const read = readOptions(
    item.children ?? [],
    { collectFileDescriptor, collectContextSwitch, collectMemoryMaps, collectDelayAccounting },
    `block <${item.key}>`,
  );
  if (!read.ok) return read;
  const group: ProcessGroup = { pattern, ...read.value };
  return good({ ...options, groups: { ...options.groups, [name]: group } });
}
