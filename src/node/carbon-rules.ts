// The configuration files of Carbon that may change while it runs. What cannot be read changes nothing.
//
//   storage-schemas.conf, storage-aggregation.conf   looked at every minute
//   whitelist.conf, blacklist.conf                   every 10 s, with USE_WHITELIST

import { join } from 'node:path';
import { bad, type Result } from '../core/base/result.ts';
import { AGGREGATION_FILE } from '../core/carbon/aggregation.ts';
import {
  BLACKLIST_FILE,
  NO_LISTS,
  readNameList,
  WHITELIST_FILE,
  type NameLists,
} from '../core/carbon/name-lists.ts';
import { SCHEMAS_FILE } from '../core/carbon/schemas.ts';
import type { Cancel, Clock } from '../core/host/clock.ts';
import type { Log } from '../core/host/log.ts';
import { readStorageRules, type Read, type StorageRules } from './conf.ts';
import { readNamed, readOrNull } from './small-files.ts';
import { watchFiles } from './watched-files.ts';

/** How often the real program looks. */
const RULES_MS = 60_000;
const LISTS_MS = 10_000;

/** What the changes are told to. */
export interface RulesTarget {
  configure(schemas: StorageRules['schemas'], aggregations: StorageRules['aggregations']): void;
  setLists(lists: NameLists): void;
}

/** Fails without storage-schemas.conf, as the real program: else every metric would be kept by accident. */
export function readRulesIn(folder: string): Result<Read<StorageRules>> {
  const schemas = readNamed(join(folder, SCHEMAS_FILE));
  if (!schemas.ok) return schemas;
  const rules = readStorageRules(schemas.value, readOrNull(join(folder, AGGREGATION_FILE)));
  return rules.ok ? rules : bad(`${folder}: ${rules.why}`);
}

export function readListsIn(folder: string, usesLists: boolean): Read<NameLists> {
  if (!usesLists) return { config: NO_LISTS, warnings: [] };
  const read = (name: string): ReturnType<typeof readNameList> =>
    readNameList(readOrNull(join(folder, name)), name);
  const [whitelist, blacklist] = [read(WHITELIST_FILE), read(BLACKLIST_FILE)];
  return {
    config: { whitelist: whitelist.patterns, blacklist: blacklist.patterns },
    warnings: [...whitelist.warnings, ...blacklist.warnings],
  };
}

/** Reads the files again when they change, and tells `target`. */
export function watchRules(
  folder: string,
  usesLists: boolean,
  target: RulesTarget,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Cancel {
  const within = (names: readonly string[]): readonly string[] =>
    names.map((name) => join(folder, name));
  const tell = (warnings: readonly string[]): void => {
    for (const warning of warnings) log.say('warning', warning);
  };

  function rereadRules(): void {
    const rules = readRulesIn(folder);
    if (!rules.ok)
      return log.say('error', 'The rules for new files stay as they were.', { why: rules.why });
    target.configure(rules.value.config.schemas, rules.value.config.aggregations);
    log.say('info', 'Read the rules for new files again.');
    tell(rules.value.warnings);
  }

  function rereadLists(): void {
    const lists = readListsIn(folder, usesLists);
    target.setLists(lists.config);
    log.say('info', 'Read the lists of names again.', {
      whitelist: lists.config.whitelist.length,
      blacklist: lists.config.blacklist.length,
    });
    tell(lists.warnings);
  }

  const ruleFiles = within([SCHEMAS_FILE, AGGREGATION_FILE]);
  const endRules = watchFiles(clock, RULES_MS, ruleFiles, rereadRules);
  if (!usesLists) return endRules;
  const listFiles = within([WHITELIST_FILE, BLACKLIST_FILE]);
  const endLists = watchFiles(clock, LISTS_MS, listFiles, rereadLists);
  return () => {
    endRules();
    endLists();
  };
}
