// A tally in a file, so that a StatsD that starts again goes on where it was.
//
//   {"tally":1}                  the version of this format
//   ["c","logins",3]             counter, sum
//   ["t","wait",10,[320,12]]     timer, count, values
//   ["g","beds",12,1]            gauge, value, flushes left (null where it stays)
//   ["s","staff",["anna"]]       set, members
//   {"keys":4}                   the end: a file without it was cut short
//
// What it promises. An orderly stop sends no flush but keeps what is open, and the first flush of the next start brings it: so an interval that
// was cut in two is one point, and not two of which Carbon keeps the last. A process that is killed goes on with the gauges and the names of its last
// flush (killed in the middle of one: of the one before); what came after that is lost, as without the file. Killed in the middle of its first flush
// it may send twice what it had kept.

import { bad, good, type Result } from '../base/result.ts';
import { decodeUtf8Lossy, encodeUtf8 } from '../base/text.ts';
import { moveAside } from '../carbon/aside.ts';
import type { Files } from '../host/files.ts';
import type { Log } from '../host/log.ts';
import { KEYS_MAX, VALUES_MAX, type Tally } from './tally.ts';

export interface TallyFile {
  readonly files: Files;
  readonly name: string;
}

/** Characters of a file, about a million keys; a tally that is larger is not kept. */
export const KEPT_CHARACTERS_MAX = 32_000_000;

/** Each of them is three bytes at most. */
const KEPT_BYTES_MAX = 3 * KEPT_CHARACTERS_MAX;

const FIRST_LINE = '{"tally":1}';

/** Fills a new tally from the file. One that cannot be read is put aside, and the tally begins with nothing. */
export function loadTally({ files, name }: TallyFile, tally: Tally, log: Log): void {
  const text = readText(files, name);
  if (text.ok && text.value === null) return;
  const read = text.ok ? parseTally(text.value ?? '') : text;
  if (read.ok) {
    for (const entry of read.value) restore(tally, entry);
    return;
  }
  const aside = moveAside(files, name) ?? 'nowhere';
  const facts = { file: name, why: read.why, aside };
  log.say('error', 'Put the state file aside, which cannot be read; counting begins anew.', facts);
}

/** Null when there is no file. */
function readText(files: Files, name: string): Result<string | null> {
  try {
    const file = files.open(name);
    if (file === null) return good(null);
    const sizeBytes = file.sizeBytes();
    const bytes = sizeBytes <= KEPT_BYTES_MAX ? file.read(0, sizeBytes) : null;
    file.close();
    return bytes
      ? good(decodeUtf8Lossy(bytes))
      : bad(`it has ${sizeBytes} bytes, and no state has more than ${KEPT_BYTES_MAX}`);
  } catch (error) {
    // The system refuses: rights, or a folder.
    return bad(error instanceof Error ? error.message : String(error));
  }
}

/** Fails when the tally is too large, or when the disk does not take it; the file is then as it was. */
export function saveTally({ files, name }: TallyFile, tally: Tally): Result<null> {
  const text = tallyText(tally);
  if (text !== null) return files.replace(name, encodeUtf8(text));
  return bad(`It would be more than ${KEPT_CHARACTERS_MAX} characters.`);
}

/** Null when it is too long. */
function tallyText({ counters, timers, gauges, sets }: Tally): string | null {
  let text = `${FIRST_LINE}\n`;
  let keys = 0;
  for (const entry of entries()) {
    text += `${JSON.stringify(entry)}\n`;
    keys++;
    if (text.length > KEPT_CHARACTERS_MAX) return null;
  }
  return `${text}${JSON.stringify({ keys })}\n`;

  function* entries(): Generator<readonly unknown[]> {
    for (const [key, { sum }] of counters) yield ['c', key, written(sum)];
    for (const [key, { count, values }] of timers)
      yield ['t', key, written(count), values.map(written)];
    for (const [key, { value, flushesLeft }] of gauges)
      yield ['g', key, written(value), flushesLeft === Infinity ? null : flushesLeft];
    for (const [key, members] of sets) yield ['s', key, [...members]];
  }
}

// JSON has no word for Infinity and NaN, which a strict StatsD takes in.
function written(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

type Entry =
  | { readonly type: 'c'; readonly key: string; readonly sum: number }
  | { readonly type: 't'; readonly key: string; readonly count: number; readonly values: number[] }
  | { readonly type: 'g'; readonly key: string; readonly value: number; readonly left: unknown }
  | { readonly type: 's'; readonly key: string; readonly members: readonly string[] };

function parseTally(text: string): Result<readonly Entry[]> {
  const [first, ...lines] = text.split('\n');
  if (first !== FIRST_LINE) return bad(`its first line is not ${FIRST_LINE}`);
  lines.pop();
  const last = lines.pop();
  if (last !== `{"keys":${lines.length}}`) return bad('it was cut short');
  if (lines.length > KEYS_MAX) return bad(`it has more than ${KEYS_MAX} keys`);
  const entries: Entry[] = [];
  let values = 0;
  for (const [i, line] of lines.entries()) {
    const entry = parseEntry(line);
    if (entry === null) return bad(`its line ${i + 2} is no entry of a tally`);
    entries.push(entry);
    if (entry.type === 't') values += entry.values.length;
    if (entry.type === 's') values += entry.members.length;
  }
  return values > VALUES_MAX ? bad(`it has more than ${VALUES_MAX} values`) : good(entries);
}

function parseEntry(line: string): Entry | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(parsed)) return null;
  const [type, key, third, fourth] = parsed as readonly unknown[];
  if (typeof key !== 'string') return null;
  const number = numberOf(third);
  if (type === 'c' && number !== null) return { type, key, sum: number };
  if (type === 'g' && number !== null) return { type, key, value: number, left: fourth };
  if (type === 's' && Array.isArray(third) && third.every((each) => typeof each === 'string'))
    return { type, key, members: third };
  if (type !== 't' || number === null || !Array.isArray(fourth)) return null;
  const values = fourth.map(numberOf).filter((each) => each !== null);
  return values.length === fourth.length ? { type, key, count: number, values } : null;
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^(?:-?Infinity|NaN)$/.test(value) ? Number(value) : null;
}

function restore(tally: Tally, entry: Entry): void {
  const { key } = entry;
  if (entry.type === 'c') tally.counters.set(key, { sum: entry.sum });
  else if (entry.type === 't') {
    tally.timers.set(key, { values: entry.values, count: entry.count });
    tally.values += entry.values.length;
  } else if (entry.type === 's') {
    tally.sets.set(key, new Set(entry.members));
    tally.values += entry.members.length;
  } else {
    const flushesLeft = typeof entry.left === 'number' ? entry.left : Infinity;
    tally.gauges.set(key, { value: entry.value, flushesLeft });
  }
}
