// seriesByTag("host=web1","name=disk.used"): every series whose tags fit.

import { refused, type RenderFunction } from '../render-function.ts';

export const seriesByTag: RenderFunction = {
  group: 'Special',
  description:
    'All series whose tags fit every expression: "tag=value", "tag!=value", "tag=~pattern" or "tag!=~pattern". A series without the tag has the empty value. One expression at least must ask for a tag that is there.',
  example: 'seriesByTag("name=disk.used","host=~web.*")',
  traps: [
    'A pattern fits from the beginning of the value. For the end write a $.',
    'One expression at least must ask for a tag that is there: host!=web1 alone is refused.',
  ],
  params: [{ name: 'tagExpressions', type: 'string', isRequired: true, isMultiple: true }],
  // evaluate.ts takes it for a path, which the store looks up by its text.
  run: () => refused('seriesByTag cannot be called by another function'),
};
