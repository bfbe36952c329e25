// The drawing: the name on the left, what it points to in the middle, one box around the other, and below what each
// layer says its name is.

import type { ComponentChildren } from 'preact';
import type { LayerEvent } from '../../../src/python/layer-events.ts';
import type { Layers } from '../../../src/python/layers.ts';
import { valueText } from '../cut.ts';
import { coreWords, decoratorOf, layerLabel, originWords, ownWords, valueLabel } from './labels.ts';
import type { Moment } from './moment.ts';
import { calledWords, HOLD_WORDS, nameWords } from './words.ts';

interface OnionProps {
  readonly layers: Layers;
  readonly moment: Moment;
}

export function Onion({ layers, moment }: OnionProps) {
  const { name, before } = layers;
  const { chain, isBound, isDeleted, failed, running, begun } = moment;
  return (
    <div class="onion">
      {layers.decorators.length > 0 && <Lines layers={layers} moment={moment} />}
      {begun !== null && (
        <div class="onion-work">
          <p>{`@${decoratorOf(layers, begun)} is being applied.`}</p>
          {running
            .filter(({ inner }) => inner !== undefined)
            .map((event) => (
              <div class={`layer ${stateOf(moment, event)}`} key={event.frameId}>
                <p class="layer-head">
                  <code>{event.inner}</code>
                  <span class="about">{`called by @${decoratorOf(layers, begun)}`}</span>
                  <Running moment={moment} event={event} />
                </p>
              </div>
            ))}
        </div>
      )}
      <div class="onion-world">
        <p class={isBound ? 'onion-name is-bound' : 'onion-name'}>
          <code>{name}</code>
          <span class="about">
            {isBound
              ? 'points to'
              : isDeleted
                ? 'no such name any more'
                : before === null
                  ? 'no such name yet'
                  : `points to ${before.text}`}
          </span>
        </p>
        {chain.length > 0 && <Layer layers={layers} moment={moment} depth={0} />}
      </div>
      {chain.length > 0 && <About layers={layers} chain={chain} />}
      {failed !== null && <p class="binding-end is-error">{nameWords(layers, moment)}</p>}
    </div>
  );
}

function Lines({ layers, moment }: OnionProps) {
  const { decorators } = layers;
  const { now, worked, applied } = moment;
  return (
    <ol class="onion-lines" aria-label="Decorators, from the top">
      {decorators.map(({ text, isFactory, value }, at) => {
        const layer = decorators.length - at;
        const isNow =
          (now?.kind === 'decorator' && now.at === at) ||
          (now?.kind === 'applied' && now.at === layer) ||
          (now?.kind === 'begun' && now.at === layer) ||
          (now?.kind === 'failed' && now.at === layer);
        return (
          <li class={isNow ? 'is-now' : ''} key={at}>
            <code>{`@${text}`}</code>
            <span class="about">
              {!worked.has(at)
                ? now?.kind === 'failed' && now.at === layer
                  ? 'failed'
                  : 'waits'
                : `${isFactory ? `called, gave ${valueText(value?.text ?? '')}` : 'worked out'}${applied >= layer ? ', applied' : ''}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

interface LayerProps extends OnionProps {
  /** Place in the chain, from the outermost one. */
  readonly depth: number;
}

/** A layer with the one below inside it; one that does not hold it stands beside what was lost. */
function Layer({ layers, moment, depth }: LayerProps): ComponentChildren {
  const at = moment.chain[depth] ?? 0;
  const made = layers.made[at];
  if (made === undefined) return null;
  const isCore = depth === moment.chain.length - 1;
  const inner = !isCore && <Layer layers={layers} moment={moment} depth={depth + 1} />;
  if (made.leads === 'same')
    return (
      <>
        <p class="onion-note">
          {`${made.by === null ? `@${decoratorOf(layers, at)}` : `Line ${made.by.line}, ${valueText(made.by.text)},`} handed the same object back.`}
        </p>
        {inner}
      </>
    );
  const event = moment.running.findLast((each) => each.at === at);
  const object = layers.objectAt(at, moment.now?.step ?? 0);
  return (
    <>
      <div
        class={`layer ${isCore ? 'is-core' : ''} ${event === undefined ? '' : stateOf(moment, event)}`}
      >
        <p class="layer-head">
          <code>{layerLabel(layers, at)}</code>
          <span class="about">
            {`${originWords(layers, at)}${ownWords(layers, at)}${calledWords(made)}`}
          </span>
          {event !== undefined && <Running moment={moment} event={event} />}
        </p>
        {object !== null && <p class="layer-object mono">{object}</p>}
        {made.leads === 'holds' && inner}
      </div>
      {made.leads === 'lost' && (
        <>
          <p class="onion-note is-lost">{`It ${HOLD_WORDS.lost}: nothing leads there any more.`}</p>
          <div class="onion-lost">{inner}</div>
        </>
      )}
    </>
  );
}

function stateOf({ running }: Moment, event: LayerEvent): string {
  return running.at(-1) === event ? 'is-now' : 'is-waiting';
}

/** Whether a call runs or waits, and what it hands back. */
function Running({ moment: { running, now }, event }: { moment: Moment; event: LayerEvent }) {
  if (running.at(-1) !== event) return <span class="about">waits</span>;
  if (now?.kind !== 'return' || now.frameId !== event.frameId)
    return <span class="layer-now">runs now</span>;
  return (
    <>
      <span class="layer-now">hands back</span>
      <span class="layer-value mono">{valueText(now.value?.text ?? 'None')}</span>
    </>
  );
}

function About({ layers, chain }: { layers: Layers; chain: readonly number[] }) {
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
          {chain.toReversed().map((at) => {
            const { about, by } = layers.made[at] ?? {};
            if (about === undefined) return null;
            const made = at === 0 ? coreWords(layers) : `@${decoratorOf(layers, at)}`;
            return (
              <tr key={at}>
                <th scope="row">{by === null || by === undefined ? made : `line ${by.line}`}</th>
                <td class="mono">{about.name ?? 'none'}</td>
                <td>{about.doc ?? 'none'}</td>
                <td class="mono">
                  {about.wraps === null ? 'none' : valueLabel(layers, about.wraps)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
