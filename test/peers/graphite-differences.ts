// Where ours is not as Debian's graphite-web 1.1.8, on purpose. src/core/graphite/README.md says why.

interface Deliberate {
  /** Functions it is about; null for all. */
  readonly names: readonly string[] | null;
  /** What the target looks like; left out: as it likes. */
  readonly target?: RegExp;
  readonly found: RegExp;
}

const MOVING = [
  'movingAverage',
  'movingMax',
  'movingMedian',
  'movingMin',
  'movingSum',
  'movingWindow',
];

const DELIBERATE: readonly Deliberate[] = [
  // New in the version that ours follows.
  {
    names: ['upper', 'lower', 'compressPeriodicGaps'],
    found: /unknown function: (upper|lower|compressPeriodicGaps)/,
  },
  // There a window ends before its point; in the version that ours follows, with it.
  { names: MOVING, found: /./ },
  // Dice.
  { names: ['randomWalk', 'randomWalkFunction'], found: /./ },
  // A line without a label has no name at all there.
  { names: ['verticalLine'], found: /ours ".*verticalLine\(\d+\).*", theirs (null|".*None.*")/ },
  // Exceptions of the original; ours passes gaps over, or has the default that its page shows.
  { names: null, found: /theirs fails with 500/ },
  // An argument of the wrong type is an error here; there it may go unseen.
  { names: null, found: /ours fails: Invalid parameters \(\w+: the parameter/ },
  // None is no time at all there; here it is the default that its page shows.
  {
    names: [
      'holtWintersAberration',
      'holtWintersConfidenceArea',
      'holtWintersConfidenceBands',
      'holtWintersForecast',
    ],
    target: /\(.*, ?None/,
    found: /./,
  },
  // "now" is the request's own here, and the clock's there.
  {
    names: ['timeSlice'],
    found: /ours "(.*timeSlice\(.*, \d+, )1700000040\)(.*)", theirs "\1\d+\)\2"/,
  },
  // There values of different steps are paired by their place, here by their time.
  { names: ['transformNull', 'weightedAverage'], target: /k\.half/, found: /datapoints/ },
  // None as the aggregation is its default here, and an error there.
  { names: ['sortBy'], target: /None/, found: /unknown token in target evaluator/ },
  // The value of a line over nothing.
  { names: ['aggregateLine'], found: /ours "nan", theirs "None"/ },
  // A name is a text.
  { names: null, found: /\.target: ours "(-?[\d.]+|True|False)", theirs (\1|true|false)/ },
  // A consolidation that does not exist is refused at once, not only when points are to be joined.
  { names: ['consolidateBy', 'cumulative'], found: /ours fails: .*Invalid consolidation function/ },
  // A whole number that was written with a fraction or an exponent.
  { names: ['dashed'], found: /tags\.dashed: ours "(\d+)", theirs "\1\.0"/ },
];

export function deliberate(target: string, found: string): boolean {
  return DELIBERATE.some(
    (one) =>
      one.found.test(found) &&
      (one.target?.test(target) ?? true) &&
      (one.names === null || one.names.some((name) => target.includes(`${name}(`))),
  );
}
