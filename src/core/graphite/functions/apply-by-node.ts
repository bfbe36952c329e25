// applyByNode(web.*.cpu,1,"sumSeries(%.*)"): the target once for each web server, % its name so far.

import { renamed } from '../change.ts';
import {
  done,
  SERIES_LIST,
  type Need,
  type Outcome,
  type RenderFunction,
} from '../render-function.ts';
import type { Series } from '../series.ts';

export const applyByNode: RenderFunction = {
  group: 'Combine',
  description:
    'Takes the different beginnings of the names, up to a node, puts each in the place of % in a target, and gives the results of all these targets.',
  example: 'applyByNode(clinic.*.visits,1,"maxSeries(%.*)")',
  traps: ['The % stands for the name up to the node and not for a sign of a pattern.'],
  params: [
    SERIES_LIST,
    { name: 'nodeNum', type: 'node', isRequired: true },
    { name: 'templateFunction', type: 'string', isRequired: true },
    { name: 'newName', type: 'string' },
  ],
  run({ args, target }): Outcome {
    const series = args.list('seriesList');
    const last = series.at(-1);
    const end = args.number('nodeNum') + 1;
    const prefixes = new Set(series.map((one) => one.name.split('.').slice(0, end).join('.')));
    const newName = args.optional('newName');

    const need: Need[] = [];
    const result: Series[] = [];
    for (const prefix of [...prefixes].sort()) {
      const outcome = target(args.text('templateFunction').replaceAll('%', () => prefix));
      if (outcome.kind === 'refused') return outcome;
      if (outcome.kind === 'need') need.push(...outcome.need);
      else
        for (const one of outcome.series) {
          const name =
            newName?.kind === 'text' ? newName.text.replaceAll('%', () => prefix) : one.name;
          const times = { start: last?.start ?? one.start, end: last?.end ?? one.end };
          result.push({ ...renamed(one, name, times), pathExpression: prefix });
        }
    }
    return need.length > 0 ? { kind: 'need', need } : done(result);
  },
};
