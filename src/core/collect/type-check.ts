// The types of TypesDB hold for our own plugins too: limits and kinds of the file stand in place of those that we know.

import type { Log } from '../host/log.ts';
import type { Dispatched } from './plugin.ts';
import type { Types } from './value-list.ts';

/** Gives each value with the data sources of its type; without those whose number is another one, which is told once. */
export function makeTyped(
  types: Types,
  log: Log,
): (values: readonly Dispatched[]) => readonly Dispatched[] {
  const told = new Set<string>();
  return (values) =>
    values.flatMap((value) => {
      const { type, sources, values: numbers } = value.list;
      const wanted = types.get(type);
      if (wanted === undefined || wanted === sources) return [value];
      if (wanted.length === numbers.length)
        return [{ ...value, list: { ...value.list, sources: wanted } }];
      if (!told.has(type))
        log.say('warning', 'Values do not fit their type of TypesDB, and are left out.', {
          type,
          values: numbers.length,
          sources: wanted.length,
        });
      told.add(type);
      return [];
    });
}
