// The reference page of a function, as /functions answers it and as the site shows it.

import type { Literal } from './expression.ts';
import { isAggregation } from './aggregation.ts';
import type { Described, Param } from './render-function.ts';
import { valueText } from './value.ts';

/** "movingAverage(seriesList, windowSize, xFilesFactor=None)" */
export function signatureOf(name: string, { params }: Described): string {
  const parts = params.map((param) => {
    if (param.isMultiple) return `*${param.name}`;
    if (param.isRequired) return param.name;
    return `${param.name}=${defaultText(param.default)}`;
  });
  return `${name}(${parts.join(', ')})`;
}

function defaultText(value: Literal | undefined): string {
  if (!value) return 'None';
  return value.kind === 'text' ? `'${value.text}'` : valueText(value);
}

/** Words that may stand for a parameter of this type; null when any may. */
export function optionsOf(param: Param): readonly string[] | null {
  if (param.type !== 'aggFunc' && param.type !== 'aggOrSeriesFunc') return null;
  return AGGREGATION_WORDS.filter(isAggregation);
}

const AGGREGATION_WORDS = [
  'average',
  'avg',
  'avg_zero',
  'count',
  'current',
  'diff',
  'last',
  'max',
  'median',
  'min',
  'multiply',
  'range',
  'rangeOf',
  'stddev',
  'sum',
  'total',
];
