// carbon.conf of the real program: the keys of its section [cache] that our Carbon has a use for. Where it
// listens and writes is said on the command line.
//
//   [cache]
//   MAX_CACHE_SIZE = 2000000
//   MAX_UPDATES_PER_SECOND = inf

import { parsePythonFloat } from '../core/base/number.ts';
import { bad, good, type Result } from '../core/base/result.ts';
import type { CarbonConfig } from '../core/carbon/config.ts';
import { parseIni } from '../core/carbon/ini.ts';
import { STRATEGIES } from '../core/carbon/write-order.ts';
import type { Read } from './conf.ts';

export const CARBON_FILE = 'carbon.conf';

/** Keys whose value is a number, `inf` included, and what they are called here. */
const NUMBERS = {
  max_cache_size: 'cacheSizeMax',
  max_updates_per_second: 'updatesPerSecondMax',
  max_creates_per_minute: 'createsPerMinuteMax',
  pickle_receiver_max_length: 'pickleFrameBytesMax',
  carbon_metric_interval: 'ownMetricsIntervalS',
} as const satisfies Readonly<Record<string, keyof CarbonConfig>>;

const STRATEGY_KEY = 'cache_write_strategy';

export function readCarbonConf(text: string): Result<Read<Partial<CarbonConfig>>> {
  const sections = parseIni(text, CARBON_FILE);
  if (!sections.ok) return sections;
  const entries = sections.value.find(({ name }) => name === 'cache')?.entries ?? new Map();
  const config: Record<string, unknown> = {};
  const without: string[] = [];
  for (const [key, { value, line }] of entries as ReadonlyMap<string, Entry>) {
    const shown = key.toUpperCase();
    if (isNumberKey(key)) {
      const number = parsePythonFloat(value);
      if (number === null || !(number >= 0))
        return bad(`${CARBON_FILE} line ${line}: ${shown} wants a number, received "${value}".`);
      config[NUMBERS[key]] = number;
    } else if (key === STRATEGY_KEY) {
      const strategy = STRATEGIES.find((name) => name === value);
      if (strategy === undefined)
        return bad(
          `${CARBON_FILE} line ${line}: ${shown} is one of ${STRATEGIES.join(', ')}, received "${value}".`,
        );
      config['strategy'] = strategy;
    } else without.push(shown);
  }
  const warnings =
    without.length === 0 ? [] : [`${CARBON_FILE}: without effect here: ${without.join(', ')}.`];
  return good({ config, warnings });
}

interface Entry {
  readonly value: string;
  readonly line: number;
}

function isNumberKey(key: string): key is keyof typeof NUMBERS {
  return Object.hasOwn(NUMBERS, key);
}
