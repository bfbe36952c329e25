// weightedAverage(latency.*,requests.*,1): the mean over hosts, busy hosts counting more.

import { aggregate } from '../aggregate.ts';
import { computed } from '../change.ts';
import { nodeKey } from '../names.ts';
import { normalize } from '../normalize.ts';
import { quotient } from '../quotient.ts';
import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';
import { valueText } from '../value.ts';

export const weightedAverage: RenderFunction = {
  group: 'Combine',
  description:
    'The mean of the first list, weighted by the second: series belong together when the given nodes of their names are the same.',
  example: 'weightedAverage(clinic.*.wait,clinic.*.visits,1)',
  traps: [
    'Series belong together by the nodes that are named. Without one there is a mean of pairs by order.',
  ],
  params: [
    { ...SERIES_LIST, name: 'seriesListAvg' },
    { ...SERIES_LIST, name: 'seriesListWeight' },
    { name: 'nodes', type: 'nodeOrTag', isMultiple: true },
  ],
  run({ args, context }) {
    const means = args.list('seriesListAvg');
    const weights = args.list('seriesListWeight');
    const nodes = args.literals('nodes');
    if (means.length !== weights.length)
      return refused(
        `weightedAverage needs as many weights as series: ${means.length} series, ${weights.length} weights`,
      );
    const weightOf = new Map(weights.map((series) => [nodeKey(series, nodes), series]));
    const meanOf = new Map(means.map((series) => [nodeKey(series, nodes), series]));
    const products = [...meanOf].flatMap(([key, mean]) => {
      const weight = weightOf.get(key);
      return weight ? [product(mean, weight)] : [];
    });
    const sums = aggregate(products, 'sum', context.xFilesFactor);
    const total = aggregate(weights, 'sum', context.xFilesFactor);
    const [sum] = sums.ok ? sums.value : [];
    const [weight] = total.ok ? total.value : [];
    if (!sum || !weight) return done([]);
    const words = nodes.map(valueText).join(',');
    return done([
      computed({
        name: `weightedAverage(${sortedPaths(means)}, ${sortedPaths(weights)}, ${words})`,
        start: sum.start,
        end: sum.end,
        step: sum.step,
        values: sum.values.map((value, index) => quotient(value, weight.values[index] ?? NaN)),
        xFilesFactor: context.xFilesFactor,
      }),
    ]);
  },
};

/** Values that are multiplied belong to the same time, also where the steps are not the same. */
function product(mean: Series, weight: Series): Series {
  const grid = mean.step === weight.step ? null : normalize([mean, weight]);
  const [means, weights] = grid?.columns ?? [mean.values, weight.values];
  const values = (means ?? mean.values).map((value, i) => value * (weights?.[i] ?? NaN));
  const { start, end, step } = grid ?? mean;
  return { ...mean, start, end, step, values, whole: false };
}

function sortedPaths(series: readonly Series[]): string {
  return [...new Set(series.map((one) => one.pathExpression))].sort().join(',');
}
