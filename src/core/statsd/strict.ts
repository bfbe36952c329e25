// Where our StatsD mends what the real one gets wrong, and `strict: true` in its file brings the original back. This list is
// whole: each `strict` in this folder is one of these lines.

export const STRICT_CHANGES: readonly string[] = [
  'values of Infinity, the rate @0 and sums that are no number are taken in and sent',
  'a negative time is taken where a blank follows its type: -5|ms ',
  'a percentile of the largest values that covers all of them has NaN for its sums and its mean',
  'over TCP the high bit of each byte is dropped',
  'console.lastFlush of the management port stays at the start',
  'packets_dropped_by_kernel is not counted',
  'healthStatus has no effect, and each piece that reaches the management port is one command',
];

/** Strict or not, because a way back would help nobody. */
export const KEPT_IN_STRICT: readonly string[] = [
  'the rates @+1, @ 1 and @Infinity, at which the real program dies, are bad lines',
  'keys such as __proto__ are keys like any other',
  'the file is read without running it',
  'the last flush at the end is delivered, and a flush that finds no Carbon waits for the next one',
  'last_exception tells of a connection that did not work',
];
