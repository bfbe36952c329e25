// asPercent(disk.used.*): the share of each series in the sum of all, in percent.

import { joinPathExpressions } from '../aggregate.ts';
import { sum } from '../aggregation.ts';
import { computed } from '../change.ts';
import type { Literal } from '../expression.ts';
import { groupByKey, nodeKey } from '../names.ts';
import { mapRows, normalize, type Grid } from '../normalize.ts';
import { combineTwo, quotient } from '../quotient.ts';
import {
  done,
  refused,
  SERIES_LIST,
  type Outcome,
  type RenderContext,
  type RenderFunction,
} from '../render-function.ts';
import type { Series } from '../series.ts';
import { valueText, type Value } from '../value.ts';

export const asPercent: RenderFunction = {
  group: 'Combine',
  description:
    'Each series in percent of a total: of the sum of all when there is no second argument, of a number, of one series, or of a list of as many series, paired by name. With nodes, each group of series has a total of its own.',
  example: 'asPercent(clinic.*.visits)',
  traps: [
    'Without a total each value is a share of the sum of all series at that moment.',
    'Where the total is 0 or a gap there is no percentage.',
  ],
  params: [
    SERIES_LIST,
    { name: 'total', type: 'any' },
    { name: 'nodes', type: 'nodeOrTag', isMultiple: true },
  ],
  run({ args, context }) {
    const series = args.list('seriesList');
    const total = args.optional('total');
    const nodes = args.literals('nodes');
    if (series.length === 0 && total?.kind !== 'series') return done([]);
    if (nodes.length > 0) return ofGroups(series, total, nodes, context);
    return ofAll(series, total, context);
  },
};

function percent(value: number, total: number): number {
  return quotient(value, total) * 100;
}

function ofAll(series: readonly Series[], total: Value | null, context: RenderContext): Outcome {
  const grid = normalize(series);
  if (!grid) return done([]);
  if (total === null) return done(ofTotals(grid, series.length, sumOf(series, context), context));
  if (total.kind !== 'series') {
    if (total.kind !== 'number') return refused(`asPercent: ${valueText(total)} is not a total`);
    const line = { ...sumOf(series, context), name: valueText(total) };
    const values = line.values.map(() => total.value);
    return done(ofTotals(grid, series.length, { ...line, values }, context));
  }
  const [only] = total.series;
  if (only && total.series.length === 1) {
    const both = normalize([...series, only]) ?? grid;
    return done(ofTotals(both, series.length, only, context));
  }
  if (total.series.length !== series.length)
    return refused(
      'asPercent second argument must be missing, a single digit, reference exactly 1 series or reference the same number of series as the first argument.',
    );
  const byName = (left: Series, right: Series): number =>
    left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
  const totals = [...total.series].sort(byName);
  return done(
    [...series].sort(byName).map((one, index) => inPercentOf(one, totals[index] ?? one, context)),
  );
}

/** The first `count` columns of `grid` in percent of `total`, which has the same rows. */
function ofTotals(
  grid: Grid,
  count: number,
  total: Series,
  context: RenderContext,
): readonly Series[] {
  const totals = grid.columns[count] ?? total.values;
  return grid.series.slice(0, count).map((series, column) =>
    computed({
      name: `asPercent(${series.name},${total.name})`,
      start: grid.start,
      end: grid.end,
      step: grid.step,
      values: Float64Array.from({ length: grid.rows }, (_, row) =>
        percent(grid.columns[column]?.[row] ?? NaN, totals[row] ?? NaN),
      ),
      xFilesFactor: context.xFilesFactor,
    }),
  );
}

function inPercentOf(series: Series, total: Series, context: RenderContext): Series {
  const name = `asPercent(${series.name},${total.name})`;
  return combineTwo(series, total, name, context.xFilesFactor, percent);
}

function sumOf(series: readonly Series[], context: RenderContext): Series {
  const grid = normalize(series);
  return computed({
    name: `sumSeries(${joinPathExpressions(series)})`,
    start: grid?.start ?? 0,
    end: grid?.end ?? 0,
    step: grid?.step ?? 1,
    values: grid ? mapRows(grid, sum) : new Float64Array(),
    xFilesFactor: context.xFilesFactor,
  });
}

function ofGroups(
  series: readonly Series[],
  total: Value | null,
  nodes: readonly Literal[],
  context: RenderContext,
): Outcome {
  if (total !== null && total.kind !== 'series')
    return refused('asPercent: with nodes, the total must be None or a list of series');
  const groups = groupByKey(series, (one) => nodeKey(one, nodes));
  const totalGroups =
    total === null ? groups : groupByKey(total.series, (one) => nodeKey(one, nodes));
  const totalOf = (group: readonly Series[]): Series | undefined =>
    group.length > 1 ? sumOf(group, context) : group[0];

  const result: Series[] = [];
  for (const key of new Set([...groups.keys(), ...totalGroups.keys()])) {
    const group = groups.get(key) ?? [];
    const groupTotal = totalOf(totalGroups.get(key) ?? []);
    for (const one of group)
      result.push(
        groupTotal ? inPercentOf(one, groupTotal, context) : missing(one, one.name, 'MISSING'),
      );
    if (group.length === 0 && groupTotal)
      result.push(missing(groupTotal, 'MISSING', groupTotal.name));
  }
  return done(result);
}

/** What stands for a pair of which one half is not there: gaps over the time of the other. */
function missing(there: Series, name: string, totalName: string): Series {
  return computed({
    ...there,
    name: `asPercent(${name},${totalName})`,
    pathExpression: `asPercent(${name},${totalName})`,
    values: new Float64Array(there.values.length).fill(NaN),
    whole: false,
  });
}
