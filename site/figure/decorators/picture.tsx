// Decorator layers: the name on the left, what it points to in the middle, one box around the other, and below what
// each layer says its name is.

import type { ComponentChildren } from 'preact';
import { layersOf, type LayerEvent, type Layers } from '../../../src/python/layers.ts';
import type { Trace } from '../../../src/python/trace.ts';
import { valueText } from '../cut.ts';
import { emptyPicture } from '../empty-picture.tsx';
import type { Picture } from '../picture.ts';
import {
  coreWords,
  decoratorOf,
  HOLD_WORDS,
  layersAsText,
  layerSentence,
  runningLayers,
} from './words.ts';

const NONE = 'No decorated definition ran.';

export function decoratorsPicture(trace: Trace, of: string | null): Picture {
  const layers = layersOf(trace, of);
  if (layers === null) return emptyPicture('Decorator layers', NONE);
  const { events } = layers;
  const eventAt = (at: number): LayerEvent | undefined => events[at] ?? events.at(-1);
  return {
    title: `Decorator layers of ${layers.name}`,
    stops: events.map(({ step }) => step),
    landmarks: [
      Math.max(
        0,
        events.findIndex(({ kind }) => kind === 'bound'),
      ),
      events.length - 1,
    ],
    next: 'Next',
    sentence(at) {
      const event = eventAt(at);
      return event === undefined ? [NONE] : layerSentence(layers, event);
    },
    words: (at) => layersAsText(layers, at),
    draw: (at) => <Onion layers={layers} past={events.slice(0, at + 1)} />,
    cut: trace.expressions?.cut ?? null,
    legend: null,
  };
}

function Onion({ layers, past }: { layers: Layers; past: readonly LayerEvent[] }) {
  const { name, decorators, made, before } = layers;
  const applied = past.filter(({ kind }) => kind === 'applied').length;
  const worked = past.filter(({ kind }) => kind === 'decorator').map(({ at }) => at);
  const isBound = past.some(({ kind }) => kind === 'bound');
  const now = past.at(-1);
  return (
    <div class="onion">
      <ol class="onion-lines" aria-label="Decorators, from the top">
        {decorators.map(({ text, isFactory, value }, at) => {
          const layer = decorators.length - at;
          const isApplied = applied > layer;
          const isNow =
            (now?.kind === 'decorator' && now.at === at) ||
            (now?.kind === 'applied' && now.at === layer);
          return (
            <li class={isNow ? 'is-now' : ''}>
              <code>{`@${text}`}</code>
              <span class="about">
                {!worked.includes(at)
                  ? 'waits'
                  : `${isFactory ? `called, gave ${valueText(value?.text ?? '')}` : 'worked out'}${isApplied ? ', applied' : ''}`}
              </span>
            </li>
          );
        })}
      </ol>
      <div class="onion-world">
        <p class={isBound ? 'onion-name is-bound' : 'onion-name'}>
          <code>{name}</code>
          <span class="about">
            {isBound
              ? 'points to'
              : before === null
                ? 'no such name yet'
                : `points to ${before.text}`}
          </span>
        </p>
        {applied > 0 && <Layer layers={layers} layer={applied - 1} past={past} />}
      </div>
      {applied > 0 && <About layers={layers} applied={applied} />}
      {made.length <= decorators.length && past.length === layers.events.length && (
        <p class="binding-end is-error">The name was never bound: an exception came first.</p>
      )}
    </div>
  );
}

interface LayerProps {
  readonly layers: Layers;
  readonly layer: number;
  readonly past: readonly LayerEvent[];
}

/** A layer with the one below inside it; one that does not hold it stands beside what was lost. */
function Layer({ layers, layer, past }: LayerProps): ComponentChildren {
  const each = layers.made[layer];
  if (each === undefined) return null;
  const holds = layers.holds[layer] ?? 'holds';
  const inner = layer > 0 && <Layer layers={layers} layer={layer - 1} past={past} />;
  if (holds === 'same')
    return (
      <>
        <p class="onion-note">{`@${decoratorOf(layers, layer)} handed the same object back.`}</p>
        {inner}
      </>
    );
  const running = runningLayers(past);
  const isNow = running.at(-1) === layer;
  const now = past.at(-1);
  const returns = now?.kind === 'return' && now.at === layer ? (now.value?.text ?? 'None') : null;
  const state = isNow ? 'is-now' : running.includes(layer) ? 'is-waiting' : '';
  return (
    <>
      <div class={`layer ${layer === 0 ? 'is-core' : ''} ${state}`}>
        <p class="layer-head">
          <code>{layers.ownNames[layer]}</code>
          <span class="about">
            {layer === 0 ? coreWords(layers) : `made by @${decoratorOf(layers, layer)}`}
          </span>
          {isNow && <span class="layer-now">{returns === null ? 'runs now' : 'hands back'}</span>}
          {returns !== null && <span class="layer-value mono">{valueText(returns)}</span>}
          {!isNow && running.includes(layer) && <span class="about">waits</span>}
        </p>
        {holds === 'holds' && inner}
      </div>
      {holds === 'lost' && (
        <>
          <p class="onion-note is-lost">{`It ${HOLD_WORDS.lost}: nothing leads there any more.`}</p>
          <div class="onion-lost">{inner}</div>
        </>
      )}
    </>
  );
}

function About({ layers, applied }: { layers: Layers; applied: number }) {
  return (
    <div class="onion-about" tabIndex={0} role="group" aria-label="What each layer says of itself">
      <table>
        <thead>
          <tr>
            <th scope="col">layer</th>
            <th scope="col">__name__</th>
            <th scope="col">__doc__</th>
            <th scope="col">__wrapped__</th>
          </tr>
        </thead>
        <tbody>
          {layers.made.slice(0, applied).map((each, layer) => (
            <tr>
              <th scope="row">
                {layer === 0 ? coreWords(layers) : `@${decoratorOf(layers, layer)}`}
              </th>
              <td class="mono">{each.about.name ?? each.about.type}</td>
              <td>{each.about.doc ?? 'none'}</td>
              <td class="mono">{each.about.wraps?.text ?? 'none'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
