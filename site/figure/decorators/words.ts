// The layers around a decorated function, in words.

import type { Decorator, LayerEvent, Layers } from '../../../src/python/layers.ts';
import type { TraceLayer } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';
import type { Words } from '../step-words.ts';

export function layerSentence(layers: Layers, event: LayerEvent): Words {
  const { name, decorators } = layers;
  const value = { strong: valueText(event.value?.text ?? 'nothing') };
  switch (event.kind) {
    case 'before':
      return event.value === null
        ? ['There is no name ', { strong: name }, ' yet.']
        : [{ strong: name }, ' points to ', value, '.'];
    case 'decorator':
      return [...workedOut(decorators[event.at]), value, '.'];
    case 'applied':
      return event.at === 0
        ? [value, ' is made; it has no name yet.']
        : [
            ...applying(layers, event.at),
            ' is called with ',
            { strong: valueText(layers.made[event.at - 1]?.value.text ?? '') },
            ', and gives ',
            value,
            '.',
          ];
    case 'bound':
      return ['The name ', { strong: name }, ' is bound to ', value, '.'];
    case 'call':
      return [
        { strong: layers.ownNames[event.at] ?? '' },
        ` is called: ${place(layers, event.at)}.`,
      ];
    case 'return':
      return [`${layers.ownNames[event.at] ?? ''} hands `, value, ' back.'];
    case 'raise':
      return [{ strong: layers.ownNames[event.at] ?? '' }, ' is left by an exception.'];
  }
}

/** The line of a factory calls it first; what that gives is what decorates. */
function workedOut(decorator: Decorator | undefined): Words {
  const text = `@${decorator?.text ?? ''}`;
  return decorator?.isFactory === true
    ? [`${text} begins with a call: `, { strong: decorator.text }, ' gives ']
    : [`${text} is worked out: `];
}

/** What is called with the function below: `outer`, or what `times(3)` gave. */
function applying(layers: Layers, layer: number): Words {
  const { decorators } = layers;
  const decorator = decorators[decorators.length - layer];
  const text = decorator?.text ?? '';
  return decorator?.isFactory === true && decorator.value !== null
    ? [{ strong: valueText(decorator.value.text) }, `, which ${text} gave,`]
    : [{ strong: text }];
}

/** The text of the decorator that made layer k, counted from the function outwards. */
export function decoratorOf({ decorators }: Layers, layer: number): string {
  return decorators[decorators.length - layer]?.text ?? '';
}

/** `the function itself` */
export function coreWords({ defines }: Layers): string {
  return `the ${defines} itself`;
}

function place(layers: Layers, at: number): string {
  if (at === 0) return coreWords(layers);
  return at === layers.made.length - 1
    ? 'the outermost layer'
    : `the layer of @${decoratorOf(layers, at)}`;
}

/** What is there after so many events. */
export function layersAsText(layers: Layers, at: number): readonly string[] {
  const { name, made, holds, events, decorators } = layers;
  const past = events.slice(0, at + 1);
  const worked = past.filter(({ kind }) => kind === 'decorator');
  const applied = past.filter(({ kind }) => kind === 'applied').length;
  const isBound = past.some(({ kind }) => kind === 'bound');
  const running = runningLayers(past);
  return [
    ...decorators.map(({ text, isFactory }, index) => {
      const event = worked.find((each) => each.at === index);
      const how = isFactory ? 'called, gave' : 'worked out,';
      return `@${text}: ${event === undefined ? 'not worked out yet' : `${how} ${event.value?.text ?? ''}`}.`;
    }),
    ...made.slice(0, applied).map((each, layer) => {
      const role =
        layer === 0 ? coreWords(layers) : `layer ${layer}, made by @${decoratorOf(layers, layer)}`;
      const inner = layer === 0 ? '' : `, ${HOLD_WORDS[holds[layer] ?? 'holds']}`;
      const run = running.includes(layer)
        ? running.at(-1) === layer
          ? ', runs now'
          : ', waits'
        : '';
      return `${each.value.text}: ${role}${inner}${run}; ${aboutWords(each)}.`;
    }),
    isBound
      ? `The name ${name} points to ${made.at(-1)?.value.text ?? ''}.`
      : layers.before === null
        ? `There is no name ${name} yet.`
        : `The name ${name} still points to ${layers.before.text}.`,
  ];
}

export const HOLD_WORDS: Readonly<Record<Layers['holds'][number], string>> = {
  holds: 'holds the one below',
  same: 'the same object as below',
  lost: 'does not hold the one below',
};

export function aboutWords({ about }: TraceLayer): string {
  if (about.name === null) return `an object of the type ${about.type}`;
  const doc = about.doc === null ? 'no docstring' : `docstring "${about.doc}"`;
  const wraps = about.wraps === null ? '' : `, __wrapped__ is ${about.wraps.text}`;
  return `__name__ ${about.name}, ${doc}${wraps}`;
}

/** Layers that are on the stack after these events, the running one last. */
export function runningLayers(past: readonly LayerEvent[]): readonly number[] {
  const running: number[] = [];
  past.forEach(({ kind, at }, index) => {
    if (kind === 'call') running.push(at);
    // The return itself is still shown in its layer.
    if ((kind === 'return' || kind === 'raise') && index < past.length - 1) {
      const last = running.lastIndexOf(at);
      if (last >= 0) running.splice(last, 1);
    }
  });
  return running;
}
