// The layers around a name, in words.

import type { LayerEvent } from '../../../src/python/layer-events.ts';
import type { Decorator, Layers } from '../../../src/python/layers.ts';
import type { TraceLayer } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';
import type { Words } from '../step-words.ts';
import {
  callLabel,
  coreWords,
  decoratorOf,
  layerLabel,
  originWords,
  ownWords,
  valueLabel,
} from './labels.ts';
import { momentOf, type Moment } from './moment.ts';

export function layerSentence(layers: Layers, position: number): Words {
  const moment = momentOf(layers, position);
  const event = moment.now;
  if (event === undefined) return [];
  const { at } = event;
  const value = { strong: valueLabel(layers, event.value) };
  switch (event.kind) {
    case 'before':
      return event.value === null
        ? ['There is no name ', { strong: layers.name }, ' yet.']
        : [{ strong: layers.name }, ' points to ', value, '.'];
    case 'decorator':
      return [...workedOut(layers.decorators[at]), value, '.'];
    case 'begun':
      return [...applying(layers, at), '.'];
    case 'applied':
      return at === 0
        ? [value, ' is made; it has no name yet.']
        : [...applying(layers, at), ', and gives ', value, ownWords(layers, at, ' which'), '.'];
    case 'failed':
      return failedSentence(layers, event);
    case 'bound':
      return boundSentence(layers, event);
    case 'deleted':
      return [`${lineWords(event)}there is no name `, { strong: layers.name }, ' any more.'];
    case 'call':
      return [{ strong: callLabel(layers, event) }, ` is called: ${place(layers, event, moment)}.`];
    case 'resume':
      return [{ strong: callLabel(layers, event) }, ' goes on where it waits.'];
    case 'return':
      return [`${callLabel(layers, event)} hands `, value, ' back.'];
    case 'yield':
      return [`${callLabel(layers, event)} hands `, value, ' out, and waits.'];
    case 'raise':
      return [
        { strong: callLabel(layers, event) },
        ` is left by an exception: ${errorWords(event)}.`,
      ];
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
  const { text, isFactory, value } = layers.decorators[layers.decorators.length - layer] ?? {};
  return [
    ...(isFactory === true && value !== null && value !== undefined
      ? [{ strong: valueText(value.text) }, `, which ${text ?? ''} gave,`]
      : [{ strong: text ?? '' }]),
    ' is called with ',
    { strong: layerLabel(layers, layer - 1) },
  ];
}

function failedSentence(layers: Layers, event: LayerEvent): Words {
  const { broken } = layers;
  const error = `ends in ${errorWords(event)}. ${unboundWords(layers)}`;
  if (broken === null || broken.layer === null)
    return [{ strong: layers.name }, ` is not made: its definition ${error}`];
  if (!broken.isApplied)
    return [
      { strong: `@${decoratorOf(layers, broken.layer)}` },
      ` cannot be worked out: it ${error}`,
    ];
  return [...applying(layers, broken.layer), `, and ${error}`];
}

/** What the name is after a definition that failed. */
export function unboundWords({ name, before }: Layers): string {
  return before === null
    ? `The name ${name} is not bound.`
    : `The name ${name} still points to ${before.text}.`;
}

function boundSentence(layers: Layers, event: LayerEvent): Words {
  const { at, by } = event;
  const made = layers.made[at];
  const target = { strong: layerLabel(layers, at) };
  const end = made?.isCalled === 'never' ? '. It cannot be called.' : '.';
  if (by === undefined || made === undefined)
    return ['The name ', { strong: layers.name }, ' is bound to ', target, end];
  const how = made.step < event.step ? ' again' : `, which ${NEW_WORDS[made.leads]}`;
  return [
    `${lineWords(event)}the name `,
    { strong: layers.name },
    ' is bound to ',
    target,
    `${how}${end}`,
  ];
}

const NEW_WORDS: Readonly<Record<TraceLayer['leads'], string>> = {
  holds: 'holds the one below',
  same: 'it pointed to before',
  lost: 'does not hold what it pointed to before',
};

function lineWords({ by }: LayerEvent): string {
  return by === undefined ? '' : `Line ${by.line}, ${valueText(by.text)}: `;
}

function errorWords({ error }: LayerEvent): string {
  if (error === undefined) return 'an exception';
  return error.message === '' ? error.type : `${error.type}: ${error.message}`;
}

function place(layers: Layers, { at, inner }: LayerEvent, { chain, begun }: Moment): string {
  if (inner !== undefined)
    return `@${decoratorOf(layers, begun ?? 0)} does that itself, while it is applied`;
  const by = layers.made[at]?.by ?? null;
  const gone = chain.includes(at) ? '' : ', which the name does not lead to now';
  if (at === 0) return `${coreWords(layers)}${gone}`;
  if (chain[0] === at) return 'the outermost layer';
  return `the layer of ${by === null ? `@${decoratorOf(layers, at)}` : `line ${by.line}`}${gone}`;
}

/** What is there at a position. */
export function layersAsText(layers: Layers, position: number): readonly string[] {
  const moment = momentOf(layers, position);
  const { chain, running, worked, begun, now } = moment;
  return [
    ...layers.decorators.map(({ text, isFactory, value }, at) => {
      const how = isFactory ? 'called, gave' : 'worked out,';
      return `@${text}: ${worked.has(at) ? `${how} ${value?.text ?? ''}` : 'not worked out yet'}.`;
    }),
    ...(begun === null ? [] : [`@${decoratorOf(layers, begun)} is being applied.`]),
    ...running.flatMap((event) =>
      event.inner === undefined
        ? []
        : [
            `${event.inner}: called by @${decoratorOf(layers, begun ?? 0)}${runWords(moment, event)}.`,
          ],
    ),
    ...chain.toReversed().map((at, layer) => {
      const role = layer === 0 ? '' : `layer ${layer}, `;
      const made = layers.made[at];
      if (made === undefined) return '';
      const holds = layer === 0 ? '' : `, ${HOLD_WORDS[made.leads]}`;
      const call = running.findLast((event) => event.at === at);
      const run = call === undefined ? '' : runWords(moment, call);
      const object = layers.objectAt(at, now?.step ?? 0);
      const state = object === null ? '' : `; it is ${object}`;
      return `${layerLabel(layers, at)}${ownWords(layers, at)}: ${role}${originWords(layers, at)}${holds}${calledWords(made)}${run}${state}; ${aboutWords(layers, made)}.`;
    }),
    nameWords(layers, moment),
  ];
}

function runWords({ running, now }: Moment, event: LayerEvent): string {
  if (running.at(-1) !== event) return ', waits';
  return now?.kind === 'return' && now.frameId === event.frameId
    ? `, hands ${now.value?.text ?? 'None'} back`
    : ', runs now';
}

/** What a call of it does, where that is not seen. */
export function calledWords({ isCalled, value }: TraceLayer): string {
  if (isCalled === 'never') return ', cannot be called';
  return isCalled === 'unseen' && value.type !== 'type' ? ', its own steps are not seen' : '';
}

/** The last sentence: what the name is now. */
export function nameWords(layers: Layers, { chain, isBound, isDeleted, failed }: Moment): string {
  const { name, before } = layers;
  if (isBound) return `The name ${name} points to ${layerLabel(layers, chain[0] ?? 0)}.`;
  if (isDeleted) return `There is no name ${name} any more.`;
  if (failed !== null) return `${errorWords(failed)}. ${unboundWords(layers)}`;
  return before === null
    ? `There is no name ${name} yet.`
    : `The name ${name} still points to ${before.text}.`;
}

export const HOLD_WORDS: Readonly<Record<TraceLayer['leads'], string>> = {
  holds: 'holds the one below',
  same: 'the same object as below',
  lost: 'does not hold the one below',
};

function aboutWords(layers: Layers, { about }: TraceLayer): string {
  if (about.name === null) return `an object of the type ${about.type}`;
  const doc = about.doc === null ? 'no docstring' : `docstring "${about.doc}"`;
  const wraps = about.wraps === null ? '' : `, __wrapped__ is ${valueLabel(layers, about.wraps)}`;
  return `__name__ ${about.name}, ${doc}${wraps}`;
}
