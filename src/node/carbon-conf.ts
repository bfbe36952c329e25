// carbon.conf of the real program: its section [cache], and over it that of one instance, as [cache:a].
//
//   [cache]
//   MAX_CACHE_SIZE = 2000000          keys without regard to case
//   LINE_RECEIVER_PORT = 2003
//   [cache:b]
//   LINE_RECEIVER_PORT = 2103

import { homedir } from 'node:os';
import { join } from 'node:path';
import { bad, good, type Result } from '../core/base/result.ts';
import type { CarbonAddresses } from '../core/carbon/listen.ts';
import { CARBON_DEFAULTS, type CarbonConfig } from '../core/carbon/config.ts';
import { parseIni, type IniEntry } from '../core/carbon/ini.ts';
import type { Address } from '../core/host/net.ts';
import { PATH_RULES } from '../core/whisper/metric-path.ts';
import {
  CONFIG_KEYS,
  DATABASE,
  DONE_OTHERWISE,
  FLAG,
  FOLDER,
  INTERFACE,
  PORT,
  WITHOUT_EFFECT,
  type Value,
} from './carbon-keys.ts';
import type { Read } from './conf.ts';
import { nearestWord } from '../core/base/nearest-word.ts';

export const CARBON_FILE = 'carbon.conf';

export interface CarbonConf {
  readonly config: Partial<CarbonConfig>;
  /** Where to listen; null where the file says not to, left out where it says nothing. */
  readonly listen: Partial<CarbonAddresses>;
  readonly dataFolder: string | null;
  /** USE_WHITELIST: whether whitelist.conf and blacklist.conf count. */
  readonly usesLists: boolean;
}

/** Names of the keys, and the real program's port. Where no interface is given we stay on loopback. */
const LISTENERS = [
  ['line', 'LINE_RECEIVER', 2003],
  ['udp', 'UDP_RECEIVER', 2003],
  ['pickle', 'PICKLE_RECEIVER', 2004],
  ['query', 'CACHE_QUERY', 7002],
] as const;
const LOOPBACK = '127.0.0.1';

export function readCarbonConf(text: string, instance: string): Result<Read<CarbonConf>> {
  const sections = parseIni(text, CARBON_FILE);
  if (!sections.ok) return sections;
  const entries = new Map<string, IniEntry>();
  const missing: string[] = [];
  for (const name of ['cache', `cache:${instance}`]) {
    const section = sections.value.find((each) => each.name === name);
    if (section === undefined) missing.push(name);
    for (const [key, entry] of section?.entries ?? []) entries.set(key.toUpperCase(), entry);
  }
  const reader = makeReader(entries);
  const config = { ...readConfig(reader), ...readPaths(reader) };
  const conf: CarbonConf = {
    config,
    listen: readListeners(reader),
    dataFolder: readDataFolder(reader),
    usesLists: reader.take('USE_WHITELIST', FLAG) ?? false,
  };
  reader.take('DATABASE', DATABASE);
  const warnings = [
    ...withoutSection(text, missing, instance),
    ...otherwise(reader),
    ...reader.warnings(),
  ];
  if (reader.faults.length > 0) return bad(reader.faults.join('\n'));
  return good({ config: conf, warnings });
}

/** A section that the real program would miss without a word. Who gives no name to an instance wants none of its own. */
function withoutSection(
  text: string,
  missing: readonly string[],
  instance: string,
): readonly string[] {
  const hasNone = missing.includes('cache') && text.trim() !== '';
  const lacksOwn = instance !== CARBON_DEFAULTS.instance && missing.includes(`cache:${instance}`);
  return [
    ...(hasNone ? [`${CARBON_FILE} has no section [cache].`] : []),
    ...(lacksOwn ? [`${CARBON_FILE} has no section [cache:${instance}].`] : []),
  ];
}

interface Reader {
  has(key: string): boolean;
  /** The value of a key, null where it is not there or not what it should be. */
  take<T>(key: string, value: Value<T>): T | null;
  /** A sentence for each value that is not what it should be. */
  readonly faults: readonly string[];
  /** About keys that nobody took. */
  warnings(): readonly string[];
}

function makeReader(entries: ReadonlyMap<string, IniEntry>): Reader {
  const taken = new Set<string>();
  const faults: string[] = [];
  return {
    has: (key) => entries.has(key),
    take(key, { wants, read }) {
      taken.add(key);
      const entry = entries.get(key);
      if (entry === undefined) return null;
      const value = read(entry.value);
      if (value === null)
        faults.push(
          `${CARBON_FILE} line ${entry.line}: ${key} wants ${wants}, received "${entry.value}".`,
        );
      return value;
    },
    faults,
    warnings() {
      const left = [...entries.keys()].filter((key) => !taken.has(key));
      const known = left.filter((key) => WITHOUT_EFFECT.includes(key));
      const unknown = left.filter((key) => !WITHOUT_EFFECT.includes(key));
      const list = (what: string, keys: readonly string[]): readonly string[] =>
        keys.length === 0 ? [] : [`${CARBON_FILE}: ${what}: ${keys.join(', ')}.`];
      return [
        ...list('known to Carbon, without effect here', known),
        ...list(
          'unknown',
          unknown.map((key) => withHint(key, [...taken, ...WITHOUT_EFFECT])),
        ),
      ];
    },
  };
}

function withHint(key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  return nearest === null ? key : `${key} (did you mean ${nearest}?)`;
}

function readConfig(reader: Reader): Partial<CarbonConfig> {
  const config: Record<string, unknown> = {};
  for (const [key, [name, value]] of CONFIG_KEYS) {
    const read = reader.take<unknown>(key, value);
    if (read !== null) config[name] = read;
  }
  return config;
}

function readPaths(reader: Reader): Partial<CarbonConfig> {
  const hashesTags = reader.take('TAG_HASH_FILENAMES', FLAG);
  return hashesTags === null ? {} : { paths: { ...PATH_RULES, hashesTags } };
}

function readListeners(reader: Reader): Partial<CarbonAddresses> {
  const listen: { -readonly [Name in keyof CarbonAddresses]?: Address | null } = {};
  const isUdp = reader.take('ENABLE_UDP_LISTENER', FLAG);
  for (const [name, key, portUsual] of LISTENERS) {
    const isSaid = reader.has(`${key}_INTERFACE`) || reader.has(`${key}_PORT`);
    const host = reader.take(`${key}_INTERFACE`, INTERFACE) ?? LOOPBACK;
    const port = reader.take(`${key}_PORT`, PORT) ?? portUsual;
    const isWanted = name === 'udp' ? isUdp === true : port !== 0;
    if (isSaid || (name === 'udp' && isUdp !== null))
      listen[name] = isWanted && port !== 0 ? { host, port } : null;
  }
  return listen;
}

/** As the real program finds it: said, or below the folder of all that is stored. */
function readDataFolder(reader: Reader): string | null {
  const storage = reader.take('STORAGE_DIR', FOLDER);
  const data = reader.take('LOCAL_DATA_DIR', FOLDER);
  if (data !== null) return atHome(data);
  return storage === null ? null : join(atHome(storage), 'whisper');
}

function atHome(folder: string): string {
  return folder.replace(/^~(?=\/|$)/, homedir());
}

function otherwise(reader: Reader): readonly string[] {
  return [...DONE_OTHERWISE].flatMap(([key, [when, how]]) => {
    if (!reader.has(key)) return [];
    return reader.take(key, FLAG) === when
      ? [`${CARBON_FILE}: ${key} is done in another way here: ${how}.`]
      : [];
  });
}
