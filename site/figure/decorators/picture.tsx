// Decorator layers: what is known of them at each position, and how it is told and drawn.

import { layersOf } from '../../../src/python/layers.ts';
import type { Trace } from '../../../src/python/trace.ts';
import { emptyPicture } from '../empty-picture.tsx';
import type { Picture } from '../picture.ts';
import { momentOf } from './moment.ts';
import { Onion } from './onion.tsx';
import { layersAsText, layerSentence } from './words.ts';

const NONE = 'No decorated definition ran.';

export function decoratorsPicture(trace: Trace, of: string | null, code: string): Picture {
  const layers = layersOf(trace, of, code);
  if (layers === null) return emptyPicture('Decorator layers', NONE);
  const { events } = layers;
  const clamped = (at: number): number => Math.min(at, events.length - 1);
  const bound = events.flatMap(({ kind }, at) => (kind === 'bound' ? [at] : []));
  return {
    title: `Decorator layers of ${layers.name}`,
    stops: events.map(({ step }) => step),
    landmarks: [bound.length === 0 ? [0] : bound, events.length - 1].flat(),
    next: 'Next',
    sentence: (at) => layerSentence(layers, clamped(at)),
    words: (at) => layersAsText(layers, clamped(at)),
    draw: (at) => <Onion layers={layers} moment={momentOf(layers, clamped(at))} />,
    cut: trace.expressions?.cut ?? null,
    legend: null,
  };
}
