// sortByName(web.*): series in the order of their names; natural puts web2 before web10.

import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';
import type { Series } from '../series.ts';

/** Digits that a number in a name is filled up to, so that text order becomes number order. */
const NATURAL_DIGITS = 10;

export const sortByName: RenderFunction = {
  group: 'Sorting',
  description:
    'Sorts series by name. With natural, numbers inside a name sort as numbers: web2 comes before web10.',
  example: 'sortByName(clinic.*.*,true,true)',
  traps: ['By letters web10 comes before web2. With natural=true it comes after it.'],
  params: [
    SERIES_LIST,
    { name: 'natural', type: 'boolean', default: { kind: 'flag', on: false } },
    { name: 'reverse', type: 'boolean', default: { kind: 'flag', on: false } },
  ],
  run({ args }) {
    const key = (series: Series): string =>
      args.flag('natural')
        ? series.name.replace(/\d+/g, (digits) => digits.padStart(NATURAL_DIGITS, '0'))
        : series.name;
    const order = args.flag('reverse') ? -1 : 1;
    const sorted = [...args.list('seriesList')].sort((left, right) => {
      const [first, second] = [key(left), key(right)];
      return first === second ? 0 : order * (first < second ? -1 : 1);
    });
    return done(sorted);
  },
};
