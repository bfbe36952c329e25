// The calls that wait, the running one on top: what stands under the program beside a call tree.

import { stateAt } from '../../src/python/trace-state.ts';
import type { Trace } from '../../src/python/trace.ts';
import { valueText } from './boxes.ts';

/** A deeper stack is folded in its middle. */
const FRAMES_MAX = 7;

export function CallStack({ trace, index }: { trace: Trace; index: number }) {
  const machine = stateAt(trace, index);
  const frames = machine.stack.toReversed();
  const folded = Math.max(0, frames.length - FRAMES_MAX);
  const top = folded === 0 ? frames : frames.slice(0, FRAMES_MAX - 1);
  const isOver = machine.step.kind === 'start' || machine.step.kind === 'end';
  return (
    <section class="call-stack" aria-label="Call stack">
      <header>
        <h3>Call stack</h3>
        <span class="about">{`${frames.length} ${frames.length === 1 ? 'frame' : 'frames'}`}</span>
      </header>
      <ol>
        {top.map(({ frame, running, names }) => (
          <li key={frame.id} class={running && !isOver ? 'mono is-now' : 'mono'}>
            <span>{frame.name}</span>
            {frame.parentId !== null && (
              <span>
                {names
                  .slice(0, 2)
                  .map(({ name, value }) =>
                    value === null ? name : `${name} = ${valueText(machine, value)}`,
                  )
                  .join(', ')}
              </span>
            )}
          </li>
        ))}
        {folded > 0 && <li class="about">{`and ${folded + 1} more below, down to Global`}</li>}
      </ol>
    </section>
  );
}
