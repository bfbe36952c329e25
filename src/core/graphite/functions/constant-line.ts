// constantLine(5) is a level line over the whole graph.

import { pythonNumber } from '../../base/number.ts';
import { computed } from '../change.ts';
import { done, type RenderContext, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

export const constantLine: RenderFunction = {
  group: 'Special',
  description: 'A level line at the given value.',
  example: 'constantLine(42)',
  traps: ['It has three points, so a table of it is short.'],
  params: [{ name: 'value', type: 'float', isRequired: true }],
  run: ({ args, context }) => done([lineAt(args.number('value'), context)]),
};

/** Three points: at the beginning, in the middle and at the end of the time asked for. */
export function lineAt(value: number, context: RenderContext): Series {
  const text = pythonNumber(value);
  return computed({
    name: text,
    pathExpression: `constantLine(${text})`,
    start: context.fromS,
    end: context.untilS,
    step: Math.max(1, Math.floor((context.untilS - context.fromS) / 2)),
    values: Float64Array.of(value, value, value),
    xFilesFactor: context.xFilesFactor,
  });
}
