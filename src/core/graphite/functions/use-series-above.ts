// useSeriesAbove(errors.*,10,"errors","requests"): requests of every host with more than 10 errors.

import { done, refused, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const useSeriesAbove: RenderFunction = {
  group: 'Filter Series',
  description:
    'Takes the series whose highest value is above a number, replaces a part of their names, and gives the series of the new names. Series with gaps are passed over.',
  example: 'useSeriesAbove(clinic.*.visits,60,"visits","wait")',
  traps: ['Series with gaps are passed over.'],
  params: [
    SERIES_LIST,
    { name: 'value', type: 'float', isRequired: true },
    { name: 'search', type: 'string', isRequired: true },
    { name: 'replace', type: 'string', isRequired: true },
  ],
  run({ args, context, target }) {
    const pattern = context.regex.compile(args.text('search'));
    if (!pattern.ok) return refused(pattern.why);
    const limit = args.number('value');
    const names: string[] = [];
    for (const series of args.list('seriesList')) {
      const isAbove = series.values.some((value) => value > limit);
      if (!isAbove || series.values.some((value) => Number.isNaN(value))) continue;
      const name = pattern.value.replace(series.name, args.text('replace'));
      if (!name.ok) return refused(name.why);
      names.push(name.value);
    }
    return names.length === 0 ? done([]) : target(`group(${names.join(',')})`);
  },
};
