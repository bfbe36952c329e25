// What a layer is called in the picture. A wrapper may say that its name is that of the function inside (wraps), so
// layers are told apart by where they were written.

import type { LayerEvent } from '../../../src/python/layer-events.ts';
import type { Layers } from '../../../src/python/layers.ts';
import type { TraceValue } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';

/** `wrapper of noted (line 5)`; `the KeepsLast object`; another value as it is. */
export function layerLabel({ made }: Layers, at: number): string {
  const { value, written } = made[at] ?? {};
  if (value === undefined) return '';
  if (isObject(value)) return `the ${value.type} object`;
  if (value.type !== 'function' || written === null || written === undefined)
    return valueText(value.text);
  const of = written.of === null ? '' : ` of ${written.of}`;
  return `${written.name}${of} (line ${written.line})`;
}

/** The name that it gives itself, where that is not what it is: `, calls itself pulse`. */
export function ownWords({ made }: Layers, at: number, which = ''): string {
  const { about, value, written } = made[at] ?? {};
  const known = value?.type === 'function' ? written?.name : null;
  const isPlain = about === undefined || about.name === null || known === undefined;
  return isPlain || value?.type === 'type' || about.name === known
    ? ''
    : `,${which} calls itself ${about.name}`;
}

/** What runs when it is called: `wrapper`, with its place where another layer is called so too. */
export function callLabel(layers: Layers, { at, inner }: LayerEvent): string {
  if (inner !== undefined) return inner;
  const { value, written } = layers.made[at] ?? {};
  if (value === undefined || written === null || written === undefined) return '';
  if (value.type !== 'function')
    return `${written.name} of ${isObject(value) ? layerLabel(layers, at) : value.text}`;
  const isAlone = layers.made.every(
    (each, other) =>
      other === at ||
      each.written?.name !== written.name ||
      each.value.functionId === value.functionId,
  );
  return isAlone ? written.name : layerLabel(layers, at);
}

/** A value; one that is a layer, as the layer is called. */
export function valueLabel(layers: Layers, value: TraceValue | null): string {
  if (value === null) return 'nothing';
  const at = layers.made.findIndex(
    (each) =>
      (value.functionId !== undefined && each.value.functionId === value.functionId) ||
      (value.objectId !== undefined && each.value.objectId === value.objectId),
  );
  return at < 0 ? valueText(value.text) : layerLabel(layers, at);
}

/** `made by @noted` */
export function originWords(layers: Layers, at: number): string {
  const by = layers.made[at]?.by ?? null;
  if (by !== null) return `bound in line ${by.line}, ${valueText(by.text)}`;
  return at === 0 ? coreWords(layers) : `made by @${decoratorOf(layers, at)}`;
}

/** The text of the decorator that made layer k, counted from the function outwards. */
export function decoratorOf({ decorators }: Layers, layer: number): string {
  return decorators[decorators.length - layer]?.text ?? '';
}

/** `the function itself` */
export function coreWords({ defines }: Layers): string {
  return `the ${defines} itself`;
}

/** An object of a class, as it is drawn: `<KeepsLast last=72>`. */
function isObject({ text, type }: TraceValue): boolean {
  return type !== 'function' && (text === `<${type}>` || text.startsWith(`<${type} `));
}
