// stdev(a.b.c,10): how far the last ten values lie apart, at each point.

import { wrapped } from '../change.ts';
import { done, SERIES_LIST, refused, type RenderFunction } from '../render-function.ts';

export const stdev: RenderFunction = {
  group: 'Calculate',
  description:
    'The standard deviation of the last so many points, at each point. windowTolerance is the share of them that must be known. The window begins with the graph: its first points see fewer values.',
  example: 'stdev(clinic.web1.wait,10)',
  traps: ['The window is counted in points, also at the beginning, where it is shorter.'],
  params: [
    SERIES_LIST,
    { name: 'points', type: 'integer', isRequired: true },
    {
      name: 'windowTolerance',
      type: 'float',
      default: { kind: 'number', value: 0.1, whole: false },
    },
  ],
  run({ args }) {
    const points = args.number('points');
    if (points < 1) return refused(`stdev needs at least one point, not ${points}`);
    return done(
      args.list('seriesList').map((series) =>
        wrapped(series, `stdev(${series.name},${points})`, {
          values: deviations(series.values, points, args.number('windowTolerance')),
          whole: false,
          tags: { stdev: String(points) },
        }),
      ),
    );
  },
};

// Sums are kept and changed by what comes in and what goes out, so that long windows cost no more.
function deviations(values: Float64Array, points: number, tolerance: number): Float64Array {
  let known = 0;
  let sum = 0;
  let squares = 0;
  const count = (value: number, sign: 1 | -1): void => {
    if (Number.isNaN(value)) return;
    known += sign;
    sum += sign * value;
    squares += sign * value * value;
  };
  return values.map((value, index) => {
    count(values[index - points] ?? NaN, -1);
    count(value, 1);
    if (known === 0 || known / points < tolerance) return NaN;
    return Math.sqrt(known * squares - sum * sum) / known;
  });
}
