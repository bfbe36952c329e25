// <DSType "Distribution"> of a <Match>: percentiles of the numbers that were found, and how many a second were in a range.
//
//   Percentile 99     latency-<instance>-99
//   Bucket 0 0.5      bucket-latency-<instance>-0_0.5
//   BucketType "bucket"

import { bad, good, type Result } from '../../base/result.ts';
import { formatG } from '../../base/number.ts';
import type { Clock } from '../../host/clock.ts';
import type { ConfItem } from '../conf.ts';
import { readOptions, show } from '../options.ts';
import { isTypeName, TYPES, valueList, type TypeName, type ValueList } from '../value-list.ts';
import { makeHistogram } from './histogram.ts';

export interface DistributionOptions {
  readonly percentiles: readonly number[];
  readonly buckets: readonly Bucket[];
  readonly bucketType: TypeName;
}

/** Above `lower`, up to `upper`; 0 is no bound. */
interface Bucket {
  readonly lower: number;
  readonly upper: number;
}

interface Draft {
  readonly percentile: Readonly<Record<number, number>>;
  readonly bucket: Readonly<Record<number, Bucket>>;
  readonly bucketType: string;
}

export function readDistribution(block: ConfItem): Result<DistributionOptions> {
  const defaults: Draft = { percentile: {}, bucket: {}, bucketType: 'bucket' };
  const read = readOptions(block.children ?? [], defaults, 'block <DSType>', {
    percentile(draft, item) {
      const [percent] = item.args;
      if (typeof percent !== 'number' || percent <= 0 || percent >= 100)
        return bad(
          `Line ${item.line}: Percentile wants a number between 0 and 100, received ${show(item)}.`,
        );
      return good({ ...draft, percentile: added(draft.percentile, percent) });
    },
    bucket(draft, item) {
      const [lower, upper, ...more] = item.args;
      const areNumbers = typeof lower === 'number' && typeof upper === 'number';
      if (!areNumbers || more.length > 0 || lower < 0 || upper < 0 || (upper > 0 && upper < lower))
        return bad(
          `Line ${item.line}: Bucket wants a lower and an upper bound, each 0 for none, received ${show(item)}.`,
        );
      return good({ ...draft, bucket: added(draft.bucket, { lower, upper }) });
    },
  });
  if (!read.ok) return read;
  const { bucketType } = read.value;
  const percentiles = Object.values(read.value.percentile);
  const buckets = Object.values(read.value.bucket);
  if (percentiles.length + buckets.length === 0)
    return bad(`Line ${block.line}: a Distribution wants a Percentile or a Bucket in its block.`);
  if (!isTypeName(bucketType) || TYPES[bucketType].length !== 1)
    return bad(
      `Line ${block.line}: BucketType wants a type with one value, received "${bucketType}".`,
    );
  return good({ percentiles, buckets, bucketType });
}

function added<T>(before: Readonly<Record<number, T>>, value: T): Readonly<Record<number, T>> {
  return { ...before, [Object.keys(before).length]: value };
}

export interface Distribution {
  see(value: number): void;
  /** What came since the last call. */
  take(identifier: Omit<ValueList, 'values'>): readonly ValueList[];
}

export function makeDistribution(
  options: DistributionOptions,
  { steadyMs }: Pick<Clock, 'steadyMs'>,
): Distribution {
  const histogram = makeHistogram();
  let sinceMs = steadyMs();
  return {
    see: (value) => histogram.add(value),
    take(identifier) {
      const { plugin, pluginInstance, type, typeInstance } = identifier;
      const passedS = (steadyMs() - sinceMs) / 1000;
      const instance = (...parts: readonly string[]): string =>
        parts.filter((part) => part !== '').join('-');
      const percentiles = options.percentiles.map((percent): ValueList => ({
        ...identifier,
        typeInstance: instance(typeInstance, formatG(percent)),
        values: [histogram.percentile(percent)],
      }));
      const buckets = options.buckets.map(({ lower, upper }) => {
        const range = `${formatG(lower)}_${upper === 0 ? 'inf' : formatG(upper)}`;
        return valueList(
          {
            plugin,
            pluginInstance,
            type: options.bucketType,
            typeInstance: instance(type, typeInstance, range),
          },
          histogram.between(lower, upper) / passedS,
        );
      });
      histogram.clear();
      sinceMs = steadyMs();
      return [...percentiles, ...buckets];
    },
  };
}
