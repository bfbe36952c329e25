// The frame of a picture: its title, the drawing or the same in words, and the step controls under both.

import { useSignal, type Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../src/python/trace.ts';
import { Icon } from '../page/icon.tsx';
import { PaperFrames } from './paper.tsx';
import type { Picture } from './picture.ts';
import { Stepper } from './stepper.tsx';

interface MachineProps {
  readonly picture: Picture;
  readonly trace: Trace;
  /** The step that is shown. */
  readonly step: Signal<number>;
  /** The step that is printed; null leaves the choice to the picture. */
  readonly paperStep: number | null;
}

export function Machine({ picture, trace, step, paperStep }: MachineProps) {
  const isText = useSignal(false);
  const chosen = useSignal(0);
  useEffect(() => void (chosen.value = 0), [trace]);
  const { title, stops } = picture;
  const cut = trace.cut ?? picture.cut ?? null;
  // The step may be set from elsewhere, as by the switch over a call tree.
  const at =
    stops[chosen.value] === step.value
      ? chosen.value
      : Math.max(
          0,
          stops.findLastIndex((stop) => stop <= step.value),
        );
  return (
    <>
      <section class="trace-picture" aria-label={title}>
        <header class="picture-head">
          <h3>{title}</h3>
          <button type="button" class="button quiet" onClick={() => (isText.value = !isText.value)}>
            <Icon name={isText.value ? 'panelTop' : 'text'} />
            {isText.value ? 'Show the picture' : 'Read as text'}
          </button>
        </header>
        {isText.value ? (
          <ul class="picture-text" tabIndex={0} aria-label={`${title} as text`}>
            {picture.words(at).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        ) : (
          <Measured>{(width) => picture.draw(at, width)}</Measured>
        )}
        {cut !== null && <p class="picture-cut">{cut}</p>}
      </section>
      {picture.beside?.(at)}
      <Stepper
        trace={trace}
        stops={stops}
        at={at}
        go={(to) => {
          chosen.value = to;
          step.value = stops[to] ?? 0;
        }}
        next={picture.next}
        sentence={picture.sentence(at)}
      />
      <PaperFrames picture={picture} trace={trace} chosen={paperStep} />
    </>
  );
}

/** Before anything is measured. */
const USUAL_WIDTH = 520;

function Measured({ children }: { children: (width: number) => ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  const width = useSignal(USUAL_WIDTH);
  useEffect(() => {
    const measured = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0)
        width.value = Math.floor(entry.contentRect.width);
    });
    if (box.current !== null) measured.observe(box.current);
    return () => measured.disconnect();
  }, []);
  return (
    <div class="bench picture-box" ref={box}>
      {children(width.value)}
    </div>
  );
}
