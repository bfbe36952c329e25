// What the collector of this machine has beside its sensors: a network, and the types that TypesDB names.

import type { CollectorHost } from '../core/collect/collector.ts';
import type { CollectorConfig } from '../core/collect/config.ts';
import { readTypesDb } from '../core/collect/types-db.ts';
import { OWN_TYPES } from '../core/collect/value-list.ts';
import { nodeDatagrams } from './datagrams.ts';
import { nodeSecrets } from './secrets.ts';
import { readNamed } from './small-files.ts';

export interface CollectorPorts {
  readonly ports: Required<Pick<CollectorHost, 'network' | 'types'>>;
  /** Sentences about files, and lines of them, that have no effect. */
  readonly warnings: readonly string[];
}

/** A later file says more than an earlier one, and each more than we know ourselves. */
export function collectorPorts({ typesDb }: Pick<CollectorConfig, 'typesDb'>): CollectorPorts {
  const types = new Map(OWN_TYPES);
  const warnings: string[] = [];
  for (const file of typesDb) {
    const text = readNamed(file);
    if (!text.ok) {
      warnings.push(`${text.why} The types of our own plugins are known without it.`);
      continue;
    }
    const read = readTypesDb(text.value);
    for (const [name, sources] of read.types) types.set(name, sources);
    warnings.push(...read.warnings.map((warning) => `${file}: ${warning}`));
  }
  return {
    ports: { network: { datagrams: nodeDatagrams, secrets: nodeSecrets }, types },
    warnings,
  };
}
