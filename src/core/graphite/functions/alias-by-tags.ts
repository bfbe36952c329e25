// aliasByTags(disk.used;host=web1,"host") is shown as "web1"

import { renamed } from '../change.ts';
import { nodeKey } from '../names.ts';
import { done, SERIES_LIST, type RenderFunction } from '../render-function.ts';

export const aliasByTags: RenderFunction = {
  group: 'Alias',
  description: 'Shows the values of chosen tags, joined by dots; a number is a node of the name.',
  example: 'aliasByTags(seriesByTag("name=disk.used"),"name","host")',
  params: [SERIES_LIST, { name: 'tags', type: 'nodeOrTag', isRequired: true, isMultiple: true }],
  run({ args }) {
    const tags = args.literals('tags');
    return done(args.list('seriesList').map((series) => renamed(series, nodeKey(series, tags))));
  },
};
