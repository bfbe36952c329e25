// StatsD's configuration file: a JavaScript object without code, so JSON5 reads it and nothing is run.

import JSON5 from 'json5';
import { bad, good, type Result } from '../core/base/result.ts';
import { STATSD_DEFAULTS, type StatsdConfig } from '../core/statsd/config.ts';

export function readStatsdConfig(text: string): Result<StatsdConfig> {
  let value: unknown;
  try {
    value = JSON5.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return bad(`This is no object that JSON5 can read (${why}).`);
  }
  if (typeof value !== 'object' || value === null) return bad('The file holds no { ... } object.');
  for (const [name, given] of Object.entries(value)) {
    const usual = (STATSD_DEFAULTS as unknown as Readonly<Record<string, unknown>>)[name];
    if (typeof usual === 'number' && typeof given !== 'number')
      return bad(`${name} wants a number, received ${JSON.stringify(given)}.`);
  }
  return good({ ...STATSD_DEFAULTS, ...value });
}
