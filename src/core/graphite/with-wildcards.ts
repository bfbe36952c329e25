// Series grouped by their name without some of its nodes, each group made one series.

import { aggregate } from './aggregate.ts';
import { renamed } from './change.ts';
import type { Literal } from './expression.ts';
import { groupByKey } from './names.ts';
import { done, refused, type Call, type Outcome, type Param } from './render-function.ts';
import type { Series } from './series.ts';

export const POSITIONS: Param = { name: 'position', type: 'node', isMultiple: true };

export function runWithWildcards(call: Call, func: string): Outcome {
  const positions = call.args.literals('position');
  const groups = groupByKey(call.args.list('seriesList'), (one) => without(one.name, positions));
  const result: Series[] = [];
  for (const [key, group] of groups) {
    const combined = aggregate(group, func, call.context.xFilesFactor);
    if (!combined.ok) return refused(combined.why);
    result.push(...combined.value.map((series) => renamed(series, key)));
  }
  return done(result);
}

function without(name: string, positions: readonly Literal[]): string {
  const left = (index: number): boolean =>
    !positions.some((position) => position.kind === 'number' && position.value === index);
  return name
    .split('.')
    .filter((_, index) => left(index))
    .join('.');
}
