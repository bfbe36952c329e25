// The configuration files of a stack. Every sentence about one begins with its name.

import { bad, good, type Result } from '../core/base/result.ts';
import { readAggregations, type Aggregations } from '../core/carbon/aggregation.ts';
import { readSchemas, type Schemas } from '../core/carbon/schemas.ts';
import { readCollectorConfig, type CollectorConfig } from '../core/collect/config.ts';
import { CONF_FILES } from './conf-files.ts';
import { readProxyConfig, type ReadProxyConfig } from './statsd-proxy-config.ts';
import { readStatsdConfig, type ReadStatsdConfig } from './statsd-config.ts';

export interface Read<T> {
  readonly config: T;
  /** Sentences about parts that have no effect. */
  readonly warnings: readonly string[];
}

/** How Carbon makes the file of a new metric. */
export interface StorageRules {
  readonly schemas: Schemas;
  readonly aggregations: Aggregations;
}

/** Null stands for a file that is not there. */
export function readStorageRules(
  schemasText: string | null,
  aggregationsText: string | null,
): Result<Read<StorageRules>> {
  const schemas = readSchemas(schemasText ?? '');
  if (!schemas.ok) return schemas;
  const aggregations = readAggregations(aggregationsText);
  if (!aggregations.ok) return aggregations;
  return good({
    config: { schemas: schemas.value, aggregations: aggregations.value },
    warnings: [...schemas.value.warnings, ...aggregations.value.warnings],
  });
}

export function readCollectorFile(text: string, name: string): Result<Read<CollectorConfig>> {
  return named(readCollectorConfig(text, CONF_FILES), name);
}

export function readStatsdFile(text: string, name: string): Result<ReadStatsdConfig> {
  return named(readStatsdConfig(text), name);
}

export function readProxyFile(text: string, name: string): Result<ReadProxyConfig> {
  return named(readProxyConfig(text), name);
}

function named<T extends Read<unknown>>(read: Result<T>, name: string): Result<T> {
  if (!read.ok) return bad(`${name}: ${read.why}`);
  const warnings = read.value.warnings.map((warning) => `${name}: ${warning}`);
  return good({ ...read.value, warnings });
}
