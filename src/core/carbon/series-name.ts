// Names with tags, in the one form under which Carbon keeps them.
//
//   disk.used;rack=4;host=a       ->  disk.used;host=a;rack=4      tags sorted, of equal ones the last
//   disk.used{host="a",rack="4"}  ->  the same                     OpenMetrics
//   ~disk                         ->  disk                         "~" at the start is never kept

import { bad, good, type Result } from '../base/result.ts';

/** The canonical form, or why this is no name with tags. Carbon then keeps the text as it came. */
export function canonicalName(name: string): Result<string> {
  if (name.endsWith('"}') && name.includes('{')) return fromOpenMetrics(name);
  if (!name.includes(';') && !name.startsWith('~') && name !== '') return good(name);
  return fromCarbon(name);
}

/** "metric;a=1;b=2" as its metric and tags, tags as written. */
export function splitTags(name: string): Result<{ metric: string; tags: Map<string, string> }> {
  const [metric = '', ...segments] = name.split(';');
  if (metric === '') return bad(`Cannot parse path ${name}, no metric found`);
  const tags = new Map<string, string>();
  for (const segment of segments) {
    const equals = segment.indexOf('=');
    if (equals < 1) return bad(`Cannot parse path ${name}, invalid segment ${segment}`);
    const tag = segment.slice(0, equals);
    const value = segment.slice(equals + 1);
    const why = whyNotTag(tag, value);
    if (why !== null) return bad(why);
    tags.set(tag, value);
  }
  return good({ metric, tags });
}

function fromCarbon(name: string): Result<string> {
  const split = splitTags(name);
  return split.ok ? format(split.value.metric, split.value.tags) : split;
}

function fromOpenMetrics(name: string): Result<string> {
  const open = name.indexOf('{');
  const metric = name.slice(0, open);
  if (metric === '') return bad(`Cannot parse path ${name}, no metric found`);
  const tags = new Map<string, string>();
  let rest = name.slice(open + 1, -1);
  while (rest !== '') {
    const [whole, tag, quoted] = /^([^=]+)="((?:\\["\\]|[^"\\])+)":?(?:,|$)/.exec(rest) ?? [];
    if (whole === undefined || tag === undefined || quoted === undefined)
      return bad(`Cannot parse path ${name}, invalid segment ${rest}`);
    const value = quoted.replaceAll('\\"', '"').replaceAll('\\\\', '\\');
    const why = whyNotTag(tag, value);
    if (why !== null) return bad(why);
    tags.set(tag, value);
    rest = rest.slice(whole.length);
  }
  return format(metric, tags);
}

function whyNotTag(tag: string, value: string): string | null {
  if (value === '') return `Value for tag "${tag}" may not be empty`;
  for (const character of ';!^=')
    if (tag.includes(character)) return `Character "${character}" is not allowed in tag "${tag}"`;
  if (value.includes(';')) return `Character ";" is not allowed in value "${value}" of tag ${tag}`;
  if (value.startsWith('~')) return `Tag values are not allowed to start with "~" in tag "${tag}"`;
  return null;
}

function format(metric: string, tags: ReadonlyMap<string, string>): Result<string> {
  const name = metric.replace(/^~+/, '');
  if (name === '')
    return bad(`Cannot use metric name ${metric} as tag value, results in an empty string`);
  const parts: string[] = [];
  // A tag called "name" gives way to the name itself.
  for (const [tag, value] of tags) if (tag !== 'name') parts.push(`;${tag}=${value}`);
  return good(name + parts.sort().join(''));
}
