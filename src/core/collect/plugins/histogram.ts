// How values are spread, as collectd counts it: 1000 bins of one width, which doubles when a value is beyond the last bin.
//
//   bin 0: (0, width]    bin 1: (width, 2 width]    ...    bin 999
//
// Inside of a bin values count as evenly spread, so percentiles and counts are as exact as the bins are narrow.

const BINS = 1000;
/** A little less than a thousandth, which is a millisecond where values are seconds. */
const WIDTH_MIN = 1 / 1024;
/** Bins are made half as wide again when the last reading needed less than this part of them. */
const NARROWER_BELOW = BINS / 4;
/** collectd counts in steps of 2^-30, and has no room for more than 2^33 - 1 of whole ones. */
const STEP = 1 / 1_073_741_824;
const VALUE_MAX = 8_589_934_592;

const inSteps = (value: number): number => Math.floor(value / STEP) * STEP;

export interface Histogram {
  /** Values that are not above 0 do not count. */
  add(value: number): void;
  count(): number;
  /** The value that so many percent are not above; 0 to 100, both excluded. NaN when there was none. */
  percentile(percent: number): number;
  /** How many were in (lower, upper]; 0 is no bound. NaN when there was none at all. */
  between(lower: number, upper: number): number;
  /** Forgets the values, not the width of the bins. */
  clear(): void;
}

export function makeHistogram(): Histogram {
  const bins = new Float64Array(BINS);
  let width = WIDTH_MIN;
  let count = 0;
  let largest = 0;

  /** A value on the upper edge of a bin is in it. */
  const binOf = (value: number): number => Math.floor((value - STEP) / width);

  function widenFor(value: number): void {
    const before = width;
    while (width * BINS < value) width *= 2;
    for (let bin = 1; bin < BINS; bin++) {
      const at = Math.floor((bin * before) / width);
      if (at === bin) continue;
      bins[at] = (bins[at] ?? 0) + (bins[bin] ?? 0);
      bins[bin] = 0;
    }
  }

  return {
    add(given) {
      const value = inSteps(given);
      if (!(value > 0 && value < VALUE_MAX)) return;
      count++;
      largest = Math.max(largest, value);
      if (binOf(value) >= BINS) widenFor(value);
      const bin = binOf(value);
      bins[bin] = (bins[bin] ?? 0) + 1;
    },
    count: () => count,
    percentile(percent) {
      if (count === 0) return NaN;
      let sum = 0;
      let below = 0;
      let bin = 0;
      for (; bin < BINS; bin++) {
        below = (100 * sum) / count;
        sum += bins[bin] ?? 0;
        if ((100 * sum) / count >= percent) break;
      }
      if (bin === 0) return width;
      const part = (percent - below) / ((100 * sum) / count - below);
      return bin * width + inSteps(part * width);
    },
    between(lower, upper) {
      if (count === 0) return NaN;
      if (lower === upper) return 0;
      const first = lower > 0 ? binOf(lower) : 0;
      const last = upper > 0 ? Math.min(binOf(upper), BINS - 1) : BINS - 1;
      if (first >= BINS) return 0;
      let sum = 0;
      for (let bin = first; bin <= last; bin++) sum += bins[bin] ?? 0;
      // What lies beyond the bounds in the first bin and in the last.
      sum -= (lower / width - first) * (lower > 0 ? (bins[first] ?? 0) : 0);
      const isInside = upper > 0 && upper <= width * BINS;
      return isInside ? sum - (last + 1 - upper / width) * (bins[last] ?? 0) : sum;
    },
    clear() {
      if (count > 0 && width >= 2 * WIDTH_MIN && binOf(largest) < NARROWER_BELOW) width /= 2;
      bins.fill(0);
      count = 0;
      largest = 0;
    },
  };
}
