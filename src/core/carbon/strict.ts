// Where our Carbon is kinder than the real one on purpose, and `--strict` makes it do as that does. This list is whole:
// each `strict` in this folder is one of these lines.

import type { CarbonConfig } from './config.ts';

export const STRICT_CHANGES: readonly string[] = [
  'a line that is not UTF-8 text, or has a time of inf or nan, ends its connection and costs what follows in it',
  'a UDP packet that is not UTF-8 text is lost as a whole, and a time of inf costs the rest of its packet',
  'a pickle that is no list, or has a name that is no text, ends its connection',
  'names are not checked: empty parts are left out, so that ..b..c.. is the file b/c/.wsp',
  'times before 1970 and in milliseconds are taken in, and lost when they are written',
  'where carbon.conf does not say: MAX_CACHE_SIZE inf, MAX_UPDATES_PER_SECOND 500, MIN_TIMESTAMP_RESOLUTION 0',
];

/** Strict or not, because a way back would help nobody. */
export const KEPT_IN_STRICT: readonly string[] = [
  'a name that would leave the data folder, or that no file can have, is refused',
  'points wait where MAX_CREATES_PER_MINUTE would drop them, and where a write fails',
  'everything dropped is counted and logged',
  'the journal is kept, and the end writes the whole cache; where MAX_UPDATES_PER_SECOND_ON_SHUTDOWN is not set, without a limit',
  'a connection counts as idle by the time that passed, also when the date of the machine is set',
];

/** The defaults of the real program's code, not of its example file. */
export const STRICT_DEFAULTS: Partial<CarbonConfig> = {
  strict: true,
  cacheSizeMax: Infinity,
  updatesPerSecondMax: 500,
  resolutionS: 0,
};
