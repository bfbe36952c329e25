// Series and nodes as pickle and msgpack, which Graphite's servers ask each other for. Nothing here reads them.

import { msgpack, type Packed } from '../../core/base/msgpack.ts';
import { pickle, type Pickled, type PickledObject } from '../../core/carbon/pickle-out.ts';
import type { Series } from '../../core/graphite/series.ts';
import type { FoundNode, Reach } from '../store.ts';

export const PICKLE_TYPE = 'application/pickle';
export const MSGPACK_TYPE = 'application/x-msgpack';

/** [{name, start, end, step, values, pathExpression, valuesPerPoint, consolidationFunc, xFilesFactor}, ...] */
export function seriesPickle(all: readonly Series[]): Uint8Array<ArrayBuffer> {
  return pickle(all.map((series) => infoOf<Pickled>(series, valuesOf(series))));
}

export function seriesMsgpack(all: readonly Series[]): Uint8Array<ArrayBuffer> {
  return msgpack(
    all.map((series) => infoOf<Packed>(series, series.whole ? valuesOf(series) : series.values)),
  );
}

function infoOf<T>(series: Series, values: T): ReadonlyMap<string, T | string | bigint | number> {
  return new Map<string, T | string | bigint | number>([
    ['name', series.name],
    ['start', BigInt(series.start)],
    ['end', BigInt(series.end)],
    ['step', BigInt(series.step)],
    ['values', values],
    ['pathExpression', series.pathExpression],
    ['valuesPerPoint', 1n],
    ['consolidationFunc', series.consolidation],
    ['xFilesFactor', series.xFilesFactor],
  ]);
}

/** A gap is null; whole numbers are ints, which have no infinity. */
function valuesOf({ values, whole }: Series): readonly (number | bigint | null)[] {
  return Array.from(values, (value) => {
    if (Number.isNaN(value)) return null;
    return whole && Number.isInteger(value) ? BigInt(value) : value;
  });
}

/** A node and from when until when it has data; null for a branch. */
export interface ReachingNode extends FoundNode {
  readonly reach: Reach | null;
}

/** [{path, is_leaf, intervals}, ...]; intervals are objects of graphite-web. */
export function nodesPickle(nodes: readonly ReachingNode[]): Uint8Array<ArrayBuffer> {
  return pickle(
    nodes.map(
      ({ path, isLeaf, reach }) =>
        new Map<string, Pickled>([
          ['path', path],
          ['is_leaf', isLeaf],
          ...(isLeaf ? [['intervals', intervalSet(reach)] as const] : []),
        ]),
    ),
  );
}

function intervalSet(reach: Reach | null): PickledObject {
  const sizeS = reach ? reach.endS - reach.startS : 0;
  const intervals = reach
    ? [
        {
          module: MODULE,
          name: 'Interval',
          attributes: new Map<string, Pickled>([
            ['start', reach.startS],
            ['end', reach.endS],
            ['tuple', { tuple: [reach.startS, reach.endS] }],
            ['size', sizeS],
          ]),
        },
      ]
    : [];
  return {
    module: MODULE,
    name: 'IntervalSet',
    attributes: new Map<string, Pickled>([
      ['intervals', intervals],
      ['size', sizeS],
    ]),
  };
}

const MODULE = 'graphite.intervals';

/** The same with [start, end] for each interval. */
export function nodesMsgpack(nodes: readonly ReachingNode[]): Uint8Array<ArrayBuffer> {
  return msgpack(
    nodes.map(
      ({ path, isLeaf, reach }) =>
        new Map<string, Packed>([
          ['path', path],
          ['is_leaf', isLeaf],
          ...(isLeaf ? [['intervals', reach ? [[reach.startS, reach.endS]] : []] as const] : []),
        ]),
    ),
  );
}
