// StatsD's protocol: short lines of text, usually one UDP packet each.
//
//   logins.ok:1|c|@0.1|#site:home,beta        several samples may follow one key: "k:1|c:2|c:320|ms"
//   key       | | |     '- tags
//             | | '------- rate: one in ten was sent
//             | '--------- type: c counter, ms timer, g gauge, s set; any other counts as a counter
//             '----------- value
//
// The rules are those of the real program's code, which is more generous than its documents.

import { bad, good, type Result } from '../base/result.ts';
import type { StatsdConfig } from './config.ts';

export interface Sample {
  readonly key: string;
  readonly type: SampleType;
  /** 0 for a set. */
  readonly value: number;
  /** The value as it came: a gauge with a sign is a change, a set keeps texts. */
  readonly text: string;
  /** The part of all events that was sent: each of them stands for 1 / rate. */
  readonly rate: number;
}

export type SampleType = 'counter' | 'timer' | 'gauge' | 'set';

export interface Packet {
  /** One for each line that is not empty, bad ones too. */
  readonly keys: readonly string[];
  readonly samples: readonly Sample[];
  /** A sentence for each bad sample. */
  readonly bad: readonly string[];
}

/** How much of a bad line a sentence shows. */
export const SHOWN_CHARACTERS_MAX = 400;

/** What of a configuration decides how a packet is read. */
export type PacketRules = Pick<
  StatsdConfig,
  'keyNameSanitize' | 'strict' | 'histogramsAsTimers' | 'gaugeAssign'
>;

/** A bad sample never costs its neighbours. */
export function parsePacket(text: string, rules: PacketRules): Packet {
  const samples: Sample[] = [];
  const badSamples: string[] = [];
  const keys: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [left = '', tagText = ''] = line.split('|#');
    const [name = '', ...fields] = left.split(':');
    const tagged = tagText === '' ? name : `${name};${tagText.split(',').map(toTag).join(';')}`;
    const key = rules.keyNameSanitize ? sanitizeKey(tagged) : tagged;
    keys.push(key);
    // A line without ":" is read as the value 1 without a type, which is bad.
    for (const field of fields.length > 0 ? fields : ['1']) {
      const sample = parseSample(key, field, rules);
      if (sample.ok) samples.push(sample.value);
      else badSamples.push(`Bad sample "${shown(field)}" in "${shown(line)}": ${sample.why}.`);
    }
  }
  return { keys, samples, bad: badSamples };
}

/** Blanks become "_", slashes "-", and what Graphite could stumble over goes. */
export function sanitizeKey(key: string): string {
  if (!/[^a-zA-Z_\-0-9.;=]/.test(key)) return key;
  return key
    .replace(/\s+/g, '_')
    .replaceAll('/', '-')
    .replace(/[^a-zA-Z_\-0-9.;=]/g, '');
}

// DogStatsD's "tag:value" as Graphite's "tag=value"; only the first of each character changes.
function toTag(tag: string): string {
  return tag.replace(';', '_').replace(':', '=');
}

function parseSample(key: string, field: string, rules: PacketRules): Result<Sample> {
  const [text = '', typeText, rateText] = field.split('|');
  if (typeText === undefined) return bad('it has no type');
  const rate = parseRate(rateText, rules.strict);
  if (rate === null)
    return bad(`its rate "${shown(rateText ?? '')}" is not "@" and a positive number`);
  const type = typeOf(typeText.trim(), rules.histogramsAsTimers);
  if (type === 'set' && typeText === 's') return good({ key, type, value: 0, text, rate });

  const digits = type === 'gauge' && rules.gaugeAssign ? text.replace(/^=/, '') : text;
  if (!isNumeric(digits)) return bad('its value is not a number');
  const value = Number(digits);
  if (!rules.strict && !Number.isFinite(value)) return bad('its value is not finite');
  // The real program looks at the type as it came, so that "ms " lets a negative time in.
  if ((rules.strict ? typeText === 'ms' : type === 'timer') && value < 0)
    return bad('a time is never negative');
  return good({ key, type, value: type === 'set' ? 0 : value, text, rate });
}

function typeOf(typeText: string, histogramsAsTimers: boolean): SampleType {
  if (typeText === 'ms') return 'timer';
  if (typeText === 'g') return 'gauge';
  if (typeText === 's') return 'set';
  return histogramsAsTimers && (typeText === 'h' || typeText === 'd') ? 'timer' : 'counter';
}

/**
 * "@0.1" as 0.1; null when it is bad. Only digits and dots behind "@" are read, so "@2e-1" is 2. The real
 * program dies at "@+1" and "@Infinity", which pass its check and have no digits in front: here they are bad. So is
 * "@0", which makes one sample infinitely many, but for a strict StatsD.
 */
function parseRate(rateText: string | undefined, strict: boolean): number | null {
  if (rateText === undefined) return 1;
  const number = rateText.slice(1);
  if (!rateText.startsWith('@') || !isNumeric(number) || number.startsWith('-')) return null;
  const digits = /^[\d.]+/.exec(number)?.[0];
  if (digits === undefined) return null;
  const rate = Number(digits);
  return rate > 0 || strict ? rate : null;
}

// What JavaScript's isNaN() lets through: also "0x10", " " and "Infinity".
function isNumeric(text: string): boolean {
  return text !== '' && !Number.isNaN(Number(text));
}

function shown(text: string): string {
  return text.length > SHOWN_CHARACTERS_MAX ? `${text.slice(0, SHOWN_CHARACTERS_MAX)}...` : text;
}
