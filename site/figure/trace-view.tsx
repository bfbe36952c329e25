// A program and its machine side by side, with one set of step controls under both.

import type { Signal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Trace } from '../../src/python/trace.ts';
import { Icon } from '../page/icon.tsx';
import { Environment } from './environment.tsx';
import { Legend } from './legend.tsx';
import { stateAsText } from './step-words.ts';
import { Stepper } from './stepper.tsx';

interface TraceViewProps {
  /** Null before the first run. */
  readonly trace: Trace | null;
  readonly index: Signal<number>;
  /** The cell that holds the program. */
  readonly children: ComponentChildren;
}

/** Before anything is measured, and where nothing can be. */
const USUAL_WIDTH = 520;

export function TraceView({ trace, index, children }: TraceViewProps) {
  const isText = useSignal(false);
  return (
    <div class="trace-view">
      <div class="trace-body">
        {children}
        <section class="trace-picture" aria-label="Environment diagram">
          <header class="picture-head">
            <h3>Environment diagram</h3>
            {trace !== null && (
              <button
                type="button"
                class="button quiet"
                onClick={() => (isText.value = !isText.value)}
              >
                <Icon name={isText.value ? 'panelTop' : 'text'} />
                {isText.value ? 'Show the picture' : 'Read as text'}
              </button>
            )}
          </header>
          {isText.value && trace !== null ? (
            <ul class="picture-text">
              {stateAsText(trace, index.value).map((line) => (
                <li>{line}</li>
              ))}
            </ul>
          ) : (
            <Picture trace={trace} index={index.value} />
          )}
          {trace !== null && trace.cut !== null && <p class="picture-cut">{trace.cut}</p>}
        </section>
        {trace !== null && <Stepper trace={trace} index={index} />}
      </div>
      {trace !== null && <Legend trace={trace} />}
    </div>
  );
}

function Picture({ trace, index }: { trace: Trace | null; index: number }) {
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
      {trace === null ? (
        <p class="picture-empty">
          Run the program. Then its frames, functions and cells stand here, step by step.
        </p>
      ) : (
        <Environment trace={trace} index={index} width={width.value} />
      )}
    </div>
  );
}
