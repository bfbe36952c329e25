// A forecast by Holt and Winters: level, slope and season, each smoothed from point to point.
//
//   forecast for the next point = level + slope + what the season added at this place a season ago
//
// Constants, first values and what a gap does are those of graphite-web, whose forecasts people compare with.

import { parseInterval } from '../time/interval.ts';
import { renamed } from './change.ts';
import { done, refused, type Call, type Outcome, type Param } from './render-function.ts';
import type { Series } from './series.ts';

/** How much of what is new goes into the level and the season, and into the slope. */
const LEVEL_SHARE = 0.1;
const SEASON_SHARE = 0.1;
const SLOPE_SHARE = 0.0035;

export const BOOTSTRAP: Param = {
  name: 'bootstrapInterval',
  type: 'interval',
  default: { kind: 'text', text: '7d' },
  suggestions: ['7d', '30d'],
};
export const SEASONALITY: Param = {
  name: 'seasonality',
  type: 'interval',
  default: { kind: 'text', text: '1d' },
  suggestions: ['1d', '7d'],
};
export const DELTA: Param = {
  name: 'delta',
  type: 'integer',
  default: { kind: 'number', value: 3, whole: true },
};

export interface Forecast {
  readonly series: Series;
  /** Of the graph's own time, as the two lists below. */
  readonly start: number;
  readonly predictions: Float64Array;
  readonly deviations: Float64Array;
}

/** Reads the series once more with the time before the graph, from which the forecast learns. */
export function forecasts(call: Call): Outcome | readonly Forecast[] {
  const { args, context } = call;
  const before = parseInterval(args.text('bootstrapInterval'));
  const season = parseInterval(args.text('seasonality'));
  if (!before.ok) return refused(before.why);
  if (!season.ok) return refused(season.why);
  const previewS = Math.abs(before.value);
  const earlier = call.again(context.fromS - previewS, context.untilS);
  if (earlier.kind !== 'done') return earlier;
  return earlier.series.map((series) => {
    const points = Math.floor(previewS / series.step);
    const { predictions, deviations } = analyse(
      series.values,
      Math.floor(Math.abs(season.value) / series.step),
    );
    return {
      series,
      start: series.start + previewS,
      predictions: predictions.subarray(points),
      deviations: deviations.subarray(points),
    };
  });
}

/** Whether it is what is missing or refused, and no forecasts. */
export function isOutcome(found: Outcome | readonly Forecast[]): found is Outcome {
  return 'kind' in found;
}

interface Analysis {
  readonly predictions: Float64Array;
  readonly deviations: Float64Array;
}

function analyse(values: Float64Array, seasonPoints: number): Analysis {
  const count = values.length;
  const levels = new Float64Array(count);
  const slopes = new Float64Array(count);
  const seasons = new Float64Array(count);
  const predictions = new Float64Array(count);
  const deviations = new Float64Array(count);
  // A season ago; before there was one, 0.
  const ago = (list: Float64Array, i: number): number =>
    i - seasonPoints >= 0 ? (list[i - seasonPoints] ?? 0) : 0;
  let next = NaN;
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) {
      levels[i] = NaN;
      predictions[i] = next;
      next = NaN;
      continue;
    }
    const lastLevel = levels[i - 1] ?? NaN;
    const level0 = Number.isNaN(lastLevel) ? value : lastLevel;
    const slope0 = slopes[i - 1] ?? 0;
    const prediction = i === 0 ? value : next;
    const season = ago(seasons, i);
    const level = LEVEL_SHARE * (value - season) + (1 - LEVEL_SHARE) * (level0 + slope0);
    const slope = SLOPE_SHARE * (level - level0) + (1 - SLOPE_SHARE) * slope0;
    const missed = Math.abs(value - (Number.isNaN(prediction) ? 0 : prediction));
    levels[i] = level;
    slopes[i] = slope;
    predictions[i] = prediction;
    next = level + slope + ago(seasons, i + 1);
    deviations[i] = SEASON_SHARE * missed + (1 - SEASON_SHARE) * ago(deviations, i);
    seasons[i] = SEASON_SHARE * (value - level) + (1 - SEASON_SHARE) * season;
  }
  return { predictions, deviations };
}

/** The lower and the upper band of each series, one after the other. */
export function confidenceBands(call: Call): Outcome {
  const found = forecasts(call);
  if (isOutcome(found)) return found;
  const delta = call.args.number('delta');
  return done(
    found.flatMap((forecast) => [
      band(forecast, 'holtWintersConfidenceLower', -delta),
      band(forecast, 'holtWintersConfidenceUpper', delta),
    ]),
  );
}

function band(
  { series, start, predictions, deviations }: Forecast,
  name: string,
  delta: number,
): Series {
  return renamed(series, `${name}(${series.name})`, {
    start,
    values: predictions.map((prediction, i) => prediction + delta * (deviations[i] ?? NaN)),
    whole: false,
    // All that was computed on the way has left its mark, on both bands.
    tags: {
      holtWintersForecast: '1',
      holtWintersDeviation: '1',
      holtWintersConfidenceUpper: '1',
      holtWintersConfidenceLower: '1',
    },
  });
}
