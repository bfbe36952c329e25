// storage-schemas.conf: how long the points of a new metric are kept. The first section whose pattern is found
// in the name decides.
//
//   [statsd]
//   pattern = ^stats\.
//   retentions = 10s:6h,1m:7d

import { bad, good, type Result } from '../base/result.ts';
import { checkArchives } from '../whisper/archives.ts';
import type { ArchiveShape } from '../whisper/format.ts';
import { entryOf, parseIni, type IniSection } from './ini.ts';
import { pythonPattern } from './python-pattern.ts';

export const SCHEMAS_FILE = 'storage-schemas.conf';

export interface Schema {
  readonly name: string;
  /** Null fits every name. */
  readonly pattern: RegExp | null;
  /** Finest first. */
  readonly archives: readonly ArchiveShape[];
}

export interface Schemas {
  /** Never empty: the last one fits every name. */
  readonly list: readonly Schema[];
  /** What Carbon would log about sections that it skips. */
  readonly warnings: readonly string[];
}

/** Where nothing fits: one point a minute for seven days. */
export const SCHEMA_DEFAULT: Schema = {
  name: 'default',
  pattern: null,
  archives: [{ secondsPerPoint: 60, points: 60 * 24 * 7 }],
};

/** An unreadable retention stops Carbon at its start; other faults only cost the section. */
export function readSchemas(text: string): Result<Schemas> {
  const sections = parseIni(text, SCHEMAS_FILE);
  if (!sections.ok) return sections;
  const list: Schema[] = [];
  const warnings: string[] = [];
  for (const section of sections.value) {
    const schema = readSchema(section, warnings);
    if (!schema.ok) return bad(`${schema.why} in section [${section.name}] in ${SCHEMAS_FILE}`);
    if (schema.value) list.push(schema.value);
  }
  return good({ list: [...list, SCHEMA_DEFAULT], warnings });
}

export function schemaFor(schemas: Schemas, metric: string): Schema {
  return schemas.list.find(({ pattern }) => pattern?.test(metric) ?? true) ?? SCHEMA_DEFAULT;
}

function readSchema(section: IniSection, warnings: string[]): Result<Schema | null> {
  const { name } = section;
  const retentions = section.entries.get('retentions')?.value;
  const patternText = entryOf(section, 'pattern');
  if (retentions === undefined)
    return skip(warnings, `Schema ${name} missing 'retentions', skipping`);
  const shapes: ArchiveShape[] = [];
  for (const retention of retentions.split(',')) {
    const shape = parseCarbonRetention(retention);
    if (!shape.ok) return shape;
    shapes.push(shape.value);
  }
  if (patternText === null) return skip(warnings, `Schema ${name} missing 'pattern', skipping`);
  const pattern = pythonPattern(patternText);
  if (!pattern.ok) return pattern;
  const archives = checkArchives(shapes);
  if (!archives.ok) return skip(warnings, `Invalid schemas found in ${name}: ${archives.why}`);
  return good({ name, pattern: pattern.value, archives: archives.value });
}

function skip(warnings: string[], warning: string): Result<null> {
  warnings.push(warning);
  return good(null);
}

// Carbon's own parser: a unit is exactly one letter, where whisper takes any beginning of its name.
const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
  ['w', 604800],
  ['y', 31536000],
]);

/** "10s:6h", "60:1440": see whisper/retention.ts for the form. */
export function parseCarbonRetention(text: string): Result<ArchiveShape> {
  const [precisionText = '', lengthText, ...more] = text.trim().split(':');
  if (lengthText === undefined || more.length > 0)
    return bad(`Invalid retention definition '${text.trim()}'`);
  const precision = parseAmount(precisionText, 'precision');
  if (!precision.ok) return precision;
  const secondsPerPoint = precision.value.number * (precision.value.unitS ?? 1);
  const length = parseAmount(lengthText, 'retention');
  if (!length.ok) return length;
  const { number, unitS } = length.value;
  if (unitS === null) return good({ secondsPerPoint, points: number });
  if (secondsPerPoint === 0) return bad(`Invalid precision specification '${precisionText}'`);
  return good({ secondsPerPoint, points: Math.floor((number * unitS) / secondsPerPoint) });
}

function parseAmount(
  text: string,
  what: 'precision' | 'retention',
): Result<{ readonly number: number; readonly unitS: number | null }> {
  const [, digits, unit] = /^(\d+)([a-z]*)$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined)
    return bad(`Invalid ${what} specification '${text}'`);
  if (unit === '') return good({ number: Number(digits), unitS: null });
  const unitS = UNIT_SECONDS.get(unit);
  return unitS === undefined
    ? bad(`Invalid unit '${unit}'`)
    : good({ number: Number(digits), unitS });
}
