// types.db, as collectd installs it: one type a line, with its data sources.
//
//   if_octets   rx:DERIVE:0:U, tx:DERIVE:0:U
//   name        source:KIND:min:max, ...        U is no limit

import type { DataSource, Kind, Types } from './value-list.ts';

/** collectd's own file has fewer than 400. */
export const TYPES_MAX = 10_000;
/** Those of one type; no type of collectd has more than 4. */
export const SOURCES_MAX = 100;

const KINDS: readonly Kind[] = ['GAUGE', 'DERIVE', 'COUNTER', 'ABSOLUTE'];
const SOURCE = /^([^\s:,]{1,127}):([A-Za-z]+):([^\s:]+):([^\s:]+)$/;

export interface ReadTypes {
  readonly types: Types;
  /** A sentence for each line that is left out. */
  readonly warnings: readonly string[];
}

export function readTypesDb(text: string): ReadTypes {
  const types = new Map<string, readonly DataSource[]>();
  const warnings: string[] = [];
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.replace(/#.*$/, '').trim();
    if (line === '') continue;
    if (types.size + warnings.length >= TYPES_MAX) {
      warnings.push(
        `Line ${index + 1}: there are more than ${TYPES_MAX} lines; the rest is left out.`,
      );
      break;
    }
    const [name = '', ...words] = line.split(/[\s,]+/).filter((word) => word !== '');
    const sources = words.flatMap((word) => sourceOf(word) ?? []);
    if (words.length === 0 || words.length > SOURCES_MAX || sources.length < words.length)
      warnings.push(
        `Line ${index + 1}: a type is NAME SOURCE:KIND:MIN:MAX, with 1 to ${SOURCES_MAX} sources of the kind ${KINDS.join(', ')}; received "${line}".`,
      );
    else types.set(name, sources);
  }
  return { types, warnings };
}

function sourceOf(word: string): DataSource | null {
  const [, name = '', kindName = '', minText = '', maxText = ''] = SOURCE.exec(word) ?? [];
  const kind = KINDS.find((one) => one === kindName.toUpperCase());
  const min = minText === 'U' ? -Infinity : Number(minText);
  const max = maxText === 'U' ? Infinity : Number(maxText);
  if (kind === undefined || Number.isNaN(min) || Number.isNaN(max)) return null;
  return { name, kind, min, max };
}
