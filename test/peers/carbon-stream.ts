// A random stream of lines for two Carbons: good and bad ones, late ones and such from the future.
//
//   ward.2.peak 17.25 1700000000          a point                       -- most lines
//   ward.2.peak 17.25 1699990000          late: into a coarser archive, or older than every archive
//   ward.2.peak 0x11 1700000000           bad: costs nothing but itself
//   ward.2.peak 1 1699999970              the marker: the last line of every name in a portion
//
// What remains of it must not depend on when a writer comes by, because no two programs write at the same
// moment. So times keep away from the ends of archives, and where a slot is longer than a second, all lines of
// it have the same time: of two different times the later one wins in one write, the last one in two.

import type { Random } from '../../src/core/base/random.ts';

/** The base of a stream is a whole number of these. */
export const COARSEST_STEP_S = 60;
/** Before the base, out of reach of all other lines. */
const MARKER_AGE_S = 30;
const PORTIONS = 2;

export const SCHEMAS = `[steady]
pattern = ^steady\\.
retentions = 1s:2h

[forgotten]
pattern = ^ward\\.

[wards]
pattern = ^ward\\.\\d+\\.
retentions = 1s:20m, 10s:2h, 1m:12h

[coarse]
pattern = ^coarse
retentions = 10s:1h,60:360
`;

export const AGGREGATION = `[visits]
pattern = \\.visits$
xFilesFactor = 0
aggregationMethod = sum

[peak]
pattern = \\.peak$
xFilesFactor = 0.1
aggregationMethod = max

[least]
pattern = \\.least$
aggregationMethod = min

[latest]
pattern = latest
xFilesFactor = 0.3
aggregationMethod = last

[strict]
pattern = ^coarse
xFilesFactor = 0.9
`;

/** Ages of points that fall into one archive, and its step. Negative ages are the future. */
interface Reach {
  readonly youngestS: number;
  readonly oldestS: number;
  readonly stepS: number;
}

const reach = (youngestS: number, oldestS: number, stepS: number): Reach => ({
  youngestS,
  oldestS,
  stepS,
});
const OF_WARDS = [
  reach(120, 900, 1),
  reach(120, 300, 1),
  reach(-200, -60, 1),
  reach(1300, 7000, 10),
  reach(7400, 42_000, 60),
];
const OF_COARSE = [reach(120, 3400, 10), reach(120, 3400, 10), reach(3800, 21_000, 60)];
/** Without a schema: a point a minute for seven days. */
const OF_OTHERS = [reach(120, 600_000, 60), reach(120, 5000, 60)];
const TOO_OLD = reach(700_000, 2_000_000, 1);

const WARD_NAMES = ['temperature', 'visits', 'peak', 'least', 'latest'];
const NAMES: ReadonlyMap<string, readonly Reach[]> = new Map([
  ...[1, 2].flatMap((ward) =>
    WARD_NAMES.map((name) => [`ward.${ward}.${name}`, OF_WARDS] as const),
  ),
  ...['coarse.load', 'coarse.visits'].map((name) => [name, OF_COARSE] as const),
  // The same metric under two names, letters of other languages, and signs that a file name may have.
  ...['disk.used;rack=4;host=a', 'disk.used;host=a;rack=4'].map(
    (name) => [name, OF_OTHERS] as const,
  ),
  ...['klinik.größe', 'odd.%_-@{x}#'].map((name) => [name, OF_OTHERS] as const),
]);

/** One archive, and each second at most once, in order: then even the bytes of two files must be the same. */
export const STEADY_NAMES = ['steady.visits', 'steady.fraction'];
const STEADY_OLDEST_S = 7000;
const STEADY_YOUNGEST_S = 100;

/** Points that are all too old: there is a file, and nothing in it. */
const ANCIENT_NAME = 'ancient.visits';

const VALUES = ['0', '-0.0', '+7', '2.5', '-3.75', '.5', '5.', '1e3', '1_000', '1e300', 'inf'];
const BAD_VALUES = ['nan', 'five', '0x10', '1,5', '--1', '1__0', '1e', '""'];
const BAD_TIMES = ['yesterday', '1_', '12:30', 'NULL', '-5'];

export interface Stream {
  /** To be sent one after the other, each when the one before is on disk. */
  readonly portions: readonly string[];
  /** Names that have a marker. */
  readonly names: readonly string[];
  readonly markerTime: number;
}

/** `base` is now, to the minute. The marker of portion 0 has the value 1. */
export function makeStream(random: Random, base: number, lineCount: number): Stream {
  const names = [...NAMES.keys(), ...STEADY_NAMES];
  const markerTime = base - MARKER_AGE_S;
  const steady = new Map(STEADY_NAMES.map((name) => [name, base - STEADY_OLDEST_S]));
  const portions = Array.from({ length: PORTIONS }, (_, portion) => {
    const lines = Array.from({ length: Math.ceil(lineCount / PORTIONS) }, () =>
      makeLine(random, base, steady),
    );
    const markers = names.map((name) => `${name} ${portion + 1} ${markerTime}\n`);
    return [...lines, ...markers].join('');
  });
  return { portions, names, markerTime };
}

function makeLine(random: Random, base: number, steady: Map<string, number>): string {
  if (random.chance(0.08)) return makeBadLine(random, base);
  if (random.chance(0.15)) return makeSteadyLine(random, base, steady);
  if (random.chance(0.02)) return `${ANCIENT_NAME} 1 ${makeTime(random, base, TOO_OLD)}\n`;
  const name = pick(random, [...NAMES.keys()]);
  const inReach = pick(random, NAMES.get(name) ?? []);
  const time = makeTime(random, base, random.chance(0.03) ? TOO_OLD : inReach);
  const blank = pick(random, [' ', ' ', ' ', '\t', '   ']);
  const end = pick(random, ['\n', '\n', '\r\n', ' \n']);
  return [name, makeValue(random), `${time}${pick(random, ['', '', '.0'])}${end}`].join(blank);
}

function makeSteadyLine(random: Random, base: number, steady: Map<string, number>): string {
  const name = pick(random, STEADY_NAMES);
  const time = steady.get(name) ?? 0;
  if (time >= base - STEADY_YOUNGEST_S) return '\n';
  steady.set(name, time + 1 + random.below(2));
  // Fractions of a second are cut off.
  const fraction = name === 'steady.fraction' ? pick(random, ['', '.25', '.999']) : '';
  return `${name} ${makeValue(random)} ${time}${fraction}\n`;
}

function makeBadLine(random: Random, base: number): string {
  const name = pick(random, [...NAMES.keys()]);
  const time = base - 120 - random.below(600);
  return pick(random, [
    '\n',
    `${name}\n`,
    `${name} 5\n`,
    `${name} 5 ${time} 6\n`,
    `${name} ${pick(random, BAD_VALUES)} ${time}\n`,
    `${name} 5 ${pick(random, BAD_TIMES)}\n`,
    ` \t ${name}\t\n`,
  ]);
}

function makeTime(random: Random, base: number, { youngestS, oldestS, stepS }: Reach): number {
  const time = base - youngestS - random.below(oldestS - youngestS);
  return time - (time % stepS) + Math.floor(stepS / 2);
}

function makeValue(random: Random): string {
  return random.chance(0.2) ? pick(random, VALUES) : String(random.fraction() * 1000 - 500);
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.below(choices.length)] as T;
}
