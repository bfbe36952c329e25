// One UDP packet -> samples. Source: what statsd 0.9's stats.js does, which its documents do not all say.
//
//   packet = line ( "\n" line )*              empty lines are skipped
//   line   = key ":" sample ( ":" sample )* [ "|#" tag ( "," tag )* ]
//   sample = value "|" type [ "|@" rate ]     clinic.visits:1|c   triage:12|ms|@0.1

/** One measurement. `rate` is the part of all events that was sent: 0.1 stands for ten of them. */
export interface Sample {
  readonly key: string;
  readonly kind: 'counter' | 'timer' | 'gauge' | 'set';
  readonly text: string;
  readonly value: number;
  readonly rate: number;
}

export interface Packet {
  readonly samples: readonly Sample[];
  /** Lines that are not empty, bad ones too. */
  readonly lines: number;
  /** One sentence for each sample that cannot be read; the others count all the same. */
  readonly bad: readonly string[];
}

export function parsePacket(text: string, keyNameSanitize = true): Packet {
  const samples: Sample[] = [];
  const bad: string[] = [];
  let lines = 0;
  for (const line of text.split('\n')) {
    if (line.length === 0) continue;
    lines++;
    const [left = '', tags = ''] = line.split('|#');
    const [name = '', ...bits] = left.split(':');
    const key = makeKey(name, tags, keyNameSanitize);
    // A line without ":" has the single sample "1", which has no type: it is bad.
    for (const bit of bits.length === 0 ? ['1'] : bits) {
      const sample = readSample(key, bit);
      if (typeof sample === 'string') bad.push(`${sample} in "${line.slice(0, SHOWN_MAX)}"`);
      else samples.push(sample);
    }
  }
  return { samples, lines, bad };
}

/** Characters of a bad line that a message shows. */
const SHOWN_MAX = 200;

function makeKey(name: string, tags: string, sanitize: boolean): string {
  let key = name;
  // DogStatsD's "a:1" is Graphite's ";a=1"; only the first of each character is replaced.
  if (tags.length > 0)
    for (const tag of tags.split(',')) key += `;${tag.replace(';', '_').replace(':', '=')}`;
  return sanitize ? sanitizeKey(key) : key;
}

export function sanitizeKey(key: string): string {
  return key
    .replace(/\s+/g, '_')
    .replaceAll('/', '-')
    .replace(/[^a-zA-Z_\-0-9.;=]/g, '');
}

function readSample(key: string, bit: string): Sample | string {
  const fields = bit.split('|');
  const [text = '', type, rateText] = fields;
  if (type === undefined) return `no type behind the value "${bit.slice(0, SHOWN_MAX)}"`;
  const kind = kindOf(type);
  if (kind !== 'set' && !isNumeric(text)) return `"${text}" is no number`;
  // The original tests the type before trimming it, so "ms " slipped past this check.
  if (kind === 'timer' && Number(text) < 0) return `a timer cannot be below 0, as ${text} is`;
  const rate = rateText === undefined ? 1 : readRate(rateText);
  if (rate === null) return `"${rateText ?? ''}" is no sample rate such as @0.1`;
  return { key, kind, text, value: Number(text), rate };
}

function kindOf(type: string): Sample['kind'] {
  const trimmed = type.trim();
  if (trimmed === 'ms') return 'timer';
  if (trimmed === 'g') return 'gauge';
  // Everything else is a counter: there is no histogram, distribution or meter.
  return trimmed === 's' ? 'set' : 'counter';
}

/** What JavaScript's isNaN lets pass as a number: "1e3", "0x10", "+5", "Infinity", " ". */
function isNumeric(text: string): boolean {
  return text !== '' && !Number.isNaN(Number(text));
}

function readRate(text: string): number | null {
  const digits = text.slice(1);
  if (!text.startsWith('@') || !isNumeric(digits) || digits.startsWith('-')) return null;
  // "@+1" and "@ 1" pass the test above but not this one; the original dies there.
  const found = /^[0-9.]+/.exec(digits)?.[0];
  const rate = found === undefined ? NaN : Number(found);
  // A rate of 0 would stand for endlessly many events.
  return rate > 0 ? rate : null;
}
