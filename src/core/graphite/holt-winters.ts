// The method of Holt and Winters: a forecast from three averages in which new values count more than old ones.
//
//   level      where the values are now
//   trend      what they grow from point to point
//   season     what the same time of day adds

import { parseInterval } from '../time/interval.ts';
import { renamed } from './change.ts';
import { refused, type Call, type Needs, type Param, type Refused } from './render-function.ts';
import type { Series } from './series.ts';

/** How much a new value counts: for the level and the season, and for the trend. */
const LEVEL_SHARE = 0.1;
const SEASON_SHARE = 0.1;
const TREND_SHARE = 0.0035;

export const HOLT_WINTERS_TIMES: readonly Param[] = [
  {
    name: 'bootstrapInterval',
    type: 'interval',
    default: { kind: 'text', text: '7d' },
    suggestions: ['7d', '30d'],
  },
  {
    name: 'seasonality',
    type: 'interval',
    default: { kind: 'text', text: '1d' },
    suggestions: ['1d', '7d'],
  },
];

export const DELTA: Param = {
  name: 'delta',
  type: 'integer',
  default: { kind: 'number', value: 3, whole: true },
};

export interface Forecast {
  /** The series within the graph, the time before it left out. */
  readonly series: Series;
  readonly expected: Float64Array;
  /** Mean distance between forecast and value at this time of the season. */
  readonly deviation: Float64Array;
}

interface Forecasts {
  readonly kind: 'forecasts';
  readonly forecasts: readonly Forecast[];
}

/** A forecast of every series of the call's first argument, which is fetched from earlier to learn from. */
export function forecasts({ args, context, again }: Call): Forecasts | Needs | Refused {
  const bootstrap = parseInterval(args.text('bootstrapInterval'));
  if (!bootstrap.ok) return refused(bootstrap.why);
  const season = parseInterval(args.text('seasonality'));
  if (!season.ok) return refused(season.why);
  if (bootstrap.value < 0 || season.value <= 0)
    return refused(
      `Holt-Winters learns from the time before the graph, and its season is longer than 0: '${args.text('bootstrapInterval')}', '${args.text('seasonality')}'`,
    );
  const earlier = again(context.fromS - bootstrap.value, context.untilS);
  if (earlier.kind !== 'done') return earlier;
  return {
    kind: 'forecasts',
    forecasts: earlier.series.map((series) => {
      const { expected, deviation } = analysed(series, season.value);
      const first = Math.floor(bootstrap.value / series.step);
      return {
        series: renamed(series, series.name, {
          start: series.start + bootstrap.value,
          values: series.values.subarray(first),
          tags: { holtWintersForecast: '1', holtWintersDeviation: '1' },
        }),
        expected: expected.subarray(first),
        deviation: deviation.subarray(first),
      };
    }),
  };
}

/** Lines `delta` deviations below and above the forecast. */
interface Band {
  /** Of the series it belongs to. */
  readonly name: string;
  readonly lower: Series;
  readonly upper: Series;
}

interface Bands {
  readonly kind: 'bands';
  readonly bands: readonly Band[];
}

export function confidenceBands(call: Call): Bands | Needs | Refused {
  const all = forecasts(call);
  if (all.kind !== 'forecasts') return all;
  const delta = call.args.number('delta');
  const tags = { holtWintersConfidenceUpper: '1', holtWintersConfidenceLower: '1' };
  return {
    kind: 'bands',
    bands: all.forecasts.map(({ series, expected, deviation }) => {
      const line = (word: string, deltas: number): Series =>
        renamed(series, `holtWintersConfidence${word}(${series.name})`, {
          values: expected.map((value, at) => value + deltas * (deviation[at] ?? NaN)),
          whole: false,
          tags,
        });
      return { name: series.name, lower: line('Lower', -delta), upper: line('Upper', delta) };
    }),
  };
}

interface Analysis {
  readonly expected: Float64Array;
  readonly deviation: Float64Array;
}

function analysed({ values, step }: Series, seasonS: number): Analysis {
  const seasonPoints = Math.max(2, Math.floor(seasonS / step));
  const expected = new Float64Array(values.length);
  const deviation = new Float64Array(values.length);
  const seasonal = new Float64Array(values.length);
  const before = (column: Float64Array, at: number): number => column[at - seasonPoints] ?? 0;
  let level = NaN;
  let trend = 0;
  let next = values[0] ?? NaN;

  for (const [at, value] of values.entries()) {
    expected[at] = next;
    // A gap ends what was learnt of level and trend; the value after it starts them anew.
    if (Number.isNaN(value)) {
      level = NaN;
      trend = 0;
      next = NaN;
      continue;
    }
    const lastLevel = Number.isNaN(level) ? value : level;
    const lastSeasonal = before(seasonal, at);
    const nextSeasonal = before(seasonal, at + 1);
    level = LEVEL_SHARE * (value - lastSeasonal) + (1 - LEVEL_SHARE) * (lastLevel + trend);
    trend = TREND_SHARE * (level - lastLevel) + (1 - TREND_SHARE) * trend;
    seasonal[at] = SEASON_SHARE * (value - level) + (1 - SEASON_SHARE) * lastSeasonal;
    const distance = Math.abs(value - (Number.isNaN(next) ? 0 : next));
    deviation[at] = SEASON_SHARE * distance + (1 - SEASON_SHARE) * before(deviation, at);
    next = level + trend + nextSeasonal;
  }
  return { expected, deviation };
}
