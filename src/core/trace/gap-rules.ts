// What functions of targets do with gaps, in a sentence: for those where a reader would ask.

const STAYS = 'a gap stays a gap';
const LEFT_OUT =
  'gaps are left out, and where all are gaps, or more than xFilesFactor allows, the result is one';

const RULES: Readonly<Record<string, string>> = {
  ...all(
    'a change needs the value before it, so the first one has none, and neither has the one behind a gap or, for a counter, behind a reset',
    ['derivative', 'nonNegativeDerivative', 'perSecond'],
  ),
  ...all(LEFT_OUT, [
    'aggregate',
    'aggregateWithWildcards',
    'averageSeries',
    'avg',
    'averageSeriesWithWildcards',
    'groupByNode',
    'groupByNodes',
    'groupByTags',
    'hitcount',
    'maxSeries',
    'minSeries',
    'movingAverage',
    'movingMax',
    'movingMedian',
    'movingMin',
    'movingSum',
    'movingWindow',
    'smartSummarize',
    'stddevSeries',
    'sum',
    'sumSeries',
    'sumSeriesWithWildcards',
    'summarize',
  ]),
  ...all('one gap makes the product or the power a gap', [
    'multiplySeries',
    'multiplySeriesWithWildcards',
    'powSeries',
  ]),
  ...all('no value where one of the two is a gap, or where one would divide by 0', [
    'asPercent',
    'pct',
    'divideSeries',
    'divideSeriesLists',
  ]),
  ...all('the last value is repeated, as often as its limit says', ['keepLastValue']),
  ...all('gaps between two values are filled along a straight line', ['interpolate']),
  ...all('each gap gets the default', ['transformNull']),
  ...all('what lies on the wrong side of the limit is taken out', [
    'removeAboveValue',
    'removeBelowValue',
    'removeAbovePercentile',
    'removeBelowPercentile',
  ]),
  ...all('outside the slice nothing is kept', ['timeSlice']),
  ...all('there is no such number of this value', ['invert', 'log', 'logit', 'pow', 'squareRoot']),
  ...all(STAYS, ['absolute', 'add', 'offset', 'round', 'scale', 'scaleToSeconds']),
  ...all('a gap becomes 0, and a value 1', ['isNonNull']),
  ...all('a gap counts as no change', ['changed']),
};

/** Null where no sentence would help. */
export function gapRuleOf(func: string): string | null {
  return Object.hasOwn(RULES, func) ? (RULES[func] ?? null) : null;
}

function all(rule: string, functions: readonly string[]): Record<string, string> {
  return Object.fromEntries(functions.map((name) => [name, rule]));
}
